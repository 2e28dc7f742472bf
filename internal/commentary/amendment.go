package commentary

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// Amendment is a change that a later meeting made to these minutes. The text
// keeps its first wording; the page shows both in their place, with the day.
type Amendment struct {
	On       period.Date
	Was, Now string // plain words; Now "" strikes out
	OnPlace  Named  // where its day stands
	place    diag.Place
}

// In the text an amendment is marked by signs of Unicode's private use area,
// which goldmark takes for letters; once the text is HTML they become elements.
const (
	strikeOpen  = '\uE000'
	strikeClose = '\uE001' // then firstMark + n
	insertClose = '\uE002' // then firstMark + n
	firstMark   = '\uE100'
	lastMark    = '\uE1FF'
)

func isMark(r rune) bool { return r >= strikeOpen && r <= lastMark }

// markUp are the signs that would break what is marked across an element.
const markUp = "*_`[]{}<>|\\~\n"

// amendment reads {on, was, now} of the minutes of a meeting held on a day.
func (p page) amendment(v value, held period.Date) Amendment {
	k := readKeys(p.source, v, "on", "was", "now")
	a := Amendment{On: k.day("on"), Was: strings.Join(strings.Fields(k.required("was", "the words as they stand below")), " "), Now: k.text("now"), OnPlace: k.name("on"), place: k.place("was")}
	if a.On != 0 && a.On < held {
		k.errorf("on", "bad-date", "write the day of the meeting that amended them", "the minutes are amended on %s, before the meeting itself, on %s", a.On.Words(), held.Words())
	}
	if strings.ContainsAny(a.Was, markUp) {
		k.errorf("was", "bad-key", "quote words that stand between the marks", "was holds mark-up")
		a.Was = ""
	}
	return a
}

// amend marks the amended words in the text below the front matter and parses
// it again. Words that are not there once and only once are told.
func (p *page) amend(list []Amendment) {
	if len(list) == 0 || p.broken {
		return
	}
	text := string(p.source.text)
	if i := strings.IndexFunc(text, isMark); i >= 0 {
		p.source.errorf(p.source.place(i), "bad-encoding", "take the sign out", "the text holds a sign that has no meaning outside its own font")
		return
	}
	type edit struct {
		from, to int
		n        int
	}
	var edits []edit
	for n, a := range list {
		if a.Was == "" || n > int(lastMark-firstMark) {
			continue
		}
		words := strings.Fields(a.Was)
		for i := range words {
			words[i] = regexp.QuoteMeta(words[i])
		}
		found := regexp.MustCompile(strings.Join(words, `(?:[ \t]+|[ \t]*\n[ \t]*)`)).FindAllStringIndex(text[p.body:], -1)
		switch len(found) {
		case 1:
			edits = append(edits, edit{p.body + found[0][0], p.body + found[0][1], n})
		case 0:
			p.source.errorf(a.place, "bad-key", "copy the words as the minutes below have them", "the minutes do not say %s", diag.Quote(a.Was))
		default:
			p.source.errorf(a.place, "bad-key", "quote more of the sentence", "the minutes say %s %d times", diag.Quote(a.Was), len(found))
		}
	}
	slices.SortFunc(edits, func(a, b edit) int { return a.from - b.from })
	for i := 1; i < len(edits); i++ {
		if edits[i].from < edits[i-1].to {
			p.source.errorf(list[edits[i].n].place, "bad-key", "make one amendment of the two", "two amendments change the same words")
			return
		}
	}
	var b strings.Builder
	marked := &source{file: p.source.file, problems: p.source.problems, within: p.source}
	put := func(s string, at int, moves bool) {
		b.WriteString(s)
		for i := range len(s) {
			if moves {
				marked.at = append(marked.at, at+i)
			} else {
				marked.at = append(marked.at, at)
			}
		}
	}
	last := 0
	for _, e := range edits {
		mark := string(firstMark + rune(e.n))
		put(text[last:e.from], last, true)
		put(string(strikeOpen), e.from, false)
		put(text[e.from:e.to], e.from, true)
		put(string(strikeClose)+mark+escapeMarkdown(list[e.n].Now)+string(insertClose)+mark, e.to, false)
		last = e.to
	}
	put(text[last:], last, true)
	marked.at = append(marked.at, len(text))
	fresh := newSource(p.source.file, []byte(b.String()), p.source.problems)
	fresh.within, fresh.at = marked.within, marked.at
	p.markdown = parseMarkdown(fresh, p.body)
	p.markdown.amendments = list
}

// escapeMarkdown writes plain words so that Markdown reads them as they are.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 && isPunctuation(byte(r)) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// showAmendments turns the marks in finished HTML into elements. A screen
// reader says neither del nor ins, so words out of sight do.
func showAmendments(text string, list []Amendment, dated func(period.Date) string) string {
	if len(list) == 0 {
		return text
	}
	var b strings.Builder
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case r == strikeOpen:
			b.WriteString(`<del><span class="vh">Was: </span>`)
		case r == strikeClose && i+1 < len(runes):
			i++
			a := list[runes[i]-firstMark]
			b.WriteString("</del>")
			if a.Now != "" {
				fmt.Fprintf(&b, ` <ins datetime="%s"><span class="vh">Now: </span>`, a.On)
			}
		case r == insertClose && i+1 < len(runes):
			i++
			a := list[runes[i]-firstMark]
			if a.Now != "" {
				b.WriteString("</ins>")
			}
			b.WriteString(` <span class="amended">(` + html.EscapeString(dated(a.On)) + ")</span>")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
