package dataset

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// register holds every definition of every indicator of a scorecard.
type register struct {
	refs  []string       // in natural order
	index map[string]int // of a ref in refs
	rows  [][]*Indicator // by index: earlier from first, then as they stand in the file
}

// inForce is the definition of a ref as at a month, or nil: rows with a later
// from do not exist, and of the others the later counts.
func (g *register) inForce(ref int, m period.Month) *Indicator {
	var found *Indicator
	for _, row := range g.rows[ref] {
		if row.From <= m {
			found = row
		}
	}
	return found
}

// forReturn is the definition by which a return of a month is read. A return
// may be older than the first definition.
func (g *register) forReturn(ref int, m period.Month) *Indicator {
	if row := g.inForce(ref, m); row != nil {
		return row
	}
	return g.rows[ref][0]
}

type indicatorRow struct {
	Ref            string `csv:"ref" required:"yes"`
	Section        string `csv:"section" required:"yes"`
	Name           string `csv:"name" required:"yes"`
	Good           string `csv:"good" required:"yes"`
	Unit           string `csv:"unit" required:"yes"`
	Label          string `csv:"label"`
	Decimals       string `csv:"decimals"`
	Frequency      string `csv:"frequency"`
	Lag            string `csv:"lag"`
	Basis          string `csv:"basis"`
	YTD            string `csv:"ytd"`
	RagOn          string `csv:"rag_on"`
	RagRule        string `csv:"rag_rule"`
	Parent         string `csv:"parent"`
	Dimension      string `csv:"dimension"`
	Calculation    string `csv:"calculation"`
	Status         string `csv:"status"`
	ReplacedBy     string `csv:"replaced_by"`
	Steady         string `csv:"steady"`
	MinDenominator string `csv:"min_denominator"`
	Tags           string `csv:"tags"`
	Also           string `csv:"also"`
	From           string `csv:"from"`
	Notes          string `csv:"notes"`
}

// pending is a cell that can be judged only when every ref is known.
type pending struct {
	indicator                       *Indicator
	parent, replacedBy, calculation cell
}

func (s *Scorecard) readIndicators(in *sheet) {
	g := &s.register
	g.index = map[string]int{}
	var later []pending
	type key struct {
		ref  string
		from period.Month
	}
	first := map[key]int{}
	byFile := map[string]string{}
	byRef := map[string][]*Indicator{}
	readRows(in, func(line int, row *indicatorRow) {
		ref := in.cell(line, "ref", row.Ref)
		if !ref.present("number the indicator, such as 3.2") {
			return
		}
		if at := badRefAt(row.Ref); at >= 0 {
			ref.errorf(at, "bad-key", "ref %s holds a character that a ref may not", diag.Quote(row.Ref)).Hint =
				"write letters, digits, . - _ : and single spaces, a letter or digit first"
			return
		}
		if len(row.Ref) > maxFileName {
			ref.errorf(0, "bad-key", "ref %s is too long for the name of a file", diag.Quote(row.Ref)).Hint =
				"number the indicator, such as 3.2"
			return
		}
		ind := s.indicator(in, line, row)
		if before, twice := first[key{row.Ref, ind.From}]; twice {
			p := ref.errorf(0, "duplicate-ref", "indicator %s is already defined on line %d", row.Ref, before)
			p.Hint = "give one of them another ref, or the later definition the month from which it counts"
			return
		}
		first[key{row.Ref, ind.From}] = line
		file := strings.ToLower(RefFile(row.Ref))
		if other, taken := byFile[file]; taken && other != row.Ref {
			ref.errorf(0, "duplicate-ref", "indicator %s would have the same file name as %s", row.Ref, other).Hint =
				"give one of them a ref that differs in more than case, spaces, : and -"
			return
		}
		byFile[file] = row.Ref
		if _, known := byRef[row.Ref]; !known {
			g.refs = append(g.refs, row.Ref)
		}
		byRef[row.Ref] = append(byRef[row.Ref], ind)
		for _, section := range ind.Sections {
			if !slices.Contains(s.sections, section) {
				s.sections = append(s.sections, section)
			}
		}
		later = append(later, pending{ind, in.cell(line, "parent", row.Parent),
			in.cell(line, "replaced_by", row.ReplacedBy), in.cell(line, "calculation", row.Calculation)})
	})
	slices.SortFunc(g.refs, CompareRefs)
	for i, ref := range g.refs {
		g.index[ref] = i
		rows := byRef[ref]
		slices.SortStableFunc(rows, func(a, b *Indicator) int { return int(a.From - b.From) })
		g.rows = append(g.rows, rows)
	}
	for _, p := range later {
		s.resolve(p)
	}
}

// indicator reads one row; what is wrong in a cell is told and its default
// stands, so that one slip does not take the whole series away.
func (s *Scorecard) indicator(in *sheet, line int, row *indicatorRow) *Indicator {
	at := func(column, text string) cell { return in.cell(line, column, text) }
	ind := &Indicator{
		Ref: row.Ref, Label: row.Ref, Name: row.Name, Dimension: row.Dimension,
		Parent: row.Parent, Calculation: row.Calculation, ReplacedBy: row.ReplacedBy,
		Notes: row.Notes, Grades: s.settings.Grades, Place: in.row(line),
	}
	switch row.Label {
	case "":
	case "-":
		ind.Label = ""
	default:
		ind.Label = row.Label
	}
	at("name", row.Name).present("write what the indicator measures")
	ind.Sections = s.sectionsOf(at("section", row.Section))
	if len(ind.Sections) > 0 {
		ind.Section = ind.Sections[0]
	}
	if at("good", row.Good).present("write one of " + strings.Join(goodWords, ", ")) {
		switch at("good", row.Good).oneOf(goodWords, "info") {
		case "high":
			ind.Good = High
		case "low":
			ind.Good = Low
		case "within":
			ind.Good = Within
		}
	}
	ind.Unit = at("unit", row.Unit).unit()
	ind.Decimals = at("decimals", row.Decimals).whole(ind.Unit.Decimals(), 6)
	ind.Lag = at("lag", row.Lag).whole(0, 24)
	ind.Frequency = Frequency(slices.Index(frequencyWords, at("frequency", row.Frequency).oneOf(frequencyWords, "monthly")))
	ind.Basis = at("basis", row.Basis).oneOf(basisWords, "in_month")
	ind.YTD = at("ytd", row.YTD).oneOf(ytdWords, "none")
	ind.RagOn = at("rag_on", row.RagOn).oneOf(ragOnWords, "none")
	rule := s.settings.RagRule
	if rule == "" {
		rule = "tolerance"
	}
	ind.RagRule = at("rag_rule", row.RagRule).oneOf(ragRuleWords, rule)
	ind.Status = at("status", row.Status).oneOf(statusWords, "live")
	ind.Steady = at("steady", row.Steady).size()
	ind.MinDenominator = at("min_denominator", row.MinDenominator).size()
	ind.Tags = at("tags", row.Tags).list()
	ind.Also = at("also", row.Also).list()
	ind.From = at("from", row.From).month()
	return ind
}

func (s *Scorecard) sectionsOf(c cell) []string {
	if !c.present("write the section that has its page") {
		return nil
	}
	names := c.list()
	if len(names) == 0 {
		c.errorf(0, "bad-key", "section %s names none", diag.Quote(c.text)).Hint = "write the section that has its page"
	}
	if len(s.settings.Sections) == 0 {
		return slices.DeleteFunc(names, func(name string) bool { return !s.sectionName(c, name) })
	}
	for _, name := range names {
		s.knownSection(c, name)
	}
	return names
}

// pageName is what may be the name of a file and stand in an address as it is.
var pageName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// maxFileName bounds what becomes a file's name: file systems hold 255 bytes,
// ours among them with an ending such as .csv-metadata.json.
const maxFileName = 200

// sectionName complains of a section whose page could not be written. Those
// that the settings list were looked at there.
func (s *Scorecard) sectionName(c cell, name string) bool {
	at := characters(c.text, name)
	if !pageName.MatchString(name) || strings.EqualFold(name, "index") || len(name) > maxFileName {
		c.errorf(at, "unknown-section", "section %s cannot be the name of a page", diag.Quote(name)).Hint =
			"write letters, digits, - and _ only, such as looked-after-children; its title stands in its page of content/"
		return false
	}
	for _, other := range s.sections {
		if other != name && strings.EqualFold(other, name) {
			c.errorf(at, "unknown-section", "section %s would have the same page as %s", diag.Quote(name), other).Hint =
				"write one section in one way: " + other
			return false
		}
	}
	return true
}

// knownSection complains of a section that the scorecard does not list.
func (s *Scorecard) knownSection(c cell, name string) bool {
	known := s.settings.Sections
	if len(known) == 0 {
		known = s.sections
	}
	if slices.Contains(known, name) {
		return true
	}
	p := c.errorf(characters(c.text, name), "unknown-section", "section %s is not one of this scorecard's", diag.Quote(name))
	p.Hint = "the sections are " + strings.Join(known, ", ")
	if near := diag.Nearest(name, known); near != "" {
		p.Hint = "did you mean " + near + "?"
	}
	return false
}

func (c cell) unit() quantity.Unit {
	if !c.present("write one of " + strings.Join(quantity.Units(), ", ")) {
		return quantity.Count
	}
	word := strings.ToLower(c.text)
	if u, ok := quantity.ParseUnit(word); ok {
		return u
	}
	p := c.errorf(0, "bad-key", "unit %s is not known", diag.Quote(c.text))
	p.Hint = "write one of " + strings.Join(quantity.Units(), ", ")
	if near := diag.Nearest(word, quantity.Units()); near != "" {
		p.Hint = "did you mean " + near + "?"
	}
	return quantity.Count
}

// whole reads a whole number from 0 to most; an empty cell is the default.
func (c cell) whole(otherwise, most int) int {
	if c.text == "" {
		return otherwise
	}
	d, ok := c.number(0, nil, nowhere)
	if !ok {
		return otherwise
	}
	d = d.Trim()
	if d.Scale() != 0 || d.Sign() < 0 || d.Cmp(quantity.Int(int64(most))) > 0 {
		c.errorf(0, "bad-number", "%s %s is not a whole number from 0 to %d", c.column, diag.Quote(c.text), most)
		return otherwise
	}
	return int(d.Coef())
}

// size reads a number that is not negative; an empty cell is 0.
func (c cell) size() quantity.Decimal {
	if c.text == "" {
		return quantity.Decimal{}
	}
	d, ok := c.number(0, nil, nowhere)
	if ok && d.Sign() < 0 {
		c.errorf(0, "bad-number", "%s %s is less than 0", c.column, diag.Quote(c.text))
		return quantity.Decimal{}
	}
	return d
}

// resolve judges what names other refs.
func (s *Scorecard) resolve(p pending) {
	ind := p.indicator
	if ind.Parent != "" {
		if parent, ok := s.ref(p.parent); !ok {
			ind.Parent = ""
		} else if row := s.register.forReturn(parent, ind.From); row.Parent != "" || ind.Parent == ind.Ref {
			p.parent.errorf(0, "unknown-ref", "parent %s is itself a part", diag.Quote(ind.Parent)).Hint =
				"name an indicator that stands on the scorecard"
		}
	}
	if ind.ReplacedBy != "" {
		if _, ok := s.ref(p.replacedBy); !ok {
			ind.ReplacedBy = ""
		}
	}
	if ind.Calculation != "" {
		in := p.calculation.sheet
		ind.calculationPlace = in.place(p.calculation.line, "calculation", 0)
		ind.calculationSource = in.source(ind.calculationPlace.Line)
		ind.formula = s.compile(p.calculation)
	}
}

// ref finds the ref that a cell names.
func (s *Scorecard) ref(c cell) (int, bool) {
	i, ok := s.register.index[c.text]
	if ok {
		return i, true
	}
	if c.text == "" {
		c.errorf(0, "unknown-ref", "%s is empty", c.column).Hint = "write the ref of an indicator in indicators.csv"
		return 0, false
	}
	s.unknownRef(c, 0, c.column, c.text)
	return 0, false
}

func (s *Scorecard) unknownRef(c cell, at int, noun, ref string) {
	p := c.errorf(at, "unknown-ref", "%s %s is not in %s", noun, diag.Quote(ref), s.path("indicators.csv"))
	p.Hint = "add it there, or put the ref right here"
	near := diag.Nearest(ref, s.register.refs)
	if figures := lettersAsFigures.Replace(ref); slices.Contains(s.register.refs, figures) {
		near = figures
	}
	if near != "" {
		p.Hint = "did you mean " + near + "?"
	} else if meant := s.dated(ref); meant != "" {
		p.Hint = "a spreadsheet made a date of it: write " + meant + ", and give the column the format Text there"
	}
}

var lettersAsFigures = strings.NewReplacer("O", "0", "o", "0", "l", "1", "I", "1")

// dated is the ref of which a spreadsheet made a date, 2.1 of 02-Jan and 1.13 of
// Jan-13; or "".
func (s *Scorecard) dated(cell string) string {
	for n := range 12 {
		month, number := period.NewMonth(2000, n+1).Short()[:3], strconv.Itoa(n+1)
		ref := ""
		if day, ok := strings.CutSuffix(cell, "-"+month); ok {
			ref = strings.TrimPrefix(day, "0") + "." + number
		} else if year, ok := strings.CutPrefix(cell, month+"-"); ok {
			ref = number + "." + year
		}
		if slices.Contains(s.register.refs, ref) {
			return ref
		}
	}
	return ""
}

func (s *Scorecard) path(name string) string { return "data/" + s.ID + "/" + name }

// area finds the area that a cell names; empty is the whole authority.
func (s *Scorecard) area(c cell) (int, bool) {
	if c.text == "" {
		return 0, true
	}
	return s.site.area(c)
}

// characters is the index of part in text, in characters.
func characters(text, part string) int {
	at := strings.Index(text, part)
	if at < 0 {
		return 0
	}
	return len([]rune(text[:at]))
}
