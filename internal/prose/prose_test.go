package prose

import (
	"fmt"
	"strings"
	"testing"

	"outturn/internal/period"
)

var january = period.NewMonth(2017, 1)

// Each row is a sentence and what is read in it: every figure as typed with its
// unit, hedge and role, then the periods that are named.
var readings = []struct{ sentence, want string }{
	{"22 of 121 assessments were on time.", "22 value; 121 value"},
	{"18.2% (22) were on time, and 22 (18.2%) were not.", "18.2% %, value; 22 value; 22 value; 18.2% %, value"},
	{"It rose from 35.4% to 39.4%.", "35.4% %, then; 39.4% %, now"},
	{"It rose from 35.4 to 39.4%.", "35.4 %, then; 39.4% %, now"},
	{"Contacts were up by 136 (51%).", "136 change; 51% %, change"},
	{"There were 244.0 per 10,000.", "244.0 per 10000, value"},
	{"There were 244.0 enquiries for every 10,000 children.", "244.0 per 10000, value"},
	{"The number per 10,000 population was 244.0, and 12 for each 100 staff.", "244.0 value; 12 value"},
	{"The office at 403 High Street saw 403 families.", "403 value"},
	{"There were 403 contacts from the High Street.", "403 value"},
	{"Spending was £4.2m.", "£4.2m £, value 4200000"},
	{"It fell by 12.0 percentage points.", "12.0 percentage points points, change"},
	{"It is 86 per cent.", "86 per cent %, value"},
	{"Two thirds were on time and one in five was not.", "Two thirds %, part, value 66.7; one in five %, part, value 20.0"},
	{"Forty-two conferences were held.", "Forty-two value 42"},
	{"About 400 were received, more than 90% in time and just under 10% late.", "400 about, value; 90% %, above, value; 10% %, almost, value"},
	{"There were some 1,300 to 1,600 contacts a month.", "1,300 range; 1,600 range"},
	{"Between 14 and 22 cases are held.", "14 range; 22 range"},
	{"It was 67.7% against a target of 86%.", "67.7% %, value; 86% %, target"},
	{"The 86% target was missed.", "86% %, target"},
	{"There were 403, compared with 267 in December.", "403 value; 267 then | 2016-12"},
	{"That is an average of 44 a month since April.", "44 average | since 2016-04"},
	{"At this rate 5,780 will have been started by March.", "5,780 projection | 2016-03"},
	{"A year ago it was 98.4%, and last month 80.2%.", "98.4% %, value; 80.2% %, value | year ago; previous"},
	{"For the year to date it is 84.4%.", "84.4% %, value | to date"},
	{"Over twelve months it was 28.1%; in October to December 2016 it was 30%.", "28.1% %, value; 30% %, value | rolling; 2016-17-Q3"},
	{"In 2015/16 there were 432.", "432 value | 2015-16"},
	{"The plans are up to date.", ""},
	{"It increased 11.6% on the outturn, and fell 12 days.", "11.6% %, change; 12 value | last year"},
	{"It is up 50.9% on December and 45.0% on November.", "50.9% %, change; 45.0% %, change | 2016-12; 2016-11"},
	{"Caseloads range from 2.8 in Duty to 17.9 in South.", "2.8 value; 17.9 now"},
	{"It was 680 against a profile of 735.", "680 value; 735 target"},
	{"It is 87.5% (tolerance 85%), short of target (93% against 95%).", "87.5% %, value; 85% %, target; 93% %, value; 95% %, target"},
	{"The band is plus or minus 15.", "15 target"},
	{"The target is 4% and it was 4.7% at year end.", "4% %, target; 4.7% %, value | last year"},
	{"The third quarter (4,137) was above the second (2,863), the second best.", "4,137 value; 2,863 value | 2016-17-Q3; 2016-17-Q2"},
	// Numbers that are no figures.
	{"Section 47 of the Children Act 1989, Schedule 12A and Key Stage 2 apply to Years 11 and 12.", ""},
	{"Young people aged 16-17, children aged 0-5, 18 year olds and under 18s took part.", ""},
	{"Call 01709 382121 before 5pm or at 9.30am on 22 March 2017.", " | 2017-03"},
	{"See page 14, Table 2, paragraphs 3.1 to 3.4 and 3.4.1.", ""},
	{"It is due within 45 working days, in 20 days, after 12 months or thirty-five working days.", ""},
	{"Measures R12 and A1 and indicator 3.2 are new.", ""},
	{"Decisions over £100,000 are for the cabinet.", ""},
	{"The 30% most deprived areas come first.", ""},
	{"Children had three or more placements.", ""},
}

func TestSentencesAreReadAsWritten(t *testing.T) {
	for _, c := range readings {
		var parts []string
		whens := ""
		for _, s := range Read(c.sentence, january) {
			for _, f := range s.Figures {
				parts = append(parts, describe(f))
			}
			for _, w := range s.Whens {
				if whens != "" {
					whens += "; "
				}
				whens += describeWhen(w)
			}
		}
		got := strings.Join(parts, "; ")
		if whens != "" {
			got += " | " + whens
		}
		if got != c.want {
			t.Errorf("%s\n got  %s\n want %s", c.sentence, got, c.want)
		}
	}
}

func describe(f Figure) string {
	text := f.Typed + " "
	switch f.Unit {
	case Percent:
		text += "%, "
	case Points:
		text += "points, "
	case PerPeople:
		text += fmt.Sprintf("per %d, ", f.Per)
	case Money:
		text += "£, "
	}
	if f.Fraction {
		text += "part, "
	}
	text += [...]string{"", "about, ", "almost, ", "beyond, ", "above, ", "at least, ", "below, ", "at most, "}[f.Hedge]
	text += f.Role.String()
	if f.Spelled || f.Unit == Money {
		text += " " + f.Value.String()
	}
	return text
}

func describeWhen(w When) string {
	switch w.Kind {
	case ThisMonth:
		return "this month"
	case PreviousOne:
		return "previous"
	case YearAgo:
		return "year ago"
	case LastYear:
		return "last year"
	case ToDate:
		return "to date"
	case RollingMonth:
		return "rolling"
	case Since:
		return "since " + w.Period.String()
	case Recent:
		return "recent"
	}
	return w.Period.String()
}

func TestSlipsOfTheHandAreMalformed(t *testing.T) {
	for text, want := range map[string]string{
		"There were 1,28 open cases.":         "1,28",
		"In January 94.5 %% were on time.":    "94.5 %%",
		"Only 18..2% were on time.":           "18..2%",
		"79.8.1% were decided.":               "79.8.1%",
		"Then 6O2 assessments were done.":     "6O2",
		"See measures 1,2 and version 3.4.1.": "",
		"It was 18.2 %, and 1,285 are open.":  "",
	} {
		got := ""
		for _, s := range Read(text, january) {
			for _, m := range s.Malformed {
				got += m.Typed
			}
		}
		if got != want {
			t.Errorf("%s: malformed %q; want %q", text, got, want)
		}
	}
}

func TestFullStopsWithinSentencesPartNone(t *testing.T) {
	for text, want := range map[string]int{
		"It was 18.2%. In December it was 30.2%.":      2,
		"Services (inc. schools) made 18.2 referrals.": 1,
		"It rose, e.g. in North. South fell!":          2,
		"":                                             0,
		"\uFFFC of cases, \uFFFC before.":              1,
	} {
		if got := len(Read(text, january)); got != want {
			t.Errorf("%q: %d sentences; want %d", text, got, want)
		}
	}
}

func TestReferencesKeepTheirNumberAcrossSentences(t *testing.T) {
	var refs []int
	for _, s := range Read("\uFFFC came. Then \uFFFC went, and \uFFFC stayed.", january) {
		for _, f := range s.Figures {
			refs = append(refs, f.Ref)
		}
	}
	if fmt.Sprint(refs) != "[0 1 2]" {
		t.Errorf("references are numbered %v", refs)
	}
}

func TestSharesMovesStreaksAndExtremes(t *testing.T) {
	for text, want := range map[string]string{
		"22 of 121 (18.2%) were on time.":                            "shares [{0 1 2 false}]",
		"Of the 121 due, 18.2% were on time.":                        "shares [{-1 0 1 true}]",
		"662 were completed, of which 448 (67.7%) were in time.":     "shares [{1 0 2 false}]",
		"It rose from 1,287 to 1,651, an increase of 364.":           "moves [{0 1 [2] 1}]",
		"It fell for the sixth month running.":                       "streaks 6",
		"It is the second highest since April.":                      "extremes 2",
		"At most 5 were late, and most of them were from one place.": "extremes 1",
	} {
		s := Read(text, january)[0]
		got := ""
		switch {
		case len(s.Shares) > 0:
			got = fmt.Sprint("shares ", s.Shares)
		case len(s.Moves) > 0:
			got = fmt.Sprint("moves ", s.Moves)
		case len(s.Streaks) > 0:
			got = fmt.Sprint("streaks ", s.Streaks[0].Count)
		case len(s.Extremes) > 0:
			got = fmt.Sprint("extremes ", s.Extremes[0].Rank)
		}
		if got != want {
			t.Errorf("%s: %s; want %s", text, got, want)
		}
	}
}

// Whatever is written, reading it ends, and every place lies within the text.
func FuzzRead(f *testing.F) {
	for _, c := range readings {
		f.Add(c.sentence)
	}
	f.Add("\uFFFC%%..,,£4.2.m (((; 1,,2 one in of 2016/17-18 q5 may")
	f.Fuzz(func(t *testing.T, text string) {
		length := len([]rune(text))
		for _, s := range Read(text, january) {
			for _, g := range s.Figures {
				if g.Start < s.Start || g.End > s.End || g.Start >= g.End || g.End > length || g.First > g.Last {
					t.Fatalf("figure %+v lies outside %q", g, text)
				}
			}
			for _, w := range s.Whens {
				if w.First < 0 || w.Last >= len(s.Words) || w.First > w.Last {
					t.Fatalf("period %+v lies outside %q", w, text)
				}
			}
		}
	})
}

func TestMultiplesSayWhatIsNowOverWhatWas(t *testing.T) {
	for text, want := range map[string]string{
		"Contacts doubled.":                               "2/1",
		"Contacts almost trebled.":                        "3/1 almost",
		"Vacancies more than halved.":                     "1/2 above",
		"It is twice the number in December.":             "2/1",
		"It is half as many again as in December.":        "3/2",
		"It was a third higher than in December.":         "4/3",
		"Contacts fell by just over a quarter.":           "3/4 beyond",
		"This is a rise of two fifths.":                   "7/5",
		"We aim to double the number.":                    "",
		"The panel meets twice a month.":                  "",
		"The step down panel met in the first half term.": "",
	} {
		got := ""
		for _, m := range Read(text, january)[0].Multiples {
			got += strings.TrimSpace(fmt.Sprintf("%d/%d %s", m.Num, m.Den, [...]string{"", "about", "almost", "beyond", "above", "at least", "below", "at most"}[m.Hedge]))
		}
		if got != want {
			t.Errorf("%s: %s; want %s", text, got, want)
		}
	}
}
