package release

import (
	"testing"

	"outturn/internal/anytown"
)

const (
	careMonth = "api/care/2017-01.json"
	carePage  = "care/2017-01/quality.html"
	careCover = "content/care/2017-01/_index.md"
)

func monthJSON(issue, indicators string) string {
	return `{"scorecard":"care","as_at":"2017-01","issue":` + issue + `,"indicators":[` + indicators + `]}`
}

func TestAPublicFigureChangesOnlyUnderANewIssue(t *testing.T) {
	const (
		eighteen = `{"ref":"3.2","current":{"period":"2017-01","value":18.2},"rag":{"rating":"red","reason":"a"}}`
		nineteen = `{"ref":"3.2","current":{"period":"2017-01","value":19.0},"rag":{"rating":"red","reason":"a"}}`
		head     = careCover + ":2:1: error: January 2017 is public as issue 1, and its figures would change without a new one: "
	)
	for _, c := range []struct{ name, then, now, want string }{
		{"the same", eighteen, eighteen, ""},
		{"another figure", eighteen, nineteen, "3.2 figure is 19.0 and was 18.2"},
		{"another rating", eighteen, `{"ref":"3.2","current":{"period":"2017-01","value":18.2},"rag":{"rating":"amber","reason":"a"}}`, "3.2 rating is amber and was red"},
		{"a figure that is withheld", eighteen, `{"ref":"3.2","current":{"period":"2017-01","value":null},"rag":{"rating":"red","reason":"a"}}`, "3.2 figure is none and was 18.2"},
		{"another sentence for the reason", eighteen, `{"ref":"3.2","current":{"period":"2017-01","value":18.2},"rag":{"rating":"red","reason":"b"}}`, ""},
		{"a key that an older program had not", eighteen, `{"ref":"3.2","projection":1,"current":{"period":"2017-01","value":18.2,"note":""},"rag":{"rating":"red","reason":"a"}}`, ""},
		{"another digit that a float would lose", `{"ref":"1","current":{"value":0.30000000000000001}}`, `{"ref":"1","current":{"value":0.30000000000000002}}`, "1 figure is 0.30000000000000002 and was 0.30000000000000001"},
		{"a measure that is gone", eighteen + `,{"ref":"3.3"}`, eighteen, "3.3 is gone"},
		{"a measure that is new", eighteen, eighteen + `,{"ref":"3.3"}`, "3.3 is new"},
		{"many", `{"ref":"1"},{"ref":"2"},{"ref":"3"},{"ref":"4"},{"ref":"5"}`, "", "1 is gone; 2 is gone; 3 is gone; and 2 other measures"},
	} {
		r := release{on: "2017-03-22", public: map[string]string{careMonth: monthJSON("1", c.then)}, card: map[string]string{careMonth: monthJSON("1", c.now)}}
		if c.want == "" {
			r.wants(t, c.name)
			continue
		}
		r.wants(t, c.name, head+c.want+" [public-figure]")
	}
}

func TestANewIssueHasItsDayAndItsReasons(t *testing.T) {
	site := func(cover, returned string) map[string]string {
		return map[string]string{
			careCover:                       "---\nstatus: approved\nissue: 2\n" + cover + "---\n",
			"data/care/indicators.csv":      anytown.Register,
			"data/care/2017-01.csv":         "ref,value\n1.1,12\n",
			"data/care/2017-01.2.csv":       returned,
			"content/care/2017-01/plans.md": "Plans rose.\n",
		}
	}
	then := map[string]string{careMonth: monthJSON("1", `{"ref":"1.1","current":{"value":12}}`)}
	now := map[string]string{careMonth: monthJSON("2", `{"ref":"1.1","current":{"value":13}}`)}
	dated, reasoned := "publish_on: 2017-03-20\n", "ref,value,reason\n1.1,13,correction\n"
	release{council: site(dated, reasoned), on: "2017-03-22", public: then, card: now}.wants(t, "with both")
	bears := func(day string) map[string]string {
		return map[string]string{careMonth: then[careMonth], "care/2017-01/index.html": string(pageWith(`<dl class="facts"><div><dt>Published</dt><dd>` + day + `</dd></div></dl>`))}
	}
	const takes = careCover + ":4:1: error: issue 2 of January 2017 would take the place of issue 1 and bears "
	release{council: site(dated, reasoned), on: "2017-03-22", public: bears("14 March 2017"), card: now}.wants(t, "with a later day")
	release{council: site(dated, reasoned), on: "2017-03-22", public: bears("20 March 2017"), card: now}.wants(t, "with the day of the first", takes+"its day, 20 March 2017 [issue-undated]")
	release{council: site(dated, reasoned), on: "2017-03-20", public: bears("20 March 2017"), card: now}.wants(t, "on that very day")
	release{council: site(dated, reasoned), on: "2017-03-22", public: bears("21 March 2017"), card: now}.wants(t, "with a day before it", takes+"20 March 2017, which is before its day, 21 March 2017 [issue-undated]")
	release{council: site("", reasoned), on: "2017-03-22", public: then, card: now}.wants(t, "without a day",
		careCover+":3:1: error: issue 2 of January 2017 would take the place of issue 1 and has no day [issue-undated]")
	release{council: site(dated, "ref,value\n1.1,13\n"), on: "2017-03-22", public: then, card: now}.wants(t, "without a reason",
		"data/care/2017-01.2.csv: warning: issue 2 changes indicator 1.1 for January 2017 and gives no reason [issue-unexplained]")
}

func TestPublicWordsThatChangeAreAskedAboutUnlessTheySaySo(t *testing.T) {
	prose := func(words string) string { return string(pageWith(`<div class="prose"><p>` + words + `</p></div>`)) }
	figures := map[string]string{careMonth: monthJSON("1", "")}
	cases := []struct{ name, then, now, want string }{
		{"the same", "Contacts rose.", "Contacts rose.", ""},
		{"other words", "Contacts rose in January.", "Contacts fell in January.", `"Contacts fell in January.", where it reads "Contacts rose in January."`},
		{"a dated note", "Contacts rose.", "Contacts fell. Corrected on 21 March 2017: this said that they rose.", ""},
		{"a note that stood before", "Contacts rose. Corrected on 1 March 2017.", "Contacts fell. Corrected on 1 March 2017.", `"Contacts fell. Corrected on 1 March", where it reads "Contacts rose. Corrected on 1 March"`},
		{"a day that is no note", "Contacts rose.", "Contacts fell. The next report is of 21 March 2017.", `"Contacts fell. The next report is", where it reads "Contacts rose."`},
	}
	for _, c := range cases {
		month := release{
			on: "2017-03-22", public: map[string]string{carePage: prose(c.then), careMonth: figures[careMonth]},
			card: map[string]string{carePage: prose(c.now), careMonth: figures[careMonth]},
		}
		report := release{
			council: map[string]string{"content/reports/march.md": anytown.Paper("2017-03-22", "status: approved", "x")}, on: "2017-03-22",
			public: map[string]string{"reports/march.html": prose(c.then)}, papers: map[string]string{"reports/march.html": prose(c.now)},
		}
		if c.want == "" {
			month.wants(t, c.name)
			report.wants(t, c.name)
			continue
		}
		month.wants(t, c.name, careCover+": warning: the text of January 2017 is public and would read otherwise: "+c.want+" [public-words]")
		report.wants(t, c.name, "content/reports/march.md: warning: the report is public and would read otherwise: "+c.want+" [public-words]")
	}
}

func TestATextWhoseFiguresChangeWithTheMonthsIsToldOnce(t *testing.T) {
	prose := func(words string) string { return string(pageWith(`<div class="prose">` + words + `</div>`)) }
	r := release{
		on:     "2017-03-22",
		public: map[string]string{carePage: prose("There were 1,203 contacts."), careMonth: monthJSON("1", `{"ref":"1","current":{"value":1203}}`)},
		card:   map[string]string{carePage: prose("There were 203 contacts."), careMonth: monthJSON("1", `{"ref":"1","current":{"value":203}}`)},
	}
	figure := careCover + ":2:1: error: January 2017 is public as issue 1, and its figures would change without a new one: 1 figure is 203 and was 1203 [public-figure]"
	r.wants(t, "figures", figure)
	r.card[careMonth] = r.public[careMonth] // a typed figure alone
	r.wants(t, "a typed figure", careCover+`: warning: the text of January 2017 is public and would read otherwise: "There were 203 contacts.", where it reads "There were 1,203 contacts." [public-words]`)
}

func TestConfirmedMinutesChangeByAmendmentAlone(t *testing.T) {
	meeting := func(state string) map[string]string {
		return map[string]string{"content/meetings/march.md": anytown.Paper("2017-03-22", "status: held\nminutes: "+state, "x")}
	}
	minutes := func(note, words string) map[string]string {
		return map[string]string{"meetings/march.html": string(pageWith("<p>" + note + `</p><div class="prose">` + words + `</div>`))}
	}
	const agreed = "Agreed by the committee as a true record."
	release{council: meeting("confirmed"), on: "2017-03-29", public: minutes(agreed, "All agreed."), papers: minutes(agreed, "Most agreed.")}.wants(t, "confirmed",
		`content/meetings/march.md: warning: the minutes are public and would read otherwise: "Most agreed.", where it reads "All agreed." [public-words]`)
	release{council: meeting("confirmed"), on: "2017-03-29", public: minutes("Unconfirmed", "All agreed."), papers: minutes(agreed, "Most agreed.")}.wants(t, "being confirmed")
	release{council: meeting("unconfirmed"), on: "2017-03-29", public: minutes("Unconfirmed", "All agreed."), papers: minutes("Unconfirmed", "Most agreed.")}.wants(t, "unconfirmed")
	release{council: meeting("confirmed"), on: "2017-03-29", public: minutes(agreed, "All agreed."), papers: minutes(agreed, "All agreed. Most agreed (amended 26 April 2017)")}.wants(t, "amended")
}

func TestWhatIsPublicAndWouldBeGoneIsAskedAbout(t *testing.T) {
	page := string(pageWith(""))
	public := map[string]string{careMonth: "{}", "reports/march.html": page, "files/plan.pdf": "pdf", "reports/index.html": page, "care/old.html": page, "index.html": page}
	release{on: "2017-03-22", public: public, papers: map[string]string{"index.html": page, "files/plan.pdf": "another"}}.wants(t, "gone",
		careCover+":2:1: warning: the month is public (api/care/2017-01.json) and would be gone: links to it would lead nowhere [public-gone]",
		"content/files/plan.pdf: warning: the file is public, and another of its name would take its place [public-words]",
		"content/reports/march.md: warning: the page is public (reports/march.html) and would be gone: links to it would lead nowhere [public-gone]")
	release{on: "2017-03-22", public: public, papers: public}.wants(t, "still there")
}

func TestAMonthThatWaitsForItsNextIssueStopsTheRelease(t *testing.T) {
	waits := func(day string) release {
		return release{
			council: map[string]string{careCover: "---\nstatus: approved\npublish_on: " + day + "\n---\n"}, on: "2017-03-22",
			public: map[string]string{careMonth: "{}"}, papers: map[string]string{"index.html": string(pageWith(""))},
		}
	}
	waits("2017-03-23 # issue 2").wants(t, "until tomorrow",
		careCover+":3:1: error: the month is public (api/care/2017-01.json) and would be gone until 23 March 2017: its cover waits for that day [public-gone]")
	waits("2017-03-22").wants(t, "no more", careCover+":2:1: warning: the month is public (api/care/2017-01.json) and would be gone: links to it would lead nowhere [public-gone]")
}

func TestThePagesOfNoMonthAreAskedAboutToo(t *testing.T) {
	site := map[string]string{"content/_index.md": "---\ntitle: Home\n---\n\n{{ care/1.1 }} contacts.\n", "content/about/data.md": "---\ntitle: Data\n---\n\nx\n"}
	prose := func(words string) string { return string(pageWith(`<div class="prose">` + words + `</div>`)) }
	pages := func(home, about string) map[string]string {
		return map[string]string{"index.html": prose(home), "about/data.html": prose(about)}
	}
	release{council: site, on: "2017-03-22", public: pages("12 contacts.", "Kept 6 years."), papers: pages("13 contacts.", "Kept 7 years.")}.wants(t, "a figure of the home page is of the month",
		`content/about/data.md: warning: the page is public and would read otherwise: "Kept 7 years.", where it reads "Kept 6 years." [public-words]`)
	release{council: site, on: "2017-03-22", public: pages("12 contacts.", "x"), papers: pages("13 letters.", "x")}.wants(t, "words",
		`content/_index.md: warning: the home page is public and would read otherwise: "13 letters.", where it reads "12 contacts." [public-words]`)
}
