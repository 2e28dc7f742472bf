package dataset

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gocarina/gocsv"

	"outturn/internal/diag"
)

// records reads the rows of a sheet: the header lowered and trimmed, cells
// trimmed, empty rows left out, ragged rows told, and the line of every row
// kept. A line is a row, and its commas part the cells, where quotes do no more
// than stand round whole cells; any other row is read by encoding/csv.
type records struct {
	sheet  *sheet
	line   int    // the last that was read
	cells  []span // of the row, in text
	text   string // the sheet's, or that of a row which encoding/csv read
	quoted bool   // text is that of a row
	header []string
	headed int  // the line of the header
	ruled  int  // the cells of that line, those without a name among them
	wide   int  // the last row that had more cells than that, the surplus empty
	had    int  // the cells of that row
	padded bool // that there are such rows is told
	ended  bool

	csv   *csv.Reader   // of rest; nil until it is asked
	rest  *bufio.Reader // the text from the row on that csv is to read
	lines int           // that csv has read
}

// span is where a cell stands in the text of its row, from its first byte to
// before its end: a site has millions of cells, and a string of each would be a
// pointer to tell the garbage collector of.
type span struct{ from, to int32 }

func (r *records) cell(at span) string { return r.text[at.from:at.to] }

// strings are the cells of the row, for who keeps them.
func (r *records) strings() []string {
	list := make([]string, len(r.cells))
	for i, at := range r.cells {
		list[i] = r.cell(at)
	}
	return list
}

func newRecords(s *sheet) *records {
	return &records{sheet: s, text: s.text, cells: make([]span, 0, 32)} // never without room: see part
}

// read reads the next row, whatever the number of its cells, and answers the
// line on which it begins. The error is io.EOF or of encoding/csv.
func (r *records) read() (line int, err error) {
	for r.line < len(r.sheet.starts) {
		r.line++
		from := int(r.sheet.starts[r.line-1])
		end := from + len(r.sheet.source(r.line))
		if from == end {
			continue
		}
		if !r.part(from, end) {
			return r.readQuoted()
		}
		return r.line, nil
	}
	return 0, io.EOF
}

// maySpace is true of white space, and of a part of such.
func maySpace(c byte) bool { return c <= ' ' || c >= utf8.RuneSelf }

// part parts a row at its commas; it is false where a quote does more than stand
// round a whole cell.
func (r *records) part(from, end int) bool {
	if r.quoted {
		r.text, r.quoted = r.sheet.text, false
	}
	row, cells := r.text[from:end], r.cells[:cap(r.cells)] // filled by index: append takes half as long again
	n := 0
	begin, spaced := 0, false // of the cell, in the row
	for i := 0; i < len(row); i++ {
		c := row[i]
		if ',' < c && c < utf8.RuneSelf {
			continue // as most
		}
		if n+1 >= len(cells) {
			r.cells = make([]span, 2*len(cells))
			return r.part(from, end)
		}
		switch {
		case c == ',':
			cells[n] = span{int32(from + begin), int32(from + i)}
			begin = i + 1
			n++
		case c == '"': // £435,922: for its comma
			to := i + 1 + strings.IndexByte(row[i+1:], '"')
			if i > begin || to == i || to+1 < len(row) && row[to+1] != ',' {
				return false
			}
			cells[n] = span{int32(from + i + 1), int32(from + to)}
			i, begin, spaced = to+1, to+2, true
			n++
		case maySpace(c):
			spaced = true
		}
	}
	if begin <= len(row) {
		cells[n] = span{int32(from + begin), int32(end)}
		n++
	}
	r.cells = r.cells[:n] // to set no pointer is to give the garbage collector nothing to note
	if spaced {
		for i, at := range r.cells {
			r.cells[i] = trimmed(r.text, at)
		}
	}
	return true
}

// readQuoted reads the row that begins on the line, which may run over several.
func (r *records) readQuoted() (line int, err error) {
	s, before := r.sheet, r.line-1 // lines
	from := int(s.starts[before])
	rest := strings.NewReader(s.text[from:])
	if r.csv == nil {
		r.rest = bufio.NewReader(rest)
		r.csv = csv.NewReader(r.rest)
		r.csv.FieldsPerRecord, r.csv.ReuseRecord, r.csv.TrimLeadingSpace = -1, true, true
	} else {
		r.rest.Reset(rest)
	}
	began, skipped := r.csv.InputOffset(), before-r.lines
	record, err := r.csv.Read()
	for end := from + int(r.csv.InputOffset()-began); r.line < len(s.starts) && int(s.starts[r.line]) < end; {
		r.line++
	}
	r.lines += r.line - before
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		parse.StartLine += skipped
		parse.Line += skipped
	}
	if err != nil {
		return 0, err
	}
	line, _ = r.csv.FieldPos(0)
	r.text, r.quoted, r.cells = strings.Join(record, ""), true, r.cells[:0]
	at := 0
	for _, cell := range record {
		r.cells = append(r.cells, trimmed(r.text, span{int32(at), int32(at + len(cell))}))
		at += len(cell)
	}
	return skipped + line, nil
}

// next reads the next row that is whole and not empty, with a cell for each
// column. It is false at the end.
func (r *records) next() (line int, ok bool) {
	width := len(r.header)
	for !r.ended {
		line, err := r.read()
		if err == io.EOF {
			r.ended = true
			break
		}
		if err != nil {
			r.broken(err)
			continue
		}
		if r.blank() {
			continue
		}
		if len(r.cells) > width {
			r.surplus(line)
		}
		if len(r.cells) != width {
			r.ragged(line)
			continue
		}
		r.sheet.read++
		return line, true
	}
	return 0, false
}

// surplus takes away the cells for which the header has no name. Excel writes
// empty ones under a header that is as wide. Those of a row that is wider may be
// what a comma without its quotes pushed out of the row: see doubted.
func (r *records) surplus(line int) {
	has, width := len(r.cells), len(r.header)
	for n := has - 1; n >= width && r.cells[n].empty(); n-- {
		r.cells = r.cells[:n]
	}
	switch n := len(r.cells); {
	case n == width && has > r.ruled:
		r.wide, r.had = line, has
	case n > width && n <= r.ruled:
		if s := r.sheet; !s.unnamed {
			s.unnamed, s.lost = true, true
			p := s.problem(s.problems.Errorf(s.fieldPlace(r.headed, n-1, 0), "unknown-header",
				"column %d has no name, and holds %s on line %d", n, diag.Quote(r.cell(r.cells[n-1])), line))
			p.Hint = "name it in the header, or empty it"
		}
		r.cells = r.cells[:width]
	}
}

// doubted reads a row of which surplus took empty cells that the header has not.
// Where it makes sense as it stands, the first of a file is a warning: another
// program may write a comma too many. Where it does not, that is the cause of
// all that is wrong in it.
func (r *records) doubted(line, has int, each func()) {
	s := r.sheet
	told := s.problems
	s.problems = new(diag.List)
	each()
	within := s.problems
	s.problems = told
	for _, p := range within.All() {
		if p.Severity == diag.Error {
			s.lost = true
			p.Code, p.Message = "ragged-row", fmt.Sprintf("the row has %s, the header has %d, and %s", diag.Count(has, "cell"), r.ruled, p.Message)
			p.Hint = `put quotes around a cell that holds a comma, such as "1,064"; else mend this cell, and take out the one beyond the header`
			told.Add(p)
			return
		}
	}
	told.Merge(within)
	if !r.padded {
		r.padded = true
		s.problem(told.Warnf(s.fieldPlace(line, r.ruled, 0), "ragged-row", "the row has %s, the header has %d; those beyond it are empty",
			diag.Count(has, "cell"), r.ruled)).Hint = `put quotes around a cell that holds a comma, such as "1,064"; else take out the empty cells of this row and of those like it`
	}
}

func (at span) empty() bool { return at.from == at.to }

func (r *records) blank() bool {
	for _, at := range r.cells {
		if !at.empty() {
			return false
		}
	}
	return true
}

func (r *records) ragged(line int) {
	s, has, want := r.sheet, len(r.cells), len(r.header)
	s.lost = true
	at := min(has, want)
	if has < want {
		at = has - 1
	}
	p := s.problem(s.problems.Errorf(s.fieldPlace(line, at, 0), "ragged-row",
		"the row has %s, the header has %d", diag.Count(has, "cell"), want))
	p.Hint = "give every row a cell for each column, empty ones too"
	if has > want {
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
// csv (the column), required, and first (its header begins with it). It calls
// each for every row that is whole, with its line; a header that misses a
// required column gives no rows. gocsv maps the cells into strings, so that it
// is given nothing that it could misread: its own numbers turn "1,234" into
// 1.234 and an empty cell into 0. Cells are parsed afterwards, each with its
// place.
func readRows[R any](s *sheet, each func(line int, row *R)) {
	r := newRecords(s)
	if !r.readHeader(columnsOf[R]()) {
		s.lost = true
		return
	}
	cells := &mapped{header: r.header}
	wide := map[int]int{} // the cells of rows that are wider than the header
	for line, ok := r.next(); ok; line, ok = r.next() {
		if line == r.wide {
			wide[line] = r.had
		}
		cells.rows = append(cells.rows, r.strings())
		cells.lines = append(cells.lines, line)
	}
	var rows []R
	if err := gocsv.UnmarshalCSV(cells, &rows); err != nil {
		// Every field is a string, so only our own mistake can end here.
		s.problems.Errorf(diag.Place{File: s.file}, "ragged-row", "the file cannot be read: %v", err)
		return
	}
	for i, line := range cells.lines {
		if has := wide[line]; has > 0 {
			r.doubted(line, has, func() { each(line, &rows[i]) })
			continue
		}
		each(line, &rows[i])
	}
}

// mapped is our gocsv.CSVReader: the rows of a register as they were read.
type mapped struct {
	header []string
	rows   [][]string
	lines  []int
}

var _ gocsv.CSVReader = (*mapped)(nil)

// Read satisfies gocsv.CSVReader; gocsv.UnmarshalCSV calls ReadAll alone.
func (m *mapped) Read() ([]string, error) { return nil, io.EOF }

// ReadAll returns the header and the rows.
func (m *mapped) ReadAll() ([][]string, error) {
	return append([][]string{m.header}, m.rows...), nil
}

// streamRows is readRows for returns, of whose rows a site may hold millions:
// the fields are spans of the records' text, set without reflection or copy, and
// there is one row, which holds until each returns. A test holds the two against
// each other.
func streamRows[R any](r *records, each func(line int, row *R)) {
	known, required, first := columnsOf[R]()
	if !r.readHeader(known, required, first) {
		r.sheet.lost = true
		return
	}
	var row R
	fields := reflect.ValueOf(&row).Elem()
	into := make([]*span, len(r.header)) // by column
	for i, name := range r.header {
		into[i] = new(span) // of a column that is not read
		if at := slices.Index(known, name); at >= 0 {
			into[i] = fields.Field(at).Addr().Interface().(*span)
		}
	}
	for line, ok := r.next(); ok; line, ok = r.next() {
		for i, at := range r.cells {
			*into[i] = at
		}
		if line == r.wide {
			r.doubted(line, r.had, func() { each(line, &row) })
			continue
		}
		each(line, &row)
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
		at, err := r.read()
		if err == io.EOF {
			p := s.problems.Errorf(diag.Place{File: s.file}, "missing-header", "the file is empty: it needs a header with the columns %s", strings.Join(required, ", "))
			p.Hint = "write as its first line: " + strings.Join(first, ",")
			return false
		}
		if err != nil {
			r.broken(err)
			return false
		}
		line = at
		r.headed, r.ruled = line, len(r.cells)
		for _, at := range r.cells {
			names = append(names, strings.ToLower(r.cell(at)))
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
		if names[0][at] == ';' {
			p.Hint += "; if it still has semicolons, set the list separator of Windows to a comma first (Region, Additional settings)"
		}
		return false
	}
	if instead, hint := r.noHeader(names, line, known, required, first); instead != "" {
		s.problem(s.problems.Errorf(s.row(line), "missing-header", "%s", instead)).Hint = hint
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
			if first := slices.Index(names, name); first >= 0 && !contains(required, name) {
				names[first] = unread // or each row would be told to lack what stands under the other
			}
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
	r.header, s.columns, s.value = names, names, slices.Index(names, "value")
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

// noHeader says what the first row is where it is no header, with the mend; or "".
func (r *records) noHeader(names []string, line int, known, required, first []string) (what, hint string) {
	s := r.sheet
	isHeader := func(names []string) bool {
		return !slices.ContainsFunc(required, func(name string) bool { return !contains(names, name) })
	}
	if isHeader(names) {
		return "", ""
	}
	if strings.HasPrefix(names[0], "sep=") {
		return "the first line is for Excel alone, and no header", "take the line out: the file begins with its header"
	}
	for below := line + 1; below <= min(line+9, len(s.starts)); below++ { // no title is longer
		cells := strings.Split(strings.ToLower(s.source(below)), ",")
		for i := range cells {
			cells[i] = strings.Trim(trim(cells[i]), `"`)
		}
		if isHeader(cells) {
			return fmt.Sprintf("the header stands on line %d, and what stands above it is no part of the file", below),
				fmt.Sprintf("take out what stands above line %d", below)
		}
	}
	if !slices.ContainsFunc(names, func(name string) bool { return contains(known, name) || diag.Nearest(name, known) != "" }) {
		return "the file has no header: none of the names of its columns stands in its first line",
			"write it above that line: " + strings.Join(first, ",") + "; or, where the line is meant for it, put the names right"
	}
	return "", ""
}

// trim takes white space from both ends, the no-break spaces that a copied
// table brings included; most cells have none and cost two comparisons.
func trim(text string) string {
	if n := len(text); n == 0 || !maySpace(text[0]) && !maySpace(text[n-1]) {
		return text
	}
	return strings.TrimSpace(text)
}

// trimmed is trim for a cell of a text.
func trimmed(text string, at span) span {
	whole := text[at.from:at.to]
	rest := strings.TrimLeftFunc(whole, unicode.IsSpace)
	at.from += int32(len(whole) - len(rest))
	at.to = at.from + int32(len(trim(rest)))
	return at
}

func contains(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}
