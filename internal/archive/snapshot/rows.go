package snapshot

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"outturn/internal/dataset"
)

// Sheet is a CSV file of data/ as it is written, so that rows of it can be kept
// and others left out.
type Sheet struct {
	Header string // the line of names
	Rows   []Row
}

// Row is one row: as it is written, with the end of its line, and its cells by
// the names of their columns, which are in small letters.
type Row struct {
	Raw   string
	Cells map[string]string
}

// ReadSheet takes a file of data/ apart. It fails on what is no CSV: its faults
// are told where the data are read.
func ReadSheet(content []byte) (Sheet, error) {
	var s Sheet
	text, ok := dataset.Text(content)
	if !ok {
		return s, errors.New("this is no text")
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord, reader.TrimLeadingSpace = -1, true
	var names []string
	from := int64(0)
	for {
		fields, err := reader.Read()
		if err == io.EOF {
			return s, nil
		}
		if err != nil {
			return Sheet{}, err
		}
		raw := text[from:reader.InputOffset()]
		from = reader.InputOffset()
		if names == nil {
			s.Header = raw
			for _, f := range fields {
				names = append(names, strings.ToLower(strings.TrimSpace(f)))
			}
			continue
		}
		r := Row{raw, make(map[string]string, len(fields))}
		for i, f := range fields {
			if i < len(names) {
				r.Cells[names[i]] = strings.TrimSpace(f)
			}
		}
		s.Rows = append(s.Rows, r)
	}
}
