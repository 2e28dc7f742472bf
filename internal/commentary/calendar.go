package commentary

import (
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// Calendar is the key calendar of site.yaml: the days on which the council's
// offices are shut besides weekends and the bank holidays of England, and the
// spans in which a release is to be thought over.
//
//	calendar:
//	  closed: [2016-12-28, 2016-12-29]
//	  quiet:
//	    - {from: 2017-04-22, to: 2017-06-08, why: pre-election period, blocks: true}
type Calendar struct {
	Closed []period.Date
	Quiet  []Quiet
}

// Quiet is a span of days, both ends in it, in which a release asks to be
// thought over or, where Blocks says so, is not to be made.
type Quiet struct {
	From, To period.Date
	Why      string
	Blocks   bool
	Place    diag.Place
	Source   string
}

// calendar reads the key calendar.
func (k keys) calendar() (c Calendar) {
	if !k.has("calendar") {
		return c
	}
	inner := readKeys(k.source, k.value("calendar"), "closed", "quiet")
	words, places := inner.words("closed")
	for i, word := range words {
		day, err := period.ParseDate(word)
		if err != nil {
			k.source.errorf(places[i], "bad-date", mendOf(err), "the closed day %s is not a date", diag.Quote(word))
			continue
		}
		c.Closed = append(c.Closed, day)
	}
	for _, item := range inner.list("quiet") {
		span := readKeys(k.source, item, "from", "to", "why", "blocks")
		q := Quiet{Why: strings.TrimSuffix(span.required("why", "pre-election period"), "."), Blocks: span.truth("blocks"), Place: item.at, Source: k.source.line(item.at.Line)}
		span.required("from", "2017-04-22")
		span.required("to", "2017-06-08")
		var from, to bool
		q.From, from = span.date("from")
		q.To, to = span.date("to")
		switch {
		case !from || !to:
		case q.To < q.From:
			span.errorf("to", "bad-date", "write the first day under from and the last under to", "the span ends on %s, before it begins on %s", q.To.Words(), q.From.Words())
		default:
			c.Quiet = append(c.Quiet, q)
		}
	}
	return c
}
