package diag

import (
	"bufio"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// Style says how much of a problem Text shows.
type Style uint8

const (
	Plain      Style = iota // the finding and its mend
	WithSource              // also the source line with a caret, for a terminal
)

// The widest source line that is shown whole; of a wider one, that many
// characters about the column. It is our choice: it fits a terminal.
const sourceWidth = 100

// Text writes each problem as the contract prints it (section 7): one line, then
// what helps to mend it. The error is the writer's.
func Text(w io.Writer, ps []Problem, style Style) error {
	out := bufio.NewWriter(w) // keeps its first error for Flush
	for _, p := range ps {
		out.WriteString(visible(p.line()))
		out.WriteByte('\n')
		if style == WithSource && strings.TrimSpace(p.Source) != "" {
			source, caret := excerpt(p.Source, p.Column)
			out.WriteString("    " + source + "\n")
			if caret != "" {
				out.WriteString("    " + caret + "\n")
			}
		}
		if p.Hint != "" {
			out.WriteString("  mend: " + visible(p.Hint) + "\n")
		}
	}
	return out.Flush()
}

// line is the finding itself: file:line:column: error: message [code].
func (p Problem) line() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File + ":")
		if p.Line > 0 {
			b.WriteString(strconv.Itoa(p.Line) + ":")
			if p.Column > 0 {
				b.WriteString(strconv.Itoa(p.Column) + ":")
			}
		}
		b.WriteByte(' ')
	}
	b.WriteString(p.Severity.String() + ": " + p.Message)
	if p.Code != "" {
		b.WriteString(" [" + p.Code + "]")
	}
	return b.String()
}

// excerpt is the source line as a terminal can show it and the caret under the
// character at the column, which may be just past the end; no caret where there
// is no such character.
func excerpt(source string, column int) (line, caret string) {
	characters := []rune(source)
	at := column - 1
	if at > len(characters) {
		at = -1
	}
	from, to := 0, len(characters)
	if to > sourceWidth {
		from = min(max(0, at-sourceWidth/2), to-sourceWidth)
		to = from + sourceWidth
	}
	var b, blank strings.Builder
	if from > 0 {
		b.WriteString("…")
		blank.WriteByte(' ')
	}
	for i, r := range characters[from:to] {
		b.WriteRune(oneColumn(r))
		if from+i < at && !unicode.Is(unicode.Mn, r) { // an accent of its own takes no column
			blank.WriteByte(' ')
		}
	}
	if to < len(characters) {
		b.WriteString("…")
	}
	if at < 0 {
		return b.String(), ""
	}
	return b.String(), blank.String() + "^"
}

// oneColumn is the character, or what stands for one that would take no column
// or many, or drive the terminal.
func oneColumn(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case isHidden(r):
		return unicode.ReplacementChar
	}
	return r
}

// isHidden says whether a terminal obeys the character instead of showing it:
// controls, line and paragraph separators, and the marks of the direction of
// writing, with which a line can be made to read as what it is not.
func isHidden(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// visible writes hidden characters out: \n, \x1b.
func visible(s string) string {
	return written(s, isHidden)
}

func written(s string, hidden func(rune) bool) string {
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// The longest text that Quote shows whole; our choice, to keep a finding a line.
const quoteWidth = 60

// Count is a number of things in words: "1 file", "2 files". The noun takes an s.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// Quote writes s between quotation marks for a message, with all that could not
// be seen written out (\t, \u00a0), and shortened at 60 characters.
func Quote(s string) string {
	s = strings.ToValidUTF8(s, string(unicode.ReplacementChar))
	if characters := []rune(s); len(characters) > quoteWidth {
		s = string(characters[:quoteWidth]) + "…"
	}
	return `"` + written(s, func(r rune) bool { return !unicode.IsPrint(r) }) + `"`
}

// JSON writes each problem as one object on a line of its own: file, line,
// column, severity, code, message, hint. Line and column are 0 where the file as
// a whole is meant. The error is the writer's.
func JSON(w io.Writer, ps []Problem) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false) // the reader is no browser, and >=95 should be legible
	for _, p := range ps {
		err := enc.Encode(struct {
			File     string `json:"file"`
			Line     int    `json:"line"`
			Column   int    `json:"column"`
			Severity string `json:"severity"`
			Code     string `json:"code"`
			Message  string `json:"message"`
			Hint     string `json:"hint"`
		}{p.File, p.Line, p.Column, p.Severity.String(), p.Code, p.Message, p.Hint})
		if err != nil {
			return err
		}
	}
	return out.Flush()
}
