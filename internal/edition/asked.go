package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"outturn/internal/archive/snapshot"
	"outturn/internal/commentary"
	"outturn/internal/period"
)

// What a part of a site is made from is its own folders, what Outside tells of
// the rest, and what it asks of the rest while it is made: which days have come,
// where its links may lead, which attachments are published. The answers are
// noted as they are given, and there is no other way to them, so that a part
// which is kept may be held against the answers of another day and another site.

// Asked is what an edition has asked, with the answers.
type Asked struct {
	Since, Until period.Date      // it is the same edition on every day from the one and before the other; 0: there is none
	Places       map[string]place `json:",omitempty"` // what stands at addresses of the site
	Files        string           `json:",omitempty"` // a digest of the attachments that are not published
	Names        string           `json:",omitempty"` // a digest of all addresses, where the nearest was looked for
}

// Asked is what the edition has asked so far: it is complete when every page of it
// is made.
func (e *Edition) Asked() Asked {
	a := e.asked.Asked
	a.Places = maps.Clone(a.Places)
	return a
}

// Still reports whether all that was asked would be answered in the same way.
func (in *Inputs) Still(a Asked) bool {
	if in.opt.Today < a.Since && a.Since != 0 || a.Until != 0 && in.opt.Today >= a.Until {
		return false
	}
	for to, was := range a.Places {
		if in.place(to) != was {
			return false
		}
	}
	return (a.Files == "" || a.Files == digest(in.hiddenFiles)) && (a.Names == "" || a.Names == in.names())
}

// names is a digest of all addresses that texts and names tell.
func (in *Inputs) names() string { return digest([]any{in.standing(), in.content.Files}) }

// asking notes what is asked, and of which day. It is for one goroutine.
type asking struct {
	Asked
	today period.Date
}

// come reports whether a day has come.
func (a *asking) come(day period.Date) bool {
	if day <= a.today {
		if a.Since == 0 || day > a.Since {
			a.Since = day
		}
		return true
	}
	if a.Until == 0 || day < a.Until {
		a.Until = day
	}
	return false
}

// releases reports whether a cover lets its month out: approved, and its date
// has come. A month without a cover is a draft whole.
func (a *asking) releases(cover commentary.Cover) bool {
	return cover.HasCover && cover.Status == "approved" && (!cover.HasPublishOn || a.come(cover.PublishOn))
}

// released is that of a report or a meeting.
func (a *asking) released(s commentary.State) bool {
	if s.HasPublishOn && !a.come(s.PublishOn) {
		return false
	}
	return s.Released(a.today)
}

// takeOver notes what was asked of the day when a scorecard was judged elsewhere.
func (a *asking) takeOver(other Asked) {
	if other.Since != 0 {
		a.come(other.Since)
	}
	if other.Until != 0 {
		a.come(other.Until)
	}
}

// Come reports whether a day has come by the edition's own.
func (e *Edition) Come(day period.Date) bool { return e.asked.come(day) }

// Past reports whether a day has gone by.
func (e *Edition) Past(day period.Date) bool { return e.asked.come(day + 1) }

// Today is the edition's day. What says it must be made again every day: whoever
// only compares, asks Come or Past.
func (e *Edition) Today() period.Date {
	e.asked.come(e.asked.today)
	e.asked.come(e.asked.today + 1)
	return e.asked.today
}

// thisMonth is that of the edition's day.
func (e *Edition) thisMonth() period.Month {
	month := e.asked.today.Month()
	e.asked.come(month.FirstDay())
	e.asked.come(month.LastDay() + 1)
	return month
}

// place is what the site has at an address, as far as texts and names tell.
type place uint8

const (
	page       place = 1 << iota // a page that hangs on no figure, shown or not
	attachment                   // a file of content/files/
	hiddenFile                   // one that is not published
	hidden                       // a report's or a meeting's page that is not shown
	shownMonth                   // it lies in the folder of a month that is shown
	filed                        // a page or file of the archive
)

// place tells what stands at an address, and notes it.
func (e *Edition) place(to string) place {
	is := e.in.place(to)
	if e.asked.Places == nil {
		e.asked.Places = map[string]place{}
	}
	e.asked.Places[to] = is
	return is
}

func (in *Inputs) place(to string) place {
	var is place
	set := func(what place, holds bool) {
		if holds {
			is |= what
		}
	}
	top, rest, _ := strings.Cut(to, "/")
	switch top {
	case "archive":
		set(filed, in.archived(to, snapshot.List(in.site)))
		return is
	case "files":
		set(attachment, slices.Contains(in.content.Files, rest))
		set(hiddenFile, in.hiddenFiles[rest])
		return is
	case "reports", "meetings":
		page := strings.TrimSuffix(to, ".html")
		set(hidden, !strings.Contains(rest, "/") && in.written(page) && !in.shown[page])
	default:
		if folder, _, deeper := strings.Cut(rest, "/"); deeper {
			month, err := period.ParseMonth(folder)
			set(shownMonth, err == nil && in.outline.shows(top, month))
		}
	}
	set(page, in.standing()[to])
	return is
}

// Outside is a digest of what the edition of a scorecard knows of all that is not
// its own without asking; of "" that of the pages that belong to none. The day is
// no part of it.
func (in *Inputs) Outside(id string) string {
	o := in.outlineFor(id)
	if id != "" && o.Large() { // of the others the names are left, which stand in what all have
		o.Scorecards = slices.DeleteFunc(o.Scorecards, func(h Head) bool { return h.ID != id })
	}
	return in.constant() + digest(o.Scorecards)
}

// known is a digest of what every edition of these inputs knows.
func (in *Inputs) known() string {
	opt := in.opt
	opt.Today = 0
	rest := in.outline
	rest.Scorecards = nil
	var ids []string
	for _, h := range in.outline.Scorecards {
		ids = append(ids, h.ID)
	}
	return digest([]any{unplaced(in.content.Site), opt, rest, ids, in.archive, in.shelfDigests()})
}

// digest tells one value from another.
func digest(value any) string {
	text, err := json.Marshal(value)
	if err != nil { // no value of ours can fail to encode
		panic(err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// outlineFor is the outline as the edition of a scorecard has it: of another
// scorecard it has the name, and that it has a month to show; on a large site, of
// which its pages name no other, that it is there.
func (in *Inputs) outlineFor(id string) Outline {
	if id == "" {
		return in.outline
	}
	o := in.outline
	o.Scorecards = slices.Clone(o.Scorecards)
	for i, h := range o.Scorecards {
		switch {
		case h.ID == id:
		case o.Large():
			o.Scorecards[i] = Head{ID: h.ID}
		case len(h.Months) > 0:
			o.Scorecards[i].Months = []HeadMonth{{}}
		}
	}
	return o
}
