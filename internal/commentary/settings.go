package commentary

import (
	"regexp"
	"slices"
	"strconv"

	"outturn/internal/diag"
)

// settings reads site.yaml (contract, section 1).
func (l *loader) settings(file string) {
	site := &l.content.Site
	site.Place = diag.Place{File: file}
	s, ok := l.read(file)
	if !ok {
		return
	}
	v, ok := parseYAML(s, string(s.text), 0)
	if !ok {
		return
	}
	k := readKeys(s, v, "title", "council", "base_url", "language", "theme", "areas", "comparators",
		"views", "disclosure", "notice", "credit", "licence", "contact", "keep", "calendar")
	k.decide()
	site.Title = k.required("title", "Children and young people's services performance")
	site.Council = k.text("council")
	site.BaseURL = k.address("base_url")
	if language := k.text("language"); language != "" {
		if languageShape.MatchString(language) {
			site.Language = language
		} else {
			k.errorf("language", "bad-key", "write en-GB, or cy for Welsh", "language %s is not a language code", diag.Quote(language))
		}
	}
	if theme := k.text("theme"); theme != "" && k.shaped(theme, k.place("theme"), "theme") {
		site.Theme, site.ThemeAt = theme, k.place("theme")
	}
	site.Notice, site.Contact = k.text("notice"), k.text("contact")
	site.Credit, site.CreditURL = textWithAddress(k, "credit")
	site.Licence, site.LicenceURL = textWithAddress(k, "licence")
	site.Areas = readAreas(k)
	site.Comparators = readComparators(k)
	site.Views = readViews(k)
	site.Suppress, site.Complement = k.disclosure("disclosure")
	site.SuppressAt = k.place("disclosure")
	site.Keep = k.years("keep")
	site.Calendar = k.calendar()
}

var yearsShape = regexp.MustCompile(`^([1-9][0-9]?) years?$`)

// years reads a span of whole years, as a retention schedule gives it.
func (k keys) years(key string) int {
	text := k.text(key)
	if text == "" {
		return 0
	}
	m := yearsShape.FindStringSubmatch(text)
	if m == nil {
		k.errorf(key, "bad-key", "write "+key+": 10 years, from 1 to 99", "%s %s is not a number of years", key, diag.Quote(text))
		return 0
	}
	n, _ := strconv.Atoi(m[1]) // two figures at most
	return n
}

// textWithAddress reads {text: …, url: …}.
func textWithAddress(k keys, key string) (text, address string) {
	if !k.has(key) {
		return "", ""
	}
	inner := readKeys(k.source, k.value(key), "text", "url")
	return inner.required("text", "what it says"), inner.address("url")
}

// once tells of an id that is given a second time.
func once(k keys, seen *[]string, id string) bool {
	if slices.Contains(*seen, id) {
		k.errorf("id", "bad-key", "give it another id", "the id %s is given twice", id)
		return false
	}
	*seen = append(*seen, id)
	return true
}

// newID reads an id that must be there, be a name for files, and be new.
func newID(k keys, seen *[]string, example string) (string, bool) {
	id := k.required("id", example)
	return id, id != "" && k.shaped(id, k.place("id"), "the id") && once(k, seen, id)
}

func readAreas(k keys) (areas []Area) {
	items := k.list("areas")
	if len(items) == 0 && (!k.has("areas") || k.value("areas").kind == list) {
		k.errorf("areas", "bad-key", "write areas: and below it - {id: rotherham, name: Rotherham}", "areas is missing: the first is the whole authority")
	}
	var seen []string
	for i, item := range items {
		inner := readKeys(k.source, item, "id", "name", "kind")
		a := Area{Name: inner.required("name", "Rotherham"), Kind: inner.choice("kind", "residual"), Place: inner.place("id")}
		var ok bool
		if a.ID, ok = newID(inner, &seen, "rotherham"); !ok {
			continue
		}
		if i == 0 && a.Kind != "" {
			inner.errorf("kind", "bad-key", "let the first area be the whole authority", "the first area is the whole authority; it cannot be residual")
		}
		areas = append(areas, a)
	}
	return areas
}

// referenceWords stand in {{ }} for something else, so no comparator may be
// called by one of them (contract, section 4); year_ago is an end of intervals too.
var referenceWords = []string{
	"previous", "year_ago", "change", "moved", "ytd", "target", "of", "numerator", "denominator",
	"rag", "direction", "figure", "chart", "table", "scorecard", "exceptions",
}

func readComparators(k keys) (comparators []Comparator) {
	var seen []string
	for _, item := range k.list("comparators") {
		inner := readKeys(k.source, item, "id", "name", "short", "role", "threshold")
		c := Comparator{
			Name: inner.required("name", "England average"), Short: inner.text("short"),
			Role: inner.choice("role", "stat_neighbours", "national"), Threshold: inner.truth("threshold"), Place: inner.place("id"),
		}
		var ok bool
		if c.ID, ok = newID(inner, &seen, "national_average"); !ok {
			continue
		}
		if slices.Contains(referenceWords, c.ID) {
			inner.errorf("id", "bad-key", "give it another id, such as "+c.ID+"_average", "the word %s has a meaning of its own in references", c.ID)
			continue
		}
		comparators = append(comparators, c)
	}
	return comparators
}

func readViews(k keys) (views []View) {
	var seen []string
	for _, item := range k.list("views") {
		inner := readKeys(k.source, item, "id", "title", "tag", "groups")
		v := View{Title: inner.required("title", "Corporate plan"), Tag: inner.text("tag"), Place: inner.place("id")}
		for _, group := range inner.list("groups") {
			g := readKeys(k.source, group, "title", "text", "tag")
			v.Groups = append(v.Groups, ViewGroup{Title: g.required("title", "Every child is safe"), Text: g.text("text"), Tag: g.text("tag")})
		}
		if v.Tag == "" && !slices.ContainsFunc(v.Groups, func(g ViewGroup) bool { return g.Tag != "" }) {
			inner.errorf("tag", "bad-key", "write tag: corporate-plan-2016, as in the tags of indicators.csv", "the view has no tag, so nothing would stand in it")
		}
		var ok bool
		if v.ID, ok = newID(inner, &seen, "corporate-plan"); ok {
			views = append(views, v)
		}
	}
	return views
}
