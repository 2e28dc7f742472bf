package commentary

import (
	"reflect"
	"strings"
	"testing"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// discreet shows reports and meetings whose names begin with open.
var discreet = Discretion{
	Report: func(slug string) (string, bool) {
		if strings.HasPrefix(slug, "open") {
			return slug, true
		}
		return "stub-1", false
	},
	Meeting: func(slug string) bool { return strings.HasPrefix(slug, "open") },
	Open:    func(slug string) bool { return strings.HasSuffix(slug, "to-come") },
}

func TestPaperNamesNothingThatIsNotPublic(t *testing.T) {
	for _, x := range []struct{ name, text, want string }{
		{"an item", "---\nstatus: held # not yet\nitems:\n  - Apologies\n  - title: Placements\n    report: secret\n    files: [secret.pdf]\n    supplement: late.pdf\n    urgent: it is\n---\n\nText # stays: so\n",
			"---\nstatus: \"held\"\nitems:\n  - \"Apologies\"\n  - title: \"Placements\"\n    report: \"stub-1\"\n    urgent: \"it is\"\n---\n\nText # stays: so\n"},
		{"an item in brackets", "---\nitems: [{title: A, report: secret, files: [s.pdf]}, {title: B, report: open-1, files: [o.pdf, 'p q.pdf']}]\n---\n",
			"---\nitems:\n  - title: \"A\"\n    report: \"stub-1\"\n  - title: \"B\"\n    report: \"open-1\"\n    files:\n      - \"o.pdf\"\n      - \"p q.pdf\"\n---\n"},
		{"a resolution", "---\nresolutions:\n  - text: >-\n      That {{ 1.1 }} be \"noted\",\n      with thanks.\n    closed_by: secret\n---\n",
			"---\nresolutions:\n  - text: \"That {{ 1.1 }} be \\\"noted\\\", with thanks.\"\n    status: \"done\"\n---\n"},
		{"a resolution that is closed by a meeting to come", "---\nresolutions:\n  - {text: a, status: done, closed_by: secret-to-come}\n---\n", "---\nresolutions:\n  - text: \"a\"\n    status: \"open\"\n---\n"},
		{"a resolution that says its status", "---\nresolutions:\n  - {text: a, status: done, closed_by: secret}\n---\n", "---\nresolutions:\n  - text: \"a\"\n    status: \"done\"\n---\n"},
		{"meetings", "---\nmeetings: [open-2, secret]\n---\n", "---\nmeetings:\n  - \"open-2\"\n---\n"},
		{"one meeting", "---\nmeetings: secret\ntitle: T\n---\n", "---\nmeetings:\ntitle: \"T\"\n---\n"},
		{"all meetings", "---\nmeetings: [secret]\nnotes: |\n  one\n  two\n---\n", "---\nmeetings: []\nnotes: \"one\\ntwo\\n\"\n---\n"},
		{"since", "---\r\nsince: secret\r\nempty:\r\nnested: {a: {b: [1, 2]}}\r\n---\r\n\r\nBody\r\n", "---\nsince: \"stub-1\"\nempty:\nnested:\n  a:\n    b:\n      - \"1\"\n      - \"2\"\n---\n\nBody\n"},
		{"nothing", "---\nitems: [{report: open-1}] # as it is\n---\nx\r\n", "---\nitems: [{report: open-1}] # as it is\n---\nx\r\n"},
		{"no front matter", "items: secret\n", "items: secret\n"},
		{"no YAML", "---\nitems: [\n---\n", "---\nitems: [\n---\n"},
	} {
		got, changed := discreet.Rewrite([]byte(x.text))
		if string(got) != x.want || changed != (x.want != x.text) {
			t.Errorf("%s is written\n%s\nwanted\n%s", x.name, got, x.want)
		}
	}
}

// What is written must be read as what was written: the pages are made of it.
func TestRewrittenKeysAreReadAlike(t *testing.T) {
	const text = "---\ntitle: 'It''s \"so\": # yes'\nempty:\ntilde: ~\nyes: yes\nnumber: 1_000\nday: 2017-01-25\nfolded: >-\n  a\n  b\n\n  c\nliteral: |\n  x: {y}\n   z\nunicode: \"\u00e9\u2028\u2013<&>\\t\"\nlist:\n- a: 1\n  b: [x, {y: z}]\n-\n  - deep\n  - [er]\nsince: secret\n---\n"
	read := func(text []byte) value {
		s := newSource("f", text, &diag.List{})
		yaml, _, _ := split(s)
		v, ok := parseYAML(s, yaml, 1)
		if !ok {
			t.Fatalf("cannot be read:\n%s", text)
		}
		return placeless(v)
	}
	rewritten, changed := discreet.Rewrite([]byte(text))
	if !changed {
		t.Fatal("nothing was taken out")
	}
	want := read([]byte(strings.Replace(text, "since: secret", "since: stub-1", 1)))
	if got := read(rewritten); !reflect.DeepEqual(got, want) {
		t.Errorf("read\n%+v\nwanted\n%+v\nof\n%s", got, want, rewritten)
	}
	if again, changed := discreet.Rewrite(rewritten); !changed && string(again) != string(rewritten) {
		t.Error("a second time it is another")
	}
}

// placeless is a value without where it stood.
func placeless(v value) value {
	v.at = diag.Place{}
	for i := range v.items {
		v.items[i] = placeless(v.items[i])
	}
	for i := range v.pairs {
		v.pairs[i].at, v.pairs[i].value = diag.Place{}, placeless(v.pairs[i].value)
	}
	return v
}

func TestStubSaysWhatStandsOnTheAgendaAndNoMore(t *testing.T) {
	day, err := period.ParseDate("2017-01-25")
	if err != nil {
		t.Fatal(err)
	}
	r := &Report{Slug: "secret", Title: "A contract: for \"homes\"", Committee: "Board", Date: day, Exempt: []int{3, 5}, ExemptReason: "It names a firm.", Director: "Secret"}
	if got, want := string(Stub(r, true)), "---\ntitle: \"A contract: for \\\"homes\\\"\"\nstatus: \"approved\"\ncommittee: \"Board\"\ndate: \"2017-01-25\"\nexempt: [3,5]\nexempt_reason: \"It names a firm.\"\n---\n"; got != want {
		t.Errorf("exempt:\n%s", got)
	}
	if got, want := string(Stub(r, false)), "---\ntitle: \"Not public\"\nstatus: \"draft\"\ncommittee: \"Not public\"\ndate: \"2000-01-01\"\n---\n"; got != want {
		t.Errorf("a draft:\n%s", got)
	}
}
