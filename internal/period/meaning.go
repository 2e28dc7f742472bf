package period

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Forms that people write and the contract does not have. A text that fails is
// held against them only to say how to write it: nothing is read so.
var (
	pairOfYears = regexp.MustCompile(`^(fy|ay|academic year|financial year)? ?(\d{4}) ?[-/] ?(\d{4}|\d\d)[ -]*(.*)$`)
	partBefore  = regexp.MustCompile(`^([a-z]+(?: ?[1-6])?(?:-[1-6])?|autumn term|spring term|summer term)[ -]+((?:fy|ay)? ?\d{4} ?[-/] ?\d+)$`)
	partOfYear  = regexp.MustCompile(`^(q|qtr|quarter|t|term|ht|half term|half terms) ?([1-6])(-[1-6])?$`)
	sixFigures  = regexp.MustCompile(`^(\d{4})(\d\d)$`)
	nameAndYear = regexp.MustCompile(`^([a-z]{3,9})\.?[ -]*(\d{4}|\d\d)$`)
	yearAndName = regexp.MustCompile(`^(\d{4})[ -]*([a-z]{3,9})\.?$`)
	yearFirst   = regexp.MustCompile(`^(\d{4})[-/. ](\d\d?)$`)
	monthFirst  = regexp.MustCompile(`^(\d\d?)[-/. ](\d{4})$`)
	dayFirst    = regexp.MustCompile(`^(\d\d?)[-/. ](\d\d?)[-/. ](\d{4})$`)
	dayLast     = regexp.MustCompile(`^(\d{4})[-/. ](\d\d?)[-/. ](\d\d?)$`)
	eightDigits = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)$`)
	dayAndName  = regexp.MustCompile(`^(\d\d?)(?:st|nd|rd|th)? ([a-z]{3,9})\.? (\d{4})$`)
	fromTo      = regexp.MustCompile(`^(.+?) ?(?: to | - |/) ?(.+)$`)
)

var oneForm = strings.NewReplacer("\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-", ",", " ")

// meaning says how to write what a text that fails is plainly meant to say:
// "write 2016-17-Q3" for "Q3 2016/17". It is "" where that is not plain, or
// where it is a period of another kind than the wanted one (None wants any).
func meaning(text string, wanted Kind) string {
	if len(text) > 60 { // no form is nearly so long; the patterns need not look
		return ""
	}
	plain := inPlain(text)
	p, ok := meant(plain)
	if !ok {
		if m := fromTo.FindStringSubmatch(plain); m != nil {
			p, ok = meantBetween(m[1], m[2])
		}
	}
	if ok && wanted != Day && p.Kind() == Day && p.Start().Day() == 1 && dayFirst.MatchString(plain) {
		month := OfMonth(p.Start().Month()) // of Feb-17 a spreadsheet makes the first of the month
		if wanted == None {
			return fmt.Sprintf("write %s for the month, or %s for the day", month, p)
		}
		p = month
	}
	if !ok || wanted != None && p.Kind() != wanted {
		return ""
	}
	if p.Kind() == Year && wanted == None && readsAsMonth(p.startYear()) && !strings.HasPrefix(plain, "f") {
		return fmt.Sprintf("write %s for the year, or %s for the month", p, p.years('-'))
	}
	return "write " + p.String()
}

func inPlain(text string) string {
	return strings.Join(strings.Fields(strings.ToLower(oneForm.Replace(text))), " ")
}

// MeantMonth is the month that a text is plainly meant to say, as Jan 2017 and 2017-1
// do: to say how to write it, never to read it so.
func MeantMonth(text string) (Month, bool) {
	if len(text) > 60 {
		return 0, false
	}
	p, ok := meant(inPlain(text))
	return p.First(), ok && p.Kind() == KindMonth
}

func meantBetween(from, to string) (Period, bool) {
	first, ok := meant(from)
	last, alsoOK := meant(to)
	switch {
	case !ok || !alsoOK || first.Kind() != last.Kind():
		return Period{}, false
	case first.Kind() == KindMonth:
		p := NewWindow(first.First(), last.First())
		return p, !p.IsZero()
	case first.Kind() == Day:
		p := NewSpan(first.Start(), last.Start())
		return p, !p.IsZero()
	}
	return Period{}, false
}

// meant holds one text, small letters and single spaces, against the forms.
func meant(s string) (Period, bool) {
	if p, ok := parses(s); ok {
		return p, true
	}
	if m := pairOfYears.FindStringSubmatch(s); m != nil {
		if p, ok := meantYear(m[1], m[2], m[3], m[4]); ok {
			return p, true
		}
	}
	if m := partBefore.FindStringSubmatch(s); m != nil {
		if years := pairOfYears.FindStringSubmatch(m[2]); years != nil {
			return meantYear(years[1], years[2], years[3], m[1])
		}
	}
	if m := sixFigures.FindStringSubmatch(s); m != nil { // 202425, the code of the Department for Education
		if p, ok := meantYear("", m[1], m[2], ""); ok {
			return p, true
		}
		return meantDay(m[1], m[2], "")
	}
	if m := nameAndYear.FindStringSubmatch(s); m != nil {
		year := m[2]
		if len(year) == 2 { // jan-17, as spreadsheets show it
			year = "20" + year
		}
		return meantDay(year, numberOfMonth(m[1]), "")
	}
	if m := yearAndName.FindStringSubmatch(s); m != nil {
		return meantDay(m[1], numberOfMonth(m[2]), "")
	}
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return meantDay(m[1], m[2], "")
	}
	if m := monthFirst.FindStringSubmatch(s); m != nil {
		return meantDay(m[2], m[1], "")
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		return meantDay(m[3], m[2], m[1])
	}
	if m := dayLast.FindStringSubmatch(s); m != nil {
		return meantDay(m[1], m[2], m[3])
	}
	if m := eightDigits.FindStringSubmatch(s); m != nil {
		return meantDay(m[1], m[2], m[3])
	}
	if m := dayAndName.FindStringSubmatch(s); m != nil {
		return meantDay(m[3], numberOfMonth(m[2]), m[1])
	}
	return Period{}, false
}

// meantDay puts a year, a month and perhaps a day together.
func meantDay(year, month, day string) (Period, bool) {
	s := year + "-" + twoFigures(month)
	if day != "" {
		s += "-" + twoFigures(day)
	}
	p, ok := parses(s)
	return p, ok && (p.Kind() == KindMonth || p.Kind() == Day)
}

func twoFigures(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// meantYear puts the two years and the part of one together.
func meantYear(prefix, first, second, part string) (Period, bool) {
	start, err := strconv.Atoi(first)
	if err != nil || len(second) == 4 && second != strconv.Itoa(start+1) {
		return Period{}, false
	}
	second = second[len(second)-2:]
	kind := "FY"
	if strings.HasPrefix(prefix, "a") {
		kind = "AY"
	}
	switch part {
	case "":
	case "ytd", "year to date", "to date":
		part = "-YTD"
	case "autumn", "autumn term":
		kind, part = "AY", "-T1"
	case "spring", "spring term":
		kind, part = "AY", "-T2"
	case "summer", "summer term":
		kind, part = "AY", "-T3"
	case "fy", "ay", "academic year", "financial year":
		if strings.HasPrefix(part, "a") {
			kind = "AY"
		}
		part = ""
	default:
		m := partOfYear.FindStringSubmatch(part)
		if m == nil {
			return Period{}, false
		}
		switch m[1][0] {
		case 'q':
			part = "-Q" + m[2] + m[3]
		case 't':
			kind, part = "AY", "-T"+m[2]+m[3]
		default:
			kind, part = "AY", "-HT"+m[2]+m[3]
		}
	}
	return parses(kind + first + "-" + second + part)
}

// numberOfMonth is "1" for jan to "12" for december, "" for another word.
func numberOfMonth(word string) string {
	if word == "sept" {
		word = "sep"
	}
	for i, name := range monthNames {
		name = strings.ToLower(name)
		if word == name || word == name[:3] {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}
