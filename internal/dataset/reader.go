package dataset

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gocarina/gocsv"

	"outturn/internal/diag"
)

// sheet is the text of one CSV file, kept so that every cell can be shown
// where it stands. gocsv maps rows into structs of strings and is given
// nothing that it could misread: its own numbers turn "1,234" into 1.234 and
// an empty cell into 0. Cells are parsed afterwards, each with its place.
type sheet struct {
	file     string
	text     string  // LF line ends
	starts   []int32 // byte offset of each line
	columns  []string
	read     int  // rows that were whole
	lost     bool // a row or a column could not be read, and whose it is cannot be told
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
	from := int(s.starts[line-1])
	to := len(s.text)
	if line < len(s.starts) {
		to = int(s.starts[line]) - 1
	}
	return s.text[from:to]
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

// fieldPlace walks the row again as encoding/csv read it. Only problems and
// figures that are shown pay for this; a row that is right costs nothing.
func (s *sheet) fieldPlace(line, index, offset int) diag.Place {
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

// records is our gocsv.CSVReader: encoding/csv, with the header lowered and
// trimmed, cells trimmed, empty rows left out, ragged rows told, and the line
// of every row kept. One call of ReadAll gives a batch, so that a large return
// never stands in memory thrice.
type records struct {
	sheet  *sheet
	csv    *csv.Reader
	header []string
	batch  [][]string
	cells  []string
	lines  []int
	ended  bool
}

const batchRows = 2048

var _ gocsv.CSVReader = (*records)(nil)

// Read satisfies gocsv.CSVReader; gocsv.UnmarshalCSV calls ReadAll alone.
func (r *records) Read() ([]string, error) { return nil, io.EOF }

// ReadAll returns the header and the next batch of rows.
func (r *records) ReadAll() ([][]string, error) {
	width := len(r.header)
	if r.cells == nil {
		r.cells = make([]string, batchRows*width)
	}
	r.batch = append(r.batch[:0], r.header)
	r.lines = r.lines[:0]
	for len(r.lines) < batchRows && !r.ended {
		record, err := r.csv.Read()
		if err == io.EOF {
			r.ended = true
			break
		}
		if err != nil {
			r.broken(err)
			continue
		}
		line, _ := r.csv.FieldPos(0)
		empty := true
		for i, text := range record {
			record[i] = trim(text)
			empty = empty && record[i] == ""
		}
		if empty {
			continue
		}
		for len(record) > width && record[len(record)-1] == "" {
			record = record[:len(record)-1] // Excel writes them where a column was once wider
		}
		if len(record) != width {
			r.ragged(line, record)
			continue
		}
		n := len(r.lines)
		row := r.cells[n*width : (n+1)*width : (n+1)*width]
		copy(row, record)
		r.batch = append(r.batch, row)
		r.lines = append(r.lines, line)
	}
	return r.batch, nil
}

func (r *records) ragged(line int, record []string) {
	s, want := r.sheet, len(r.header)
	s.lost = true
	at := min(len(record), want)
	if len(record) < want {
		at = len(record) - 1
	}
	p := s.problem(s.problems.Errorf(s.fieldPlace(line, at, 0), "ragged-row",
		"the row has %s, the header has %d", plural(len(record), "cell"), want))
	p.Hint = "give every row a cell for each column, empty ones too"
	if len(record) > want {
		p.Hint = "put quotes around a cell that holds a comma, or take out the cell beyond the header"
	}
}

// broken tells what encoding/csv could not read.
func (r *records) broken(err error) {
	s := r.sheet
	s.lost = true
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		s.problems.Errorf(diag.Place{File: s.file}, "ragged-row", "the row cannot be read: %v", err)
		r.ended = true
		return
	}
	line := min(max(parse.Line, 1), len(s.starts))
	source := s.source(line)
	before := source[:min(max(parse.Column-1, 0), len(source))]
	at := diag.Place{File: s.file, Line: line, Column: 1 + utf8.RuneCountInString(before)}
	message := "the row cannot be read: " + parse.Err.Error()
	hint := ""
	switch {
	case errors.Is(parse.Err, csv.ErrBareQuote):
		message = "a quote stands inside a cell that does not begin with one"
		hint = `put quotes around the whole cell and double those within: "the ""new"" form"`
	case errors.Is(parse.Err, csv.ErrQuote):
		message = "a cell that begins with a quote does not end with one"
		if open, ok := s.openQuote(parse.StartLine); ok {
			// The rest of the file was taken for one cell: tell where it opens.
			at = open
		} else if parse.StartLine < parse.Line {
			message += fmt.Sprintf(" (its row begins on line %d)", parse.StartLine)
		}
		hint = `end the cell with a quote and double those within: "the ""new"" form"`
	}
	s.problem(s.problems.Errorf(at, "ragged-row", "%s", message)).Hint = hint
}

// readRows reads a sheet into row structs whose string fields carry the tags
// csv (the column), required, and first (its header begins with it). It calls each for every row that is whole,
// with its line; a header that misses a required column gives no rows.
func readRows[R any](s *sheet, each func(line int, row *R)) {
	known, required, first := columnsOf[R]()
	reader := csv.NewReader(strings.NewReader(s.text))
	reader.FieldsPerRecord = -1
	reader.ReuseRecord = true
	reader.TrimLeadingSpace = true
	r := &records{sheet: s, csv: reader}
	if !r.readHeader(known, required, first) {
		s.lost = true
		return
	}
	for !r.ended {
		var rows []R
		if err := gocsv.UnmarshalCSV(r, &rows); err != nil {
			// Every field is a string, so only our own mistake can end here.
			s.problems.Errorf(diag.Place{File: s.file}, "ragged-row", "the file cannot be read: %v", err)
			return
		}
		s.read += len(r.lines)
		for i := range rows[:len(r.lines)] {
			each(r.lines[i], &rows[i])
		}
	}
}

// columnsOf lists a file's columns: all, those it cannot do without, and those
// that its header begins with where nothing else is known of it.
func columnsOf[R any]() (known, required, first []string) {
	t := reflect.TypeFor[R]()
	for i := range t.NumField() {
		tag := t.Field(i).Tag
		known = append(known, tag.Get("csv"))
		if tag.Get("required") != "" {
			required = append(required, tag.Get("csv"))
		}
		if tag.Get("required") != "" || tag.Get("first") != "" {
			first = append(first, tag.Get("csv"))
		}
	}
	return known, required, first
}

// readHeader reads the first row; it reports whether rows can be read by it.
func (r *records) readHeader(known, required, first []string) bool {
	s := r.sheet
	var names []string
	line := 1
	for {
		record, err := r.csv.Read()
		if err == io.EOF {
			p := s.problems.Errorf(diag.Place{File: s.file}, "missing-header", "the file is empty: it needs a header with the columns %s", strings.Join(required, ", "))
			p.Hint = "write as its first line: " + strings.Join(first, ",")
			return false
		}
		if err != nil {
			r.broken(err)
			return false
		}
		line, _ = r.csv.FieldPos(0)
		for _, text := range record {
			names = append(names, strings.ToLower(trim(text)))
		}
		for len(names) > 0 && names[len(names)-1] == "" {
			names = names[:len(names)-1]
		}
		if len(names) > 0 {
			break
		}
	}
	if len(names) == 1 && strings.ContainsAny(names[0], ";\t") {
		at := strings.IndexAny(names[0], ";\t")
		p := s.problem(s.problems.Errorf(s.fieldPlace(line, 0, utf8.RuneCountInString(names[0][:at])), "missing-header",
			"the columns are not separated by commas"))
		p.Hint = "save the file from the spreadsheet as “CSV UTF-8 (comma delimited)”"
		return false
	}
	seen := map[string]bool{}
	for i, name := range names {
		unread := fmt.Sprintf("\x00%d", i) // a column that gocsv must pass over
		fail := func(format string, args ...any) *diag.Problem {
			names[i], s.lost = unread, true
			return s.problem(s.problems.Errorf(s.fieldPlace(line, i, 0), "unknown-header", format, args...))
		}
		switch {
		case name == "":
			fail("column %d has no name", i+1).Hint = "name it, or take it out; the columns are " + strings.Join(known, ", ")
		case seen[name]:
			fail("column %s stands twice", diag.Quote(name)).Hint = "take one of them out: which of the two counts cannot be known"
		case !contains(known, name):
			p := fail("column %s is not known here", diag.Quote(name))
			p.Hint = "the columns are " + strings.Join(known, ", ")
			if near := diag.Nearest(name, known); near != "" {
				p.Hint = "did you mean " + near + "?"
				if !contains(names, near) {
					// Nothing is published by this reading. But its cells are
					// judged as what they are plainly meant to be, or each row
					// would be told to lack what stands under the slip.
					names[i], seen[near] = near, !contains(required, near)
				}
			}
		default:
			seen[name] = true
		}
	}
	r.header, s.columns = names, names
	whole := true
	for _, name := range required {
		if !seen[name] {
			whole = false
			p := s.problem(s.problems.Errorf(s.row(line), "missing-header", "the column %s is missing", diag.Quote(name)))
			p.Hint = "add it to the header; this file needs " + strings.Join(required, ", ")
		}
	}
	return whole
}

// trim takes white space from both ends, the no-break spaces that a copied
// table brings included; most cells have none and cost two comparisons.
func trim(text string) string {
	if n := len(text); n == 0 || text[0] > ' ' && text[0] < utf8.RuneSelf && text[n-1] > ' ' && text[n-1] < utf8.RuneSelf {
		return text
	}
	return strings.TrimSpace(text)
}

func contains(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
