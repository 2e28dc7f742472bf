package dataset

import (
	"slices"

	"outturn/internal/period"
)

// Rows counts the rows of a return, its head left out.
func (s *Scorecard) Rows(w Vintage) int {
	i := slices.Index(s.vintages, w)
	if i < 0 || s.sheets[i] == nil {
		return 0
	}
	return s.sheets[i].rows()
}

// Returns lists the issues of a month's return, the first of them first.
func (s *Scorecard) Returns(m period.Month) []Vintage {
	var list []Vintage
	for _, w := range s.vintages {
		if w.Month == m {
			list = append(list, w)
		}
	}
	return list
}

// File is where a return stands in the site's folder.
func (s *Scorecard) File(w Vintage) string { return s.path(w.fileName()) }

// Columns are a return's, in the order of its header; "" is one that is not
// known. It is nil where the return could not be read.
func (s *Scorecard) Columns(w Vintage) []string {
	i := slices.Index(s.vintages, w)
	if i < 0 || s.sheets[i] == nil {
		return nil
	}
	columns := slices.Clone(s.sheets[i].columns)
	for i, name := range columns {
		if name[0] == 0 {
			columns[i] = ""
		}
	}
	return columns
}

// spoiltRow is a series with a row in a return that could not be read.
type spoiltRow struct{ ref, vintage int }

func (s *Scorecard) spoil(ref, vintage int) {
	if s.spoilt == nil {
		s.spoilt = map[spoiltRow]bool{}
	}
	s.spoilt[spoiltRow{ref, vintage}] = true
}

// Spoilt reports whether a return may have had a figure of a series that could
// not be read: a row of the series has a fault, or there is a fault in the file
// of which it cannot be told whose figure it cost. Every such fault is told.
func (s *Scorecard) Spoilt(ref string, w Vintage) bool {
	i := slices.Index(s.vintages, w)
	if i < 0 {
		return false
	}
	at, known := s.register.index[ref]
	return s.sheets[i] == nil || s.sheets[i].lost || known && s.spoilt[spoiltRow{at, i}]
}

// Knows reports whether a return had been made by the view's month and is
// released.
func (v *View) Knows(w Vintage) bool {
	i := slices.Index(v.Scorecard.vintages, w)
	return i >= 0 && v.released[i]
}

// Settings are what content/ says of the scorecard.
func (s *Scorecard) Settings() ScorecardSettings { return s.settings }

// givenReason is a reason for a revision that some row of a return gives.
type givenReason struct {
	vintage Vintage
	reason  string
}

// Gives reports whether any row of a return gives a reason (late_data correction
// definition): without one no figure was revised for it, worked out or not, and
// nobody need look.
func (s *Scorecard) Gives(w Vintage, reason string) bool { return s.reasons[givenReason{w, reason}] }
