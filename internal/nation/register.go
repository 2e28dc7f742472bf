package nation

import (
	"bytes"
	"fmt"
	"strconv"

	"outturn/internal/period"
)

func yearToDate() string { return period.FinancialYearToDate(last).String() }

// csv gathers the rows of a register. Cells that hold a comma are quoted.
type csv struct{ bytes.Buffer }

func (c *csv) row(cells ...string) {
	for i, cell := range cells {
		if i > 0 {
			c.WriteByte(',')
		}
		if bytes.ContainsAny([]byte(cell), ",\"") {
			cell = `"` + cell + `"`
		}
		c.WriteString(cell)
	}
	c.WriteByte('\n')
}

func (s *scorecard) register() []byte {
	var c csv
	c.row("ref", "label", "section", "name", "good", "unit", "decimals", "frequency", "lag", "basis", "ytd", "rag_on", "rag_rule", "parent", "dimension", "calculation", "status", "tags", "notes")
	for _, one := range s.series {
		label, dimension, status, notes := "", "", "", ""
		if one.parent != "" {
			label, dimension = "-", "source"
		}
		if one.judging == awaited {
			status = "developing"
		}
		if one.form == running {
			notes = "The count begins anew each April."
		}
		c.row(one.ref, label, sectionAt(one.section).id, one.name, one.good, one.unit, one.shownDecimals(), one.every(),
			strconv.Itoa(one.lag), one.basis, one.ytd, one.ragOn, one.rule, one.parent, dimension, one.calc, status, one.tags, notes)
	}
	return c.Bytes()
}

// shownDecimals leaves the default of a unit unsaid.
func (s *series) shownDecimals() string {
	if s.form == ratio || s.form == tenths || s.unit == "rate_per_10000" || s.unit == "rate_per_100000" {
		return strconv.Itoa(s.decimals)
	}
	return ""
}

// published is the level of the newest month as a reader sees it, in units of
// the last decimal.
func (s *series) published() int64 {
	if s.form == ratio {
		return rounded(s.level, 1000000, s.per(), s.decimals)
	}
	return s.level
}

// at writes the level times so many thousandths.
func (s *series) at(thousandths int64) string {
	return string(appendDecimal(nil, (s.published()*thousandths+500)/1000, s.decimals))
}

// factor is where the target lies from the level, in thousandths, so that the
// figures stand where aim says: beyond a tenth they are red.
func (s *series) factor() int64 {
	f := map[aim]int64{meets: 950, onEdge: 1000, misses: 1050, farOff: 1200}[s.aim]
	if s.good == "low" {
		f = map[aim]int64{meets: 1050, onEdge: 1000, misses: 950, farOff: 800}[s.aim]
	}
	return f
}

func (s *scorecard) targets() []byte {
	var c csv
	c.row("ref", "period", "target", "green", "amber", "profile", "by", "wording", "state", "kind")
	row := func(one *series, cells ...string) { c.row(append([]string{one.ref}, cells...)...) }
	newest := years()[len(years())-1]
	for _, one := range s.series {
		if one.parent != "" {
			continue
		}
		f := one.factor()
		better, worse := ">=", f*9/10
		if one.good == "low" {
			better, worse = "<=", f*11/10
		}
		for _, year := range years() {
			switch {
			case one.form == graded:
				row(one, year, "good", ">=good", ">=requires improvement", "", "", "", "", "")
			case one.judging == banded:
				row(one, year, one.at(f), better+one.at(f), better+one.at(worse), "", "", "", "set", "")
			case one.judging == tolerated:
				row(one, year, one.at(f), "", "", "", "", "", "", "")
			case one.judging == yearly:
				row(one, year, one.at(12*f), "", "", "linear", "", "", "", "")
			case one.judging == between:
				lo, hi := one.band()
				row(one, year, "", one.at(lo)+".."+one.at(hi), one.at(lo-100)+".."+one.at(hi+100), "", "", "", "", "")
			}
		}
		switch one.judging {
		case awaited:
			row(one, newest, "", "", "", "", "", "to be agreed with the board", "to_be_set", "")
		case stepped: // the next milestone counts for green, the last for amber
			row(one, newest, one.at(f*9/10), "", "", "", last.Add(-4).String(), "", "", "")
			row(one, newest, one.at(f), "", "", "", last.Add(2).String(), "", "", "")
		}
		if one.tags != "" {
			row(one, newest, one.at(1000), "", "", "", "", "as agreed by all authorities", "", "national_standard")
		}
	}
	return c.Bytes()
}

// band is the green interval of a measure that should stay within one; amber is
// a tenth of the level wider at both ends.
func (s *series) band() (lo, hi int64) {
	switch s.aim {
	case meets:
		return 900, 1100
	case onEdge:
		return 1000, 1200
	case misses:
		return 1050, 1250
	}
	return 1200, 1400
}

// comparators are those of site.yaml, with how far from the level they lie.
var comparators = []struct {
	id     string
	offset int64
}{
	{"stat_neighbour_average", 0}, {"national_average", -10}, {"national_top_quartile", 80},
}

func (s *scorecard) benchmarks() []byte {
	var c csv
	c.row("ref", "comparator", "period", "value", "source")
	for _, one := range s.series {
		if !one.compared {
			continue
		}
		sign := int64(1)
		if one.good == "low" {
			sign = -1
		}
		from := int64(s.chance.IntN(120) - 60)
		if one.rule == "benchmark" { // met by all but those that are to be red
			from = -70
			if one.aim == farOff {
				from = 100
			}
		}
		for _, k := range comparators {
			for i, year := range []int{last.FinancialYear() - 2, last.FinancialYear() - 1} {
				c.row(one.ref, k.id, period.OfFinancialYear(year).String(),
					one.at(1000+sign*(from+k.offset-5+5*int64(i))), "made-up national tables")
			}
		}
	}
	return c.Bytes()
}

func (s *scorecard) events() []byte {
	var c csv
	c.row("date", "label", "ref", "section", "kind", "break", "note")
	c.row(last.Add(-20).FirstDay().String(), "New case system", "", sectionAt(0).id, "system", "", "Figures of the first weeks want caution.")
	if one := s.broken(); one != nil {
		c.row(one.periods[one.breaks].end.FirstDay().String(), "Counted in another way", one.ref, "", "definition", "yes", "Earlier months are not compared.")
	}
	return c.Bytes()
}

// broken is the one series that was counted in another way at some time.
func (s *scorecard) broken() *series {
	for _, one := range s.series {
		if one.breaks > 0 {
			return one
		}
	}
	return nil
}

// answered are the measures that miss their targets by far: each has an action.
func (s *scorecard) answered() []*series {
	var list []*series
	for _, one := range s.series {
		if one.aim == farOff {
			list = append(list, one)
		}
	}
	return list
}

func (s *scorecard) actions() []byte {
	var c csv
	c.row("ref", "theme", "objective", "action", "measure", "due", "lead", "why", "workstream")
	for i, one := range s.answered() {
		sec := sectionAt(one.section)
		c.row(fmt.Sprintf("A%d", i+1), sec.title, "Work that is on time and good", remedies[i%len(remedies)]+" "+sec.noun, one.ref,
			last.Add(3+i%6).String(), "Service Manager for "+sec.title, "The target is missed.", "Practice")
	}
	for i, what := range []string{"Train all managers in reading the scorecard", "Ask families each quarter what help was like", "Publish the year's plan for staff"} {
		c.row(fmt.Sprintf("B%d", i+1), "Leadership", "A service that learns", what, "", last.Add(4+i).String(), "Director of Children's Services", "", "Leadership")
	}
	return c.Bytes()
}

var remedies = []string{
	"Fill the vacant posts in the team for", "Hold a weekly meeting about late", "Change the way of recording",
	"Agree with partners who does what about", "Read a sample of files each month on",
}

// updates is the newest month's word on every action.
func (s *scorecard) updates() []byte {
	var c csv
	c.row("ref", "rating", "direction", "status", "commentary")
	for i := range s.answered() {
		rating, direction := "amber", "up"
		if i%3 == 0 {
			rating, direction = "green", "stable"
		}
		c.row(fmt.Sprintf("A%d", i+1), rating, direction, "in progress", "The work has begun and is on course.")
	}
	return c.Bytes()
}
