package dataset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"outturn/internal/diag"
)

// sheet is the text of one CSV file, kept so that every cell can be shown
// where it stands.
type sheet struct {
	file     string
	text     string  // LF line ends
	starts   []int32 // byte offset of each line
	columns  []string
	value    int  // the column of values; -1 where there is none
	read     int  // rows that were whole
	lost     bool // a row or a column could not be read, and whose it is cannot be told
	unnamed  bool // a column without a name holds something, which is told
	problems *diag.List
}

// rows counts the rows that could be read, right or wrong in their cells.
func (s *sheet) rows() int { return s.read }

func newSheet(file, text string, problems *diag.List) *sheet {
	s := &sheet{file: file, text: text, problems: problems}
	s.starts = make([]int32, 1, 1+strings.Count(text, "\n"))
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return s
		}
		at += i + 1
		s.starts = append(s.starts, int32(at))
	}
}

// source is the text of a line, from 1, without its end.
func (s *sheet) source(line int) string {
	if line < 1 || line > len(s.starts) {
		return ""
	}
	to := s.end(line)
	if line < len(s.starts) {
		to--
	}
	return s.text[s.starts[line-1]:to]
}

// end is where the line after a line begins.
func (s *sheet) end(line int) int {
	if line < len(s.starts) {
		return int(s.starts[line])
	}
	return len(s.text)
}

// row is the place of a row as a whole: its first character.
func (s *sheet) row(line int) diag.Place {
	return diag.Place{File: s.file, Line: line, Column: 1}
}

// place is where a character of a trimmed cell stands, counted in characters
// from 0; for a cell that is not there, the start of its row.
func (s *sheet) place(line int, column string, offset int) diag.Place {
	for i, name := range s.columns {
		if name == column {
			return s.fieldPlace(line, i, offset)
		}
	}
	return s.row(line)
}

// valuePlace is place of the column of values, which every figure asks for.
func (s *sheet) valuePlace(line int) diag.Place {
	if s.value < 0 {
		return s.row(line)
	}
	return s.fieldPlace(line, s.value, 0)
}

// hides reports whether a column is not there while one stands in the header
// that is not known: the cells may be under it.
func (s *sheet) hides(column string) bool {
	unread := false
	for _, name := range s.columns {
		if name == column {
			return false
		}
		unread = unread || name[0] == 0
	}
	return unread
}

// fieldPlace is where a character of the cell of a column stands, counted from
// 0. Only problems and figures that are shown pay for it; a row that is right
// costs nothing.
func (s *sheet) fieldPlace(line, index, offset int) diag.Place {
	if column := plainColumn(s.source(line), index); column > 0 && offset == 0 {
		return diag.Place{File: s.file, Line: line, Column: column}
	}
	return s.cellPlace(line, index, offset)
}

// cellPlace walks the row again as encoding/csv read it.
func (s *sheet) cellPlace(line, index, offset int) diag.Place {
	at := int(s.starts[line-1])
	for ; index > 0 && at < len(s.text) && s.text[at] != '\n'; index-- {
		at = s.fieldEnd(at)
		if at < len(s.text) && s.text[at] == ',' {
			at++
		}
	}
	at = s.skipSpace(at)
	quoted := at < len(s.text) && s.text[at] == '"'
	if quoted {
		at = s.skipSpace(at + 1)
	}
	for ; offset > 0 && at < len(s.text); offset-- {
		r, n := utf8.DecodeRuneInString(s.text[at:])
		if r == '\n' && !quoted {
			break
		}
		if quoted && r == '"' {
			if !strings.HasPrefix(s.text[at:], `""`) {
				break
			}
			n = 2
		}
		at += n
	}
	// A quoted cell may run over several lines.
	for line < len(s.starts) && int(s.starts[line]) <= at {
		line++
	}
	before := s.text[s.starts[line-1]:at]
	return diag.Place{File: s.file, Line: line, Column: 1 + utf8.RuneCountInString(before)}
}

// plainColumn is where a cell of a row begins, counted from 1, by its commas
// alone. It answers 0 where a quote or a character beyond ASCII stands before.
func plainColumn(row string, index int) int {
	for i := range len(row) {
		switch c := row[i]; {
		case c == '"' || c >= utf8.RuneSelf:
			return 0
		case index > 0:
			if c == ',' {
				index--
			}
		case c != ' ' && c != '\t' && c != '\v' && c != '\f':
			return i + 1
		}
	}
	return len(row) + 1
}

func (s *sheet) fieldEnd(at int) int {
	at = s.skipSpace(at)
	if at < len(s.text) && s.text[at] == '"' {
		for at++; at < len(s.text); at++ {
			if s.text[at] == '"' {
				if at+1 < len(s.text) && s.text[at+1] == '"' {
					at++
					continue
				}
				break
			}
		}
	}
	if i := strings.IndexAny(s.text[at:], ",\n"); i >= 0 {
		return at + i
	}
	return len(s.text)
}

// openQuote finds, in the row that begins on a line, the cell whose quote is
// never closed: it runs to the end of the file.
func (s *sheet) openQuote(line int) (diag.Place, bool) {
	if line < 1 || line > len(s.starts) {
		return diag.Place{}, false
	}
	at := int(s.starts[line-1])
	for i := 0; at < len(s.text); i++ {
		start := s.skipSpace(at)
		at = s.fieldEnd(at)
		if at == len(s.text) && start < at && s.text[start] == '"' {
			place := s.fieldPlace(line, i, 0)
			place.Column-- // the quote itself
			return place, place.Column > 0
		}
		if at < len(s.text) && s.text[at] == '\n' {
			break
		}
		at++
	}
	return diag.Place{}, false
}

func (s *sheet) skipSpace(at int) int {
	for at < len(s.text) && s.text[at] != '\n' {
		r, n := utf8.DecodeRuneInString(s.text[at:])
		if !unicode.IsSpace(r) {
			break
		}
		at += n
	}
	return at
}

// problem finishes a problem at a place with the source line.
func (s *sheet) problem(p *diag.Problem) *diag.Problem {
	p.Source = s.source(p.Line)
	return p
}

// cell is one cell of a row, for its parser to complain about.
type cell struct {
	sheet  *sheet
	line   int
	column string
	text   string // trimmed
}

func (s *sheet) cell(line int, column, text string) cell { return cell{s, line, column, text} }

// errorf adds an error at a character of the cell, counted from 0.
func (c cell) errorf(offset int, code, format string, args ...any) *diag.Problem {
	return c.sheet.problem(c.sheet.problems.Errorf(c.sheet.place(c.line, c.column, offset), code, format, args...))
}
