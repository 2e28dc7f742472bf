package site

import (
	"io/fs"
	"reflect"
	"testing"
	"testing/fstest"

	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// twoMonths is the site of gaps with the month before, which the next return
// revised.
func twoMonths() fs.FS {
	site := gaps().(fstest.MapFS)
	site["content/care/_index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Care\nfirst_report: 2016-12\n---\n")}
	site["content/care/2016-12/_index.md"] = &fstest.MapFile{Data: []byte("---\nstatus: approved\n---\n")}
	return site
}

func TestARoomServesOnePageAfterAnother(t *testing.T) {
	ed := everySeries(t, twoMonths(), func(*dataset.View, *dataset.Indicator, string) {})
	card := ed.Scorecards[0]
	if len(card.Months) != 2 {
		t.Fatalf("there are %d months, want 2", len(card.Months))
	}
	var pages []func(*room) any
	add := func(m *edition.Month) {
		pages = append(pages, func(in *room) any { return scorecard(ed, nil, in, m, "care/index.html", true) })
		for _, sec := range card.Sections {
			pages = append(pages, func(in *room) any { return section(ed, nil, in, m, sec, "care/2017-01/visits.html") })
		}
		for _, v := range m.Measures() {
			pages = append(pages, func(in *room) any { return indicator(ed, nil, in, m, v, "care/indicators/x.html") })
		}
	}
	add(card.Months[0])
	add(card.Months[1])
	for step := 1; step < len(pages); step++ { // page after page, and from month to month
		used := new(room)
		for i := range 2 * len(pages) {
			page := pages[i*step%len(pages)]
			if got, want := page(used), page(new(room)); !reflect.DeepEqual(got, want) {
				t.Errorf("page %d of %d, every %d: made in a room that was used it is\n%+v\nwant\n%+v", i, len(pages), step, got, want)
			}
			used.empty()
		}
	}
}

func TestAPageOfTwoMonthsHasTheFiguresOfEach(t *testing.T) {
	ed := everySeries(t, twoMonths(), func(*dataset.View, *dataset.Indicator, string) {})
	before, after := ed.Scorecards[0].Months[0].View, ed.Scorecards[0].Months[1].View
	revised := period.OfMonth(period.NewMonth(2016, 8))
	used := new(room)
	for _, first := range []*dataset.View{before, after, before} { // page after page
		views := []*dataset.View{first, before, after, first}
		var all []*series
		for _, v := range views {
			all = append(all, used.series(v, v.Indicators[0], v.Whole()))
		}
		for i, v := range views {
			at, ok := all[i].find(revised)
			want, _ := v.Figure(v.Indicators[0].Ref, "", revised)
			if !ok || all[i].text(at) != v.Indicators[0].Format(want.Value.Decimal) {
				t.Errorf("a page that begins with %s: %s as at %s is not %v", first.Month, revised, v.Month, want.Value)
			}
		}
		used.empty()
	}
}
