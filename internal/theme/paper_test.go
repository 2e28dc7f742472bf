package theme

import (
	"reflect"
	"strings"
	"testing"
)

// A field of a view that has a frame's name would stand in the frame's place on
// every such page, and nothing else would tell.
func TestNoViewHidesAFieldOfItsFrame(t *testing.T) {
	frame := reflect.TypeOf(Frame{})
	for _, layout := range layoutOf {
		view := reflect.TypeOf(layout.view)
		for i := range view.NumField() {
			field := view.Field(i)
			if _, hides := frame.FieldByName(field.Name); hides && !field.Anonymous && field.Name != "AsAt" { // Home says the same month
				t.Errorf("%s.%s hides Frame.%s", view.Name(), field.Name, field.Name)
			}
		}
	}
}

func TestPartsOfAPageAreDrawnWithinATextWithoutHeadings(t *testing.T) {
	th := civic(t)
	row := SectionRow{Label: "3.2", Indicator: Link{Text: "Assessments on time", Href: "a.html"}, Figure: Figure{Text: "18.2%"}, Rating: Rating{Code: "red"}}
	for _, view := range []any{
		Chart{ID: "c-3.2", Heading: "It fell", Wide: "<svg></svg>", InText: true, Table: &Table{ID: "t", Caption: "Assessments"}},
		Table{ID: "t", Caption: "Assessments"},
		MeasureList{ID: "s", Caption: "Early help", Groups: []MeasureGroup{{Title: Link{Text: "Assessments"}, Rows: []MeasureLine{{SectionRow: row}}}}},
		MeasureList{ID: "e", Caption: "Red", Exceptions: true, Groups: []MeasureGroup{{Rows: []MeasureLine{{SectionRow: row, Answers: "<p>Why.</p>"}}}}},
	} {
		html, err := th.Block(view)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(html), "<h") && !strings.Contains(string(html), "<th") {
			t.Errorf("%T has a heading of its own within a text:\n%s", view, html)
		}
	}
	if _, err := th.Block(Home{}); err == nil {
		t.Error("a whole page was drawn within a text")
	}
}
