package dataset

import (
	"slices"
	"strings"
)

// Rows counts the rows of a return, its head left out.
func (s *Scorecard) Rows(w Vintage) int {
	i := slices.Index(s.vintages, w)
	if i < 0 || s.sheets[i] == nil {
		return 0
	}
	n := -1
	for line := range strings.Lines(s.sheets[i].text) {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return max(n, 0)
}

// Knows reports whether a return had been made by the view's month and is
// released.
func (v *View) Knows(w Vintage) bool {
	i := slices.Index(v.Scorecard.vintages, w)
	return i >= 0 && v.released[i]
}

// Settings are what content/ says of the scorecard.
func (s *Scorecard) Settings() ScorecardSettings { return s.settings }
