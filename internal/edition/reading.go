package edition

import (
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/period"
)

// Reading is a scorecard's data as they were read, with what is wrong in them.
// It does not change. Who keeps one may hand it back (Inputs.Recalling) as long
// as the scorecard's folder in data/ is byte for byte what it was; that the names
// in data/, the populations and the settings are those by which it was read is
// seen to here.
type Reading struct {
	id       string
	store    *dataset.Store
	data     *dataset.Scorecard // nil where no row could be read
	problems diag.List
}

// Read reads a scorecard's data, whatever is kept of them.
func (in *Inputs) Read(id string) *Reading {
	r := &Reading{id: id, store: in.store}
	if in.store != nil {
		r.data = in.store.Scorecard(id, &r.problems)
	}
	return r
}

// Holds reports whether a reading was made by the settings, names and populations
// of these inputs.
func (in *Inputs) Holds(r *Reading) bool { return r != nil && r.store == in.store }

// Recalling is the same inputs, for which a scorecard's data are asked of recall
// before they are read: nil, or one that was read by other settings, is read. It
// may be asked from several goroutines.
func (in *Inputs) Recalling(recall func(id string) *Reading) *Inputs {
	again := *in
	again.recall = recall
	return &again
}

// Rejudged makes the edition of one scorecard after a change of its texts. What
// the former edition judged by the same data is taken over as it is: pages of the
// one and of the other must be made one after the other, never at once.
func (in *Inputs) Rejudged(former *Edition, id string, problems *diag.List) *Edition {
	if len(former.Scorecards) == 0 || former.in.opt != in.opt {
		return in.Scorecard(id, problems)
	}
	return in.scorecard(id, former.Scorecards[0], problems)
}

// month is a month as it was judged before: by the same data, and with Drafts,
// so that every return counted then and counts now.
func (s *Scorecard) month(m period.Month, data *dataset.Scorecard, opt Options) *Month {
	if s == nil || s.Data != data || !opt.Drafts {
		return nil
	}
	for _, month := range s.Months {
		if month.Month == m {
			return month
		}
	}
	return nil
}
