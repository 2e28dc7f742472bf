package dataset

import (
	"cmp"
	"slices"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
)

type eventRow struct {
	Date    string `csv:"date" required:"yes"`
	Label   string `csv:"label" required:"yes"`
	Ref     string `csv:"ref"`
	Section string `csv:"section"`
	Area    string `csv:"area"`
	Kind    string `csv:"kind"`
	Break   string `csv:"break"`
	Note    string `csv:"note"`
	From    string `csv:"from"`
}

func (s *Scorecard) readEvents(in *sheet) {
	readRows(in, func(line int, row *eventRow) {
		at := func(column, text string) cell { return in.cell(line, column, text) }
		date, ok := at("date", row.Date).date()
		ok = at("label", row.Label).present("write in a few words what happened") && ok
		if row.Ref != "" {
			_, known := s.ref(at("ref", row.Ref))
			ok = ok && known
		}
		if row.Section != "" {
			ok = s.knownSection(at("section", row.Section), row.Section) && ok
		}
		if row.Area != "" {
			_, known := s.area(at("area", row.Area))
			ok = ok && known
		}
		e := Event{Date: date, Label: row.Label, Ref: row.Ref, Section: row.Section, Area: row.Area, Kind: row.Kind,
			Break: at("break", row.Break).oneOf(breakWords, "no") == "yes", Note: row.Note,
			From: at("from", row.From).month(), Place: in.row(line)}
		if ok {
			s.events = append(s.events, e)
		}
	})
	slices.SortStableFunc(s.events, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), CompareRefs(a.Ref, b.Ref), cmp.Compare(a.Section, b.Section),
			cmp.Compare(a.Area, b.Area), cmp.Compare(a.Label, b.Label), cmp.Compare(a.From, b.From))
	})
}

func (e *Event) from() period.Month { return e.From }

func (e *Event) same(f *Event) bool {
	return e.Date == f.Date && e.Ref == f.Ref && e.Section == f.Section && e.Area == f.Area && e.Label == f.Label
}

type populationRow struct {
	Population string `csv:"population" required:"yes"`
	Area       string `csv:"area"`
	Period     string `csv:"period" required:"yes"`
	Value      string `csv:"value" required:"yes"`
	Source     string `csv:"source"`
	From       string `csv:"from"`
}

func (s *site) readPopulations(in *sheet) {
	readRows(in, func(line int, row *populationRow) {
		at := func(column, text string) cell { return in.cell(line, column, text) }
		ok := at("population", row.Population).present("name the population, such as 0-17")
		p, dated := at("period", row.Period).period()
		area := 0
		if row.Area != "" {
			var known bool
			area, known = s.area(at("area", row.Area))
			ok = ok && known
		}
		where := func() string { return " (population " + row.Population + ")" }
		value, counted := at("value", row.Value).number(0, nil, where)
		if counted && value.Sign() <= 0 {
			at("value", row.Value).errorf(0, "bad-number", "value %s is not more than 0%s", diag.Quote(row.Value), where()).Hint =
				"a population is what rates are divided by; leave the row out where it is not known"
			counted = false
		}
		from := at("from", row.From).month()
		if ok && dated && counted {
			s.populations = append(s.populations, Population{Name: row.Population, Area: s.areas[area].ID,
				Period: p, Value: value, Source: row.Source, From: from, Place: in.row(line)})
		}
	})
	slices.SortStableFunc(s.populations, func(a, b Population) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(s.areaIndex[a.Area], s.areaIndex[b.Area]),
			period.Compare(a.Period, b.Period), cmp.Compare(a.From, b.From))
	})
	once(in, s.populations, (*Population).from, (*Population).same, (*Population).alike, func(p *Population) (int, string) {
		return p.Place.Line, "population " + p.Name + " for " + p.Period.Words()
	})
	for i := 0; i < len(s.populations); {
		of := people{s.populations[i].Name, s.populations[i].Area}
		end := i + 1
		for end < len(s.populations) && (people{s.populations[end].Name, s.populations[end].Area}) == of {
			end++
		}
		s.people[of] = s.populations[i:end]
		i = end
	}
}

func (p *Population) from() period.Month { return p.From }

func (p *Population) same(q *Population) bool {
	return p.Period == q.Period && p.Name == q.Name && p.Area == q.Area
}

func (p *Population) alike(q *Population) bool { return p.Value.Equal(q.Value) }

// site is what all scorecards share: what the settings say of areas and
// comparators, with what finding them takes, and the populations.
type site struct {
	areas       []Area
	comparators []Comparator
	populations []Population // by name, area and period; of those for one thing the later behind
	people      map[people][]Population
	areaIndex   map[string]int
}

// people are a population in an area.
type people struct{ name, area string }

func newSite(settings Settings) *site {
	s := &site{areas: settings.Areas, comparators: settings.Comparators, areaIndex: map[string]int{}, people: map[people][]Population{}}
	if len(s.areas) == 0 {
		// Settings without areas are a fault of site.yaml, told there; the
		// whole authority must have a name for the data to be read at all.
		s.areas = []Area{{}}
	}
	for i, a := range s.areas {
		if _, taken := s.areaIndex[a.ID]; !taken {
			s.areaIndex[a.ID] = i
		}
	}
	return s
}

func (s *site) area(c cell) (int, bool) {
	i, ok := s.areaIndex[c.text]
	if ok {
		return i, true
	}
	var known []string
	for _, a := range s.areas {
		known = append(known, a.ID)
	}
	p := c.errorf(0, "unknown-area", "area %s is not one of this site's", diag.Quote(c.text))
	p.Hint = "the areas of site.yaml are " + strings.Join(known, ", ")
	if near := diag.Nearest(c.text, known); near != "" {
		p.Hint = "did you mean " + near + "?"
	}
	return 0, false
}

func (s *site) comparator(id string) int {
	return slices.IndexFunc(s.comparators, func(c Comparator) bool { return c.ID == id })
}

func (s *site) comparatorIDs() []string {
	var ids []string
	for _, c := range s.comparators {
		ids = append(ids, c.ID)
	}
	return ids
}
