package snapshot

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"outturn/internal/commentary"
)

// words compares what the texts that both states have say to their readers, by
// paragraph: never what a page does not print. What is new in the second alone
// (another month's commentary, another report) is no change of what was said.
func (d *Differences) words(from, to State) error {
	if _, err := fs.Stat(from.Texts, "content"); err != nil {
		return nil
	}
	return fs.WalkDir(from.Texts, "content", func(name string, entry fs.DirEntry, err error) error {
		// A stub says that there was a paper and no word of it, and in another bag
		// the same name is another paper's.
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".md") || strings.HasPrefix(path.Base(name), "not-public-") {
			return err
		}
		then, err := fs.ReadFile(from.Texts, name)
		if err != nil {
			return err
		}
		now, err := fs.ReadFile(to.Texts, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // it is not there any more: its pages are not either
		}
		if err != nil {
			return err
		}
		before, public := commentary.ReadPublished(then)
		after, still := commentary.ReadPublished(now)
		if !public || !still {
			return nil
		}
		is, was := passages(after), passages(before)
		if gone, come := without(was, is), without(is, was); len(gone)+len(come) > 0 {
			d.Words = append(d.Words, TextChange{strings.TrimPrefix(name, "content/"), cmp.Or(after.Title, before.Title), gone, come})
		}
		return nil
	})
}

var (
	reference = regexp.MustCompile(`\{\{\s*(.*?)\s*\}\}`)
	given     = regexp.MustCompile(`^figure\s+(.*?)\s*\|.*$`)
	spaces    = regexp.MustCompile(`\s+`)
	blank     = regexp.MustCompile(`\n[ \t]*\n`)
)

// passages are the texts of a page's keys and its paragraphs, each on one line.
// A figure that is taken from the data stands as what it refers to, in square
// brackets: that it became another is told among the figures.
func passages(p commentary.Published) []Passage {
	var list []Passage
	add := func(key, text string) {
		text = reference.ReplaceAllStringFunc(text, func(ref string) string {
			inner := reference.FindStringSubmatch(ref)[1]
			if m := given.FindStringSubmatch(inner); m != nil {
				return m[1]
			}
			return "[" + inner + "]"
		})
		if text = strings.TrimSpace(spaces.ReplaceAllString(text, " ")); text != "" {
			list = append(list, Passage{key, text})
		}
	}
	for _, w := range p.Keys {
		add(w.Key, w.Text)
	}
	for _, text := range blank.Split(p.Body, -1) {
		add("", text)
	}
	return list
}

// without lists what a has and b has not, as often as it stands.
func without(a, b []Passage) []Passage {
	count := map[Passage]int{}
	for _, p := range b {
		count[p]++
	}
	list := []Passage{}
	for _, p := range a {
		if count[p] > 0 {
			count[p]--
			continue
		}
		list = append(list, p)
	}
	return list
}
