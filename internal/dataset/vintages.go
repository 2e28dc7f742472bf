package dataset

import "slices"

// Rows counts the rows of a return, its head left out.
func (s *Scorecard) Rows(w Vintage) int {
	i := slices.Index(s.vintages, w)
	if i < 0 || s.sheets[i] == nil {
		return 0
	}
	return s.sheets[i].rows()
}

// Knows reports whether a return had been made by the view's month and is
// released.
func (v *View) Knows(w Vintage) bool {
	i := slices.Index(v.Scorecard.vintages, w)
	return i >= 0 && v.released[i]
}

// Settings are what content/ says of the scorecard.
func (s *Scorecard) Settings() ScorecardSettings { return s.settings }
