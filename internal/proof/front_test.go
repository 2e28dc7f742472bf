package proof

import (
	"maps"
	"strings"
	"testing"

	"outturn/internal/anytown"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// What front matter says is published as it stands, so it is read: with the line
// and column of the file, however YAML folds or quotes it.
func TestFrontMatterIsReadLikeBodyText(t *testing.T) {
	const analysis, cover = "content/care/2017-01/contacts.md", "content/care/2017-01/_index.md"
	const report = "as_at: 2017-01\nscorecards: [care]\n"
	for _, test := range []struct{ name, file, text, want string }{
		{"a plain note", analysis, "---\ndata_note: There were 413 contacts in January.\n---\n\nText.\n", "2:23"},
		{"a right note", analysis, "---\ndata_note: There were 403 contacts in January.\n---\n\nText.\n", ""},
		{"in quotation marks", analysis, "---\ndata_note: \"There were 413 contacts in January.\"\n---\n", "2:24"},
		{"folded", analysis, "---\ndata_note: >-\n  A contact is counted once, and\n  in January there were 413 contacts.\n---\n", "4:25"},
		{"the second paragraph", analysis, "---\ndata_note: |\n  A contact is counted once.\n\n  In January there were 413 contacts.\n---\n", "5:25"},
		{"a caution", cover, "---\nstatus: approved\ncaution: There were 413 contacts in January.\n---\n\nText.\n", "3:21"},
		{"a caution that counts months", cover, "---\nstatus: approved\ncaution: At least 2 months are run again, from 30 January.\n---\n\nText.\n", ""},
		{"a month's title", cover, "---\nstatus: approved\ntitle: There were 413 contacts in January\n---\n", "3:19"},
		{"a report's summary", staffReport, paper(report+"summary: There were 413 contacts in January.\n", "Text."), "8:21"},
		{"a report's description", staffReport, paper(report+"description: There were 413 contacts in January.\n", "Text."), "8:25"},
		{"why an item is urgent", scrutiny, "---\ncommittee: Scrutiny\ndate: 2017-05-10\nstatus: planned\nitems:\n  - {title: Demand, urgent: There were 413 contacts in January 2017}\n---\n", "6:40"},
		{"an item in time", scrutiny, "---\ncommittee: Scrutiny\ndate: 2017-05-10\nstatus: planned\nitems:\n  - {title: Demand, urgent: There were 403 contacts in January 2017}\n---\n", ""},
	} {
		got := strings.Join(proseOf(t, map[string]string{test.file: test.text}), "\n")
		if want := test.file + ":" + test.want + ": warning: 413 is said of "; test.want == "" && got != "" || test.want != "" && !strings.HasPrefix(got, want) {
			t.Errorf("%s: found %s, want %s", test.name, got, want)
		}
	}
}

// A reference in such a key would reach the reader as braces: none is written.
func TestFrontMatterIsNotBound(t *testing.T) {
	var faults diag.List
	site := maps.Clone(careSite)
	site["content/care/2017-01/contacts.md"] = "---\ndata_note: There were 403 contacts in January.\n---\n\nThere were 403 contacts in January.\n"
	e := edition.Load(anytown.Files(site), anytown.Civic(), edition.Options{Today: period.NewDate(2017, 5, 20), Drafts: true}, &faults)
	list := new(Reader).Bindings(e)
	if len(list) != 1 || list[0].Line != 5 {
		t.Errorf("bindings %+v, want the one of the text", list)
	}
}
