package edition

import (
	"testing"
	"testing/fstest"

	"outturn/internal/commentary"
	"outturn/internal/diag"
)

// Which attachments are published hangs on every text that may have to do with
// one, under whatever name.
func TestATextThatMayNameAFileIsAlwaysRead(t *testing.T) {
	const cover, section = "content/care/2017-01/_index.md", "content/care/visits.md"
	for _, c := range []struct {
		file, text string
		names      bool
	}{
		{cover, "---\nstatus: approved\ncontact: care@anytown.example\n---\nMore visits, e.g. at night.\n", false},
		{cover, "---\nstatus: draft\n---\nSee [the notes](../../files/notes.csv).\n", true},
		{cover, "---\nstatus: draft\n---\nSee https://anytown.example/files/Notes.PDF for more.\n", true},
		{cover, "---\nstatus: draft\n---\nSee notes&#46;pdf for more.\n", true},
		{cover, "---\nstatus: draft\n---\nSee notes&#46;P&#68;F for more.\n", true},
		{cover, "---\nstatus: draft\n---\nSee notes\\.xlsx for more.\n", true},
		{cover, "---\nstatus: draft\n---\nSee [the notes](../../files/notes).\n", true},
		{"content/care/2017-01/visits.md", "See ![a picture](../../files/a.png).\n", true},
		{section, "As in the register.\n", false},
		{section, "As in visits.jpeg.\n", true},
		{"content/care/_index.md", "---\ntitle: Care\n---\nAs in visits.csv.\n", true},
	} {
		files := fstest.MapFS{c.file: {Data: []byte(c.text)}}
		if got := NamesNoFile(commentary.LoadScorecard(files, "care", &diag.List{})); got == c.names {
			t.Errorf("%s: %q may name a file: %v, want %v", c.file, c.text, !got, c.names)
		}
	}
}
