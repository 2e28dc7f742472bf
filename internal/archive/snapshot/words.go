package snapshot

import (
	"io/fs"
	"regexp"
	"strings"
)

// words compares the texts that both states have, by paragraph. What is new in
// the second alone (another month's commentary, another report) is no change of
// what was said.
func (d *Differences) words(from, to State) error {
	if _, err := fs.Stat(from.Texts, "content"); err != nil {
		return nil
	}
	return fs.WalkDir(from.Texts, "content", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".md") {
			return err
		}
		then, err := fs.ReadFile(from.Texts, name)
		if err != nil {
			return err
		}
		now, err := fs.ReadFile(to.Texts, name)
		if err != nil {
			return nil // it is not there any more: its pages are not either
		}
		before, after := paragraphs(string(then)), paragraphs(string(now))
		was, is := without(before, after), without(after, before)
		if len(was)+len(is) > 0 {
			d.Words = append(d.Words, TextChange{strings.TrimPrefix(name, "content/"), was, is})
		}
		return nil
	})
}

var (
	reference = regexp.MustCompile(`\{\{\s*(.*?)\s*\}\}`)
	given     = regexp.MustCompile(`^figure\s+(.*?)\s*\|.*$`)
	spaces    = regexp.MustCompile(`\s+`)
)

// paragraphs are a Markdown file's, and the lines of its front matter, each on
// one line. A figure that is taken from the data stands as what it refers to, in
// square brackets: that it became another is told among the figures.
func paragraphs(text string) []string {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	var list []string
	add := func(p string) {
		p = reference.ReplaceAllStringFunc(p, func(ref string) string {
			inner := reference.FindStringSubmatch(ref)[1]
			if m := given.FindStringSubmatch(inner); m != nil {
				return m[1]
			}
			return "[" + inner + "]"
		})
		if p = strings.TrimSpace(spaces.ReplaceAllString(p, " ")); p != "" {
			list = append(list, p)
		}
	}
	if rest, has := strings.CutPrefix(text, "---\n"); has {
		front, body, closed := strings.Cut("\n"+rest, "\n---")
		if closed {
			for line := range strings.Lines(front) {
				add(line)
			}
			_, text, _ = strings.Cut(body, "\n")
		}
	}
	for _, p := range regexp.MustCompile(`\n[ \t]*\n`).Split(text, -1) {
		add(p)
	}
	return list
}

// without lists what a has and b has not, as often as it stands.
func without(a, b []string) []string {
	count := map[string]int{}
	for _, p := range b {
		count[p]++
	}
	list := []string{}
	for _, p := range a {
		if count[p] > 0 {
			count[p]--
			continue
		}
		list = append(list, p)
	}
	return list
}
