package dataset

import (
	"errors"
	"io"
	"strings"

	"outturn/internal/diag"
)

// Sheet is a CSV file of data/ as it is written, for who keeps some of its rows
// and leaves others out, or holds one writing of a file against another. What its
// cells mean, Load reads.
type Sheet struct {
	Header  string   // the line of names
	Columns []string // the names, in small letters
	Rows    []Row
	sheet   *sheet
}

// Row is one row: as it is written, with the end of its line, the line on which
// it begins, and the cells that hold something, trimmed, by their columns.
type Row struct {
	Raw   string
	Line  int
	Cells map[string]string
}

// ReadSheet takes a file of data/ apart. It fails on what is no CSV: its faults
// are told where the data are read.
func ReadSheet(content []byte) (Sheet, error) {
	text, ok := decode("", content, new(diag.List))
	if !ok {
		return Sheet{}, errors.New("this is no text")
	}
	s := Sheet{sheet: newSheet("", text, nil)}
	r := newRecords(s.sheet)
	for from := 0; ; {
		line, err := r.read()
		if err == io.EOF {
			return s, nil
		}
		if err != nil {
			return Sheet{}, err
		}
		raw := text[from:s.sheet.end(r.line)]
		from += len(raw)
		if s.Columns == nil {
			s.Header = raw
			for _, at := range r.cells {
				s.Columns = append(s.Columns, strings.ToLower(r.cell(at)))
			}
			s.sheet.columns = s.Columns
			continue
		}
		row := Row{raw, line, make(map[string]string, len(r.cells))}
		for i, at := range r.cells {
			if i < len(s.Columns) && !at.empty() {
				row.Cells[s.Columns[i]] = r.cell(at)
			}
		}
		s.Rows = append(s.Rows, row)
	}
}

// Place is where a cell of the row that begins on a line begins, without a file.
func (s *Sheet) Place(line int, column string) diag.Place { return s.sheet.place(line, column, 0) }

// Source is the text of a line, from 1.
func (s *Sheet) Source(line int) string { return s.sheet.source(line) }
