package build

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/nation"
	"outturn/internal/period"
	"outturn/internal/publish"
)

// held is a site that is built again and again for the public.
type held struct {
	t   *testing.T
	dir string
	out string
	day period.Date
}

// again builds, and tells of which scorecards the pages were made and how many
// files in all.
func (h *held) again() (cards []string, made int) {
	h.t.Helper()
	var problems diag.List
	req := Request{Site: os.DirFS(h.dir), Out: h.out, Program: "test", Options: edition.Options{Today: h.day}}
	var err error
	b := building{Request: req, last: h.parts()}
	if b.digests, err = digest(req.Site); err != nil {
		h.t.Fatal(err)
	}
	if b.inputs, err = Open(req.Site, req.Options, new(diag.List)); err != nil {
		h.t.Fatal(err)
	}
	b.base = combine(b.Program, b.inputs.ThemeDigest())
	for _, id := range b.ids() {
		if !b.stands(id, b.scorecardKey(id)) {
			cards = append(cards, id)
		}
	}
	result, err := Run(req, &problems)
	if err != nil {
		h.t.Fatal(err, problems.All())
	}
	for id, part := range h.parts() {
		if now := b.last[id]; slices.Contains(b.ids(), id) && !slices.Contains(cards, id) && part.Key != now.Key {
			h.t.Fatalf("%s was made again, which was not foreseen", id)
		}
	}
	return cards, result.Opened
}

// parts are what the standing build has a record of.
func (h *held) parts() map[string]partRecord {
	h.t.Helper()
	u, err := publish.Begin(h.out, "test")
	if err != nil {
		h.t.Fatal(err)
	}
	defer u.Abandon()
	_, parts := readRecord(u.Standing())
	return parts()
}

func (h *held) write(name, text string) {
	h.t.Helper()
	file := filepath.Join(h.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		h.t.Fatal(err)
	}
}

func (h *held) swap(name, old, new string) {
	h.t.Helper()
	text, err := os.ReadFile(filepath.Join(h.dir, filepath.FromSlash(name)))
	if err != nil {
		h.t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		h.t.Fatalf("%s has no %q", name, old)
	}
	h.write(name, strings.Replace(string(text), old, new, 1))
}

func (h *held) rename(from, to string) {
	h.t.Helper()
	if err := os.Rename(filepath.Join(h.dir, from), filepath.Join(h.dir, to)); err != nil {
		h.t.Fatal(err)
	}
}

// What a part does not ask for it is not made again for: neither for a new day on
// which nothing of it is released, nor for an attachment or a report that it does
// not name. That what is kept is right is tested by random edits (cmd/outturn).
func TestAPartIsMadeAgainForWhatItAskedAlone(t *testing.T) {
	for _, scorecards := range []int{4, 22} { // a small site, and a large one
		t.Run(fmt.Sprint(scorecards), func(t *testing.T) {
			h := &held{t: t, dir: t.TempDir(), day: period.NewDate(2017, 5, 1)}
			h.out = filepath.Join(h.dir, "public")
			if err := nation.Write(h.dir, nation.Size{Scorecards: scorecards, Indicators: 3, Months: 3, Areas: 0, Returns: 2}, 1); err != nil {
				t.Fatal(err)
			}
			for _, papers := range []string{"reports", "meetings"} { // they give figures of the newest month
				if err := os.RemoveAll(filepath.Join(h.dir, "content", papers)); err != nil {
					t.Fatal(err)
				}
			}
			const paper = "---\ntitle: Own\ncommittee: Cabinet\ndate: 2017-04-03\nstatus: approved\npublish_on: %s\n---\n\nAll is well.%s\n"
			h.write("content/reports/2017-04-03-known.md", fmt.Sprintf(paper, "2017-04-03", "")) // that there are reports stands on every page
			folders, err := fs.ReadDir(os.DirFS(h.dir), "data")
			if err != nil {
				t.Fatal(err)
			}
			id, other := folders[0].Name(), folders[1].Name()
			covers, err := fs.Glob(os.DirFS(h.dir), "content/"+id+"/20*/_index.md")
			if err != nil || len(covers) == 0 {
				t.Fatal("no covers", err)
			}
			newest := covers[len(covers)-1]
			month := strings.Split(newest, "/")[2]
			text, err := fs.ReadFile(os.DirFS(h.dir), newest)
			if err != nil {
				t.Fatal(err)
			}
			_, on, _ := strings.Cut(string(text), "publish_on: ")
			h.swap(newest, "publish_on: "+on[:10], "publish_on: 2017-05-10")
			if cards, _ := h.again(); len(cards) < scorecards {
				t.Fatalf("at first %v were made", cards)
			}
			expect := func(what string, some bool, want ...string) {
				t.Helper()
				cards, made := h.again()
				if !slices.Equal(cards, want) {
					t.Errorf("%s: %v were made, want %v", what, cards, want)
				}
				if some != (made > 0) {
					t.Errorf("%s: %d files were made", what, made)
				}
			}
			h.day++
			expect("a day on which nothing is released", false)
			h.day = period.NewDate(2017, 5, 10)
			expect("the day of a month", true, id)
			h.day += 20
			expect("some days on", false)
			h.write("content/files/minutes.csv", "item\n1\n")
			expect("an attachment", true)
			h.rename("content/files/minutes.csv", "content/files/notes.csv")
			expect("an attachment by another name", true)
			h.swap(newest, "\n---\n", "\n---\nSee [the notes](../../files/notes.csv).\n\n")
			expect("a link to it", true, id)
			h.write("content/files/more.csv", "item\n2\n")
			expect("another attachment", true)
			h.write("content/reports/2017-04-03-own.md", fmt.Sprintf(paper, "2017-05-31", " See [the notes](../files/notes.csv)."))
			expect("a report that is not out, and names a file", true)
			h.swap("content/"+other+"/"+month+"/_index.md", "\n---\n", "\n---\nSee [the report](../../reports/2017-04-03-own.html).\n\n")
			expect("a link to that report", true, other)
			h.day = period.NewDate(2017, 5, 31)
			expect("the day of that report", true, other)
			h.rename("content/reports/2017-04-03-own.md", "content/reports/2017-04-03-ours.md")
			h.swap("content/"+other+"/"+month+"/_index.md", "2017-04-03-own", "2017-04-03-ours")
			expect("that report by another name", true, other)
		})
	}
}
