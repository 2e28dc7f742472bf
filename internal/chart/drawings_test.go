package chart

import (
	"fmt"
	"testing"

	"outturn/internal/period"
	"outturn/internal/quantity"
)

// The drawings that the goldens show and that the other tests ask about.

func at(t testing.TB, s string) period.Period {
	t.Helper()
	p, err := period.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// series is one point for each text, from the first period on by its own step.
// An empty text is no figure; r, p, u after a space are the point's states.
func series(t testing.TB, first string, texts ...string) []Point {
	t.Helper()
	from := at(t, first)
	var out []Point
	for i, s := range texts {
		pt := Point{At: from.Step(i)}
		text, flags := s, ""
		for j := range s {
			if s[j] == ' ' {
				text, flags = s[:j], s[j+1:]
			}
		}
		for _, f := range flags {
			pt.Revised = pt.Revised || f == 'r'
			pt.Provisional = pt.Provisional || f == 'p'
			pt.Caution = pt.Caution || f == 'u'
		}
		if text != "" {
			n, err := quantity.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			pt.Has, pt.Value, pt.Text = true, n.Float(), text
		}
		out = append(out, pt)
	}
	return out
}

func day(t testing.TB, s string) period.Date {
	t.Helper()
	d, err := period.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func assessments(t testing.TB) Trend {
	return Trend{
		ID: "c-4-2", Title: "Assessments within 45 days fell to 67.7%", Description: "January 2016 to January 2017. Target 86%.",
		Unit: quantity.Percent, Decimals: 1,
		Points: series(t, "2016-01", "92.7%", "96.6%", "98.4%", "98.4%", "97.7%", "96.5%", "94.8%", "89.6%", "71.1%", "82.5%", "77.9%", "74.4%", "67.7%"),
		Years:  []Bar{{"2014/15", 88.8, true, "88.8%"}, {"2015/16", 92.8, true, "92.8%"}},
		Target: []Level{{"Target 86%", 86, "target"}},
		Bands:  []Band{{From: 86, HasFrom: true, Class: "green"}, {From: 83, To: 86, HasFrom: true, HasTo: true, Class: "amber"}},
		Comparators: []Level{
			{"SN average 79.8% (2015/16)", 79.8, "comparator-1"}, {"England 81.5% (2015/16)", 81.5, "comparator-2"},
			{"Top quartile 91.2% (2015/16)", 91.2, "comparator-3"}},
	}
}

// drawing is what every chart of a page can do.
type drawing interface {
	Draw(Form) (string, error)
	Both() (wide, narrow string, err error)
}

// drawings are all goldens by name.
func drawings(t testing.TB) map[string]drawing {
	out := map[string]drawing{}
	trend := func(name string, c Trend) {
		c.ID = name
		if c.Title == "" {
			c.Title = name
		}
		out[name] = c
	}
	trend("assessments", assessments(t))
	out["rows"] = Rows{ID: "rows", Title: "Contacts by source", Unit: quantity.Count, Rows: []Bar{
		{Label: "Transfer from the multi-agency safeguarding hub", Value: 126, Has: true, Text: "126"},
		{Label: "Request for support", Value: 192, Has: true, Text: "192"},
		{Label: "None at all", Value: 0, Has: true, Text: "0"},
		{Label: "Not returned", Text: "[x]"},
		{Label: "Step down request", Value: 55, Has: true, Text: "55"},
	}}

	months := assessments(t)
	months.Years, months.Comparators = nil, months.Comparators[:1]
	months.Points = series(t, "2016-01", "92.7%", "96.6% r", "98.4%", "", "97.7%", "96.5%", "94.8% u", "89.6%", "", "", "77.9% p", "74.4% p", "67.7% pr")
	months.Events = []Event{{At: day(t, "2016-10-24"), Label: "New case system"}, {At: day(t, "2016-05-12"), Label: "Inspection"}}
	trend("states", months)

	broken := assessments(t)
	broken.Years = nil
	broken.Events = []Event{{At: day(t, "2016-06-01"), Label: "Counted by referral, no longer by family", Break: true}, {At: day(t, "2016-07-15"), Label: "Single front door opened"}, {At: day(t, "2016-11-01"), Label: "Second duty team"}}
	trend("break", broken)

	// The newest and the highest figures stand under an event's label.
	system := Trend{Unit: quantity.Percent, Decimals: 1, Points: series(t, "2016-01", "98.2%", "99.0%", "97.5%", "98.8%", "99.1%", "98.0%", "97.4%", "96.9%", "98.3%", "99.0%", "99.6%", "100%", "100%"),
		Years:  []Bar{{"2013/14", 99.8, true, "99.8%"}, {"2014/15", 74.7, true, "74.7%"}, {"2015/16", 100, true, "100.0%"}},
		Target: []Level{{"Target 100%", 100, "target"}}, Comparators: []Level{{"England 96.7%", 96.7, "comparator-1"}},
		Events: []Event{{At: day(t, "2016-10-31"), Label: "New case management system"}}}
	trend("system", system)
	system.Events = append(system.Events, Event{At: day(t, "2016-01-02"), Label: "Single front door opened", Break: true})
	trend("system-numbered", system)

	contacts := Trend{Unit: quantity.Count, Points: series(t, "2016-01", "1,090", "1,012", "987", "1,133", "1,204", "1,192", "1,066", "871", "1,154", "1,250", "1,301", "1,018", "1,192"), Columns: true,
		Years: []Bar{{"2013/14", 0, false, ""}, {"2014/15", 1043, true, "1,043"}, {"2015/16", 1121, true, "1,121"}}}
	trend("contacts", contacts)
	contacts.Columns, contacts.Years = false, nil
	contacts.Target = []Level{{"Ceiling 1,400", 1400, "target"}}
	trend("contacts-line", contacts)

	rate := Trend{Unit: quantity.RatePer10000, Decimals: 1, Points: series(t, "2014-15-Q1", "54.2", "55.1", "56.9", "58.3", "61.0", "62.4", "60.8", "59.9", "58.8", "60.2", "61.7"),
		Target: []Level{{"", 70, "target"}}, Comparators: []Level{{"Statistical neighbours 70.9 (2015/16)", 70.9, "comparator-1"}, {"England 60.3 (2015/16)", 60.3, "comparator-2"}, {"Yorkshire and the Humber 62.0 (2015/16)", 62, "comparator-3"}, {"Best SN 41.6 (2015/16)", 41.6, "comparator-4"}}}
	rate.Target = nil
	trend("quarters", rate)
	trend("years", Trend{Unit: quantity.Percent, Decimals: 1, Points: series(t, "2011-12-Q1", "")[:0], Years: []Bar{{"2012/13", 71.2, true, "71.2%"}, {"2013/14", 74.9, true, "74.9%"}, {"2014/15", 80.4, true, "80.4%"}, {"2015/16", 79.1, true, "79.1%"}}, Target: []Level{{"Target 85%", 85, "target"}}})
	trend("annual", Trend{Unit: quantity.Percent, Decimals: 1, Points: series(t, "FY2009-10", "61.2%", "63.0%", "62.1%", "66.8%", "", "70.2%", "74.4%"), Comparators: []Level{{"England 72%", 72, "comparator-1"}}})
	trend("terms", Trend{Unit: quantity.Percent, Decimals: 1, Points: series(t, "AY2014-15-T1", "95.1%", "94.8%", "94.2%", "95.4%", "95.0%", "94.6%", "95.6%"), Target: []Level{{"Target 95%", 95, "target"}}})
	long := Trend{Unit: quantity.Percent, Decimals: 1, Target: []Level{{"Target 90%", 90, "target"}}}
	for i := range 60 {
		v := fmt.Sprintf("%d.%d%%", 70+(i*7)%23, i%10)
		long.Points = append(long.Points, series(t, period.NewMonth(2012, 1).Add(i).String(), v)...)
	}
	trend("five-years", long)
	trend("within", Trend{Unit: quantity.Average, Decimals: 1, Points: series(t, "2016-01", "15.2", "16.4", "18.0", "21.1", "22.4", "22.9", "23.6", "21.7", "20.4", "19.9", "18.3", "17.7", "17.1"), Target: []Level{{"At least 14", 14, "target"}, {"At most 22", 22, "target"}}, Bands: []Band{{From: 14, To: 22, HasFrom: true, HasTo: true, Class: "green"}, {From: 22, To: 24, HasFrom: true, HasTo: true, Class: "amber"}, {From: 12, To: 14, HasFrom: true, HasTo: true, Class: "amber"}}})
	trend("negative", Trend{Unit: quantity.Money, Points: series(t, "2016-04", "£120,000", "£45,500", "£-88,000", "£-132,000", "£-20,000", "£66,000"), Columns: true})
	trend("huge", Trend{Unit: quantity.Money, Points: series(t, "2016-04", "£1,435,922,113", "£1,535,922,113", "", "£9,223,372,036,854,775"), Target: nil})
	trend("one-point", Trend{Unit: quantity.Percent, Decimals: 1, Points: series(t, "2017-01", "18.2%"), Target: []Level{{"Target 100%", 100, "target"}}})
	trend("constant", Trend{Unit: quantity.Percent, Points: series(t, "2016-01", "100%", "100%", "100%", "100%", "100%", "100%"), Target: []Level{{"Target 100%", 100, "target"}}})
	trend("zeros", Trend{Unit: quantity.Count, Points: series(t, "2016-01", "0", "0", "0", "0")})
	trend("none", Trend{Unit: quantity.Percent, Points: series(t, "2016-01", "", "")})
	trend("ended", Trend{Unit: quantity.Percent, Decimals: 1, Points: series(t, "2016-01", "41.2%", "43.3%", "", "45.0%", "38.4%", "39.9%", "51.1%", "", "", ""), Target: []Level{{"Target 60%", 60, "target"}}})
	trend("hostile", Trend{ID: `<a b="c">`, Title: "Waste & <b>\x00\ufffe", Description: `"quoted" </desc>`, Unit: quantity.Percent, Points: []Point{{At: at(t, "2017-01"), Value: 5, Has: true, Text: "5% <&>"}}, Target: []Level{{`A & B's very long label that no column of a drawing can hold <script>alert(1)</script>`, 7, `x" onload="y`}}})

	stack := func(name string, parts int) {
		names := []string{"No further action", "Advice given", "Early help", "Referred to social care", "Step down", "Health", "Education", "Police", "Housing", "Voluntary sector", "Self", "Other council", "Other"}
		s := Stacked{ID: name, Title: name, Unit: quantity.Count}
		for i := range 13 {
			s.Periods = append(s.Periods, at(t, "2016-01").Step(i))
		}
		for j := range parts {
			var texts []string
			for i := range 13 {
				texts = append(texts, fmt.Sprint(20+(j*37+i*(11+j))%60+(5-j%5)*8))
			}
			if j == 1 {
				texts[4] = ""
			}
			if parts < 6 {
				texts[7] = ""
			}
			s.Parts = append(s.Parts, Part{Name: names[j], Values: series(t, "2016-01", texts...)})
		}
		out[name] = s
	}
	stack("stack-4", 4)
	stack("stack-7", 7)
	stack("stack-13", 13)

	m := Multiples{ID: "areas", Title: "Areas", Unit: quantity.Percent, Decimals: 1, Target: []Level{{"Target 86%", 86, "target"}}, Panels: []Panel{
		{"North", series(t, "2016-01", "92.7%", "96.6%", "98.4%", "98.4%", "97.7%", "96.5%", "94.8%", "89.6%", "71.1%", "82.5%", "77.9%", "74.4%", "67.7%")},
		{"South", series(t, "2016-01", "88.2%", "86.6%", "90.4%", "91.2%", "", "93.5%", "92.8%", "90.6%", "85.1%", "82.5%", "87.9%", "88.4%", "91.7%")},
		{"Central", series(t, "2016-01", "71.0%", "74.6%", "78.4%", "78.4%", "77.7%", "76.5%", "74.8%", "79.6%", "71.1%", "82.5%", "77.9%", "74.4% u", "60.2%")}}}
	out["areas-3"] = m
	m.ID = "areas-5"
	m.Panels = append(m.Panels, Panel{"Not specified", series(t, "2016-01", "", "")}, Panel{"Children in Care and Leaving Care Service, whole", series(t, "2016-06", "100%", "95.0%", "97.1%", "98.2% r", "100%")})
	out["areas-5"] = m
	m.ID, m.Panels = "areas-break", m.Panels[:3]
	m.Events = []Event{{At: day(t, "2016-05-12"), Label: "Inspection"}, {At: day(t, "2016-08-01"), Label: "New recording", Break: true}}
	out["areas-break"] = m
	return out
}
