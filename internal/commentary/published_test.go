package commentary

import (
	"reflect"
	"strings"
	"testing"
)

func TestOnlyWhatAPagePrintsIsRead(t *testing.T) {
	p, ok := ReadPublished([]byte("\ufeff---\r\ntitle: Open paper # canary\r\n# canary\r\nstatus: approved\r\nrecord_url: https://canary.example/\r\n" +
		"authors: [Head of Service]\r\nappendices:\r\n  - {title: The plan, files: [canary.xlsx]}\r\nrecommendations:\r\n  - That it be noted.\r\n---\r\n\r\nWords.\r\n\r\n[//]: # (canary)\r\n"))
	want := []Words{{"title", "Open paper"}, {"authors", "Head of Service"}, {"appendices", "The plan"}, {"recommendations", "That it be noted."}}
	if !ok || p.Title != "Open paper" || !reflect.DeepEqual(p.Keys, want) || strings.TrimSpace(p.Body) != "Words." {
		t.Errorf("%v %+v", ok, p)
	}
	m, ok := ReadPublished([]byte("---\ncommittee: Children's Committee\ndate: 2017-01-25\nstatus: held\nitems:\n  - Apologies\n  - {title: Placements, report: not-public-3, files: [canary.pdf]}\nresolutions:\n  - {text: That it be noted., report: not-public-3, status: done}\n---\n"))
	want = []Words{{"committee", "Children's Committee"}, {"date", "2017-01-25"}, {"items", "Apologies"}, {"items", "Placements"}, {"resolutions", "That it be noted."}}
	if !ok || m.Title != "Children's Committee, 25 January 2017" || !reflect.DeepEqual(m.Keys, want) {
		t.Errorf("%v %+v", ok, m)
	}
	for _, hidden := range []string{"---\ntitle: A\nstatus: draft\n---\n", "---\ntitle: A\nstatus: approved\nexempt: [3]\n---\n", "---\ntitle: A\nexempt_reason: It names a firm.\n---\n", "---\ntitle: [\n---\n", "---\ntitle: A\n"} {
		if p, ok := ReadPublished([]byte(hidden)); ok || p.Title != "" {
			t.Errorf("%q is read: %+v", hidden, p)
		}
	}
}

func TestPaperThatIsWrittenAnewSaysTheSame(t *testing.T) {
	text := []byte("---\ntitle: Open paper # why\nstatus: approved\nmeetings: [one, later]\nsummary: >-\n  Two\n  lines.\n---\n\nWords.\n")
	anew, changed := Discretion{Meeting: func(slug string) bool { return slug == "one" }}.Rewrite(text)
	was, ok1 := ReadPublished(text)
	is, ok2 := ReadPublished(anew)
	if !changed || !ok1 || !ok2 || !reflect.DeepEqual(was, is) {
		t.Errorf("%v\n%+v\n%+v", changed, was, is)
	}
}

func TestCommentsAreCutOutAndNothingElse(t *testing.T) {
	for _, x := range []struct{ name, text, want string }{
		{"content/site.yaml", "# canary\ntitle: A # canary\nareas:\n  # canary\n  - {id: a, name: A} # canary\nnote: a#b\n", "title: A\nareas:\n  - {id: a, name: A}\nnote: a#b\n"},
		{"a.md", "---\ntitle: \"A # b\" # canary\nsummary: |\n  # a heading\n  words # more\n---\n# Heading\n\nA # b\n", "---\ntitle: \"A # b\"\nsummary: |\n  # a heading\n  words # more\n---\n# Heading\n\nA # b\n"},
		{"a.md", "\ufeff---\r\ntitle: Ä 'b' # canary\r\n---\r\nBody\r\n", "---\ntitle: Ä 'b'\n---\nBody\n"},
		{"a.md", "---\n# canary\n---\nBody\n", "---\n---\nBody\n"},
		{"a.md", "\ufeff---\r\ntitle: A\r\n---\r\n# Body\r\n", "\ufeff---\r\ntitle: A\r\n---\r\n# Body\r\n"},
		{"a.md", "# Body\n", "# Body\n"},
		{"a.md", "---\nlist: [a, # canary\n  b]\n---\n", "---\nlist: [a,\n  b]\n---\n"},
	} {
		if got := string(WithoutComments(x.name, []byte(x.text))); got != x.want {
			t.Errorf("%s %q is\n%q\nwant\n%q", x.name, x.text, got, x.want)
		}
	}
}
