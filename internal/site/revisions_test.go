package site

import (
	"crypto/sha256"
	"html"
	"io/fs"
	"maps"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/archive/bag"
	"outturn/internal/archive/snapshot"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// late is a site with returns of October 2016 to January 2017, of which
// December and January have reports, and of a February that is not released.
// Referrals (1.1) are the numbers of the standards, section 10.
var late = map[string]string{
	"content/site.yaml": `title: Anytown
council: Anytown Council
base_url: https://figures.anytown.example/
areas:
  - {id: anytown, name: Anytown}
  - {id: north, name: North}
`,
	"content/_index.md":              "---\ntitle: Home\n---\n",
	"content/care/_index.md":         "---\ntitle: Care\nfirst_report: 2016-12\nsections: [referrals, visits]\n---\n",
	"content/care/2016-12/_index.md": "---\nstatus: approved\npublish_on: 2017-01-20\n---\n",
	"content/care/2017-01/_index.md": "---\nstatus: approved\npublish_on: 2017-02-20\n---\n",
	"data/care/indicators.csv": `ref,section,name,good,unit,decimals,rag_on,calculation
1.1,referrals,Referrals,info,count,,none,
1.2,referrals,Assessments,info,count,,none,
1.3,referrals,Referrals assessed,high,percent,1,none,"percent('1.2','1.1')"
3.2,visits,Visits in time,high,percent,1,period,
3.3,visits,Reviews in time,high,percent,1,period,
3.4,visits,Plans in time,high,percent,1,period,
3.5,visits,Plans by hand,high,percent,1,period,
`,
	"data/care/targets.csv": "ref,period,target,amber,from\n3.2,2016-17,90,>=80,\n3.2,2016-17,75,>=70,2017-01\n3.3,2016-17,90,>=80,\n3.4,2016-17,90,>=80,\n3.5,2016-17,90,>=80,\n",
	"data/care/2016-10.csv": "ref,value\n1.1,312\n",
	"data/care/2016-11.csv": "ref,period,value,reason\n1.1,,298,\n1.1,2016-10,318,late_data\n",
	"data/care/2016-12.csv": `ref,period,area,value,rating,rating_reason,reason
1.1,,,330,,,
1.1,2016-11,,305,,,late_data
1.1,2016-10,,320,,,late_data
1.2,,,66,,,
3.2,,,79.0,,,
3.2,,north,70.0,,,
3.4,,,95.0,,,
3.5,,,85.0,red,a service under review,
`,
	"data/care/2017-01.csv": `ref,period,area,value,reason,note
1.1,,,341,,
1.1,2016-12,,333,late_data,
1.1,2016-11,,309,late_data,
1.1,2016-10,,320,,
1.2,,,70,,
3.2,,,92.0,,
3.2,2016-12,,81.0,correction,a team had been counted twice
3.2,2016-12,north,72.0,correction,
3.3,,,91.0,,
3.3,2016-12,,95.0,late_data,
3.4,,,95.0,,
3.4,2016-12,,96.0,late_data,
3.5,,,85.0,,
3.5,2016-12,,85.0,,
`,
	"data/care/2017-02.csv": "ref,period,value,reason\n1.1,2016-12,777,correction\n3.2,2017-01,7.7,correction\n",
}

func lateSite(over map[string]string) fs.FS {
	files := fstest.MapFS{}
	for _, layer := range []map[string]string{late, over} {
		for name, text := range layer {
			if files[name] = (&fstest.MapFile{Data: []byte(text)}); text == "" {
				delete(files, name)
			}
		}
	}
	return files
}

func buildLate(t *testing.T, over map[string]string, opt edition.Options) made {
	t.Helper()
	opt.Today = period.NewDate(2017, 4, 20)
	return buildOf(t, lateSite(over), opt)
}

var (
	element = regexp.MustCompile(`<[^>]*>`)
	spaces  = regexp.MustCompile(`\s+`)
)

// wordsOf is the text of a page as it is read, without its frame.
func wordsOf(t *testing.T, tree fs.FS, name string) string {
	t.Helper()
	text := read(t, tree, name)
	if at := strings.Index(text, "<main"); at >= 0 {
		text = text[at:]
	}
	text = regexp.MustCompile(`(?s)<svg.*?</svg>`).ReplaceAllString(text, " ")
	return strings.TrimSpace(spaces.ReplaceAllString(html.UnescapeString(element.ReplaceAllString(text, " ")), " "))
}

// holds reports each text that a page should hold and does not.
func holds(t *testing.T, tree fs.FS, name string, wants ...string) {
	t.Helper()
	text := wordsOf(t, tree, name)
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%s does not say %q:\n%s", name, want, text)
		}
	}
}

func lacks(t *testing.T, tree fs.FS, name string, wants ...string) {
	t.Helper()
	text := wordsOf(t, tree, name)
	for _, want := range wants {
		if strings.Contains(text, want) {
			t.Errorf("%s says %q:\n%s", name, want, text)
		}
	}
}

func TestJanuaryShowsWhatDecemberDidAndWhatWasRevisedSince(t *testing.T) {
	tree := buildLate(t, nil, edition.Options{})
	// December stands as it was published, and today's figures beside it.
	asDecember := buildLate(t, nil, edition.Options{AsAt: mustMonth(t, "2016-12")})
	for _, page := range []string{"care/2016-12/index.html", "care/2016-12/visits.html"} {
		holds(t, asDecember, page, "79.0%", "Red")
		lacks(t, asDecember, page, "Revised since", "81.0%", "333")
		holds(t, tree, page, "79.0%", "as known with the return of January 2017", "by the targets and rules of then, 2 ratings would differ",
			"3.2 Visits in time December 2016 ■ Red 79.0% ▲ Amber 81.0% Correction.",
			"3.3 Reviews in time December 2016 ○ Not rated [x] ● Green 95.0% Late data.")
		lacks(t, tree, page, "● Green 81.0%") // by January's target, which was not in force
	}
	// The JSON is of December alone: nothing of it has changed.
	if read(t, asDecember, "api/care/2016-12.json") != read(t, tree, "api/care/2016-12.json") {
		t.Error("December's JSON has changed")
	}
	holds(t, tree, "care/indicators/3.2.html", "Ratings as published and as now", "December 2016 December 2016 ■ Red 79.0% ▲ Amber 81.0%")
	lacks(t, tree, "care/2017-01/index.html", "Revised since")
	holds(t, tree, "revisions.html",
		"Care , as at January 2017",
		"7 figures of 4 measures changed after being first returned. The newest change came with the return of January 2017.",
		"Return of January 2017, published 20 February 2017",
		"1.1 Referrals December 2016 330 December 2016 333 rose by 3 January 2017: Late data",
		"1.1 Referrals November 2016 298 November 2016 309 rose by 11 December 2016 (to 305): Late data; January 2017 (to 309): Late data",
		"Return of December 2016, published 20 January 2017",
		"1.1 Referrals October 2016 312 October 2016 320 rose by 8 November 2016 (to 318): Late data; December 2016 (to 320): Late data",
		"1.3 Referrals assessed December 2016 20.0% December 2016 19.8% fell by 0.2 percentage points January 2017: Late data",
		"3.2 Visits in time December 2016, North 70.0% December 2016 72.0% rose by 2.0 percentage points January 2017: Correction",
		// First to latest: +8, +11 and +3 on 320, 309 and 333.
		"1.1 Referrals 3 of 3 +7.3 7.3 2.3% Too few to say: 3 first figures, and 6 are needed.",
		"3.2 Visits in time 0 of 0 left out, corrected or redefined: 1 none counted",
		"3.4 Plans in time 1 of 1 +1.00 percentage points",
	)
	lacks(t, tree, "revisions.html", "Plans by hand") // set by hand then, and the figure is what it was
}

func TestMarkStandsOnWhatTheReturnRevisedAndNoMore(t *testing.T) {
	tree := buildLate(t, nil, edition.Options{})
	page := read(t, tree, "care/indicators/1.1.html")
	for figure, is := range map[string]bool{"309": true, "333": true, "320": false} {
		if strings.Contains(page, `<span class="revised">`+figure+`</span>`) != is {
			t.Errorf("%s is highlighted in the series: %t", figure, !is)
		}
	}
	// The triangle says with which return: October's figure was news in December's.
	triangle := wordsOf(t, tree, "care/indicators/1.1.html")
	at := strings.Index(triangle, "what each return said of each period")
	if at < 0 {
		t.Fatal("the page has no triangle")
	}
	triangle = triangle[at:]
	for _, want := range []string{
		"Period First returned Nov 2016 Dec 2016 Jan 2017",
		"January 2017 341 Jan 2017 not yet not yet 341",
		"December 2016 330 Dec 2016 not yet 330 333 [r]",
		"November 2016 298 Nov 2016 298 305 [r] 309 [r]",
		"October 2016 312 Oct 2016 318 [r] 320 [r] 320 ",
	} {
		if !strings.Contains(triangle, want) {
			t.Errorf("the triangle does not hold %q:\n%s", want, triangle)
		}
	}
	lacks(t, tree, "care/indicators/3.3.html", "what each return said") // none of its figures was revised
}

func TestCorrectionBearsADatedNotice(t *testing.T) {
	tree := buildLate(t, nil, edition.Options{})
	const notice = "Correction, 20 February 2017. Put right in the return of January 2017:"
	for _, page := range []string{"care/indicators/3.2.html", "care/index.html", "care/2017-01/index.html", "care/2017-01/visits.html"} {
		holds(t, tree, page, notice, "3.2 for December 2016 is now 81.0%; it was 79.0%. A team had been counted twice.", "3.2 for December 2016 in North is now 72.0%; it was 70.0%.")
	}
	for _, page := range []string{"care/2016-12/index.html", "care/2017-01/referrals.html", "care/indicators/1.1.html"} { // late data are no error
		lacks(t, tree, page, "Put right")
	}
	feed := read(t, tree, "feed.xml")
	for _, want := range []string{
		"<id>tag:figures.anytown.example,2026:care/2017-01/correction-1</id>", "<title>Correction: Care, January 2017</title>",
		"3.2 for December 2016 is now 81.0%; it was 79.0%.",
	} {
		if !strings.Contains(feed, want) {
			t.Errorf("the feed does not hold %s:\n%s", want, feed)
		}
	}
	if strings.Count(feed, "<entry>") != 3 {
		t.Errorf("the feed is\n%s", feed)
	}
}

func TestSecondIssueSaysWhatItChangedAndWhy(t *testing.T) {
	over := map[string]string{
		"content/care/2017-01/_index.md": "---\nstatus: approved\npublish_on: 2017-03-01\nissue: 2\n---\n",
		"data/care/2017-01.2.csv":        "ref,value,reason\n3.2,93.0,correction\n1.2,71,late_data\n3.3,,\n",
	}
	over["data/care/2017-01.2.csv"] = "ref,area,value,reason\n3.2,,93.0,correction\n1.2,,71,late_data\n3.3,north,88.0,\n"
	tree := buildLate(t, over, edition.Options{})
	holds(t, tree, "care/2017-01/index.html", "Issue 2, 1 March 2017",
		"3.2 for January 2017 is now 93.0%; it was 92.0%. Correction.", "1.2 for January 2017 is now 71; it was 70. Late data.",
		"1.3 for January 2017 is now 20.8%; it was 20.5%. Late data.", "3.3 for January 2017 in North is now given: 88.0%.",
		// The day of the first issue is not on the cover any more.
		"Correction. Put right in the return of January 2017:")
	lacks(t, tree, "care/2017-01/index.html", "return of January 2017, issue 2") // the note of the issue says it
	holds(t, tree, "care/indicators/3.2.html", "Correction, 1 March 2017. Put right in the return of January 2017, issue 2:")
	holds(t, tree, "care/2017-01/visits.html", "3.2 for January 2017 is now 93.0%")
	lacks(t, tree, "care/2017-01/visits.html", "1.2 for January")
	holds(t, tree, "revisions.html", "Return of January 2017, issue 2, published 1 March 2017")
	if feed := read(t, tree, "feed.xml"); !strings.Contains(feed, "care/2017-01/correction-2</id>") || !strings.Contains(feed, "care/2017-01/correction-1</id>") {
		t.Errorf("the feed is\n%s", feed)
	}
}

func TestRatingThatASecondIssuePutRightIsTold(t *testing.T) {
	over := map[string]string{
		"content/care/2016-12/_index.md": "---\nstatus: approved\npublish_on: 2017-01-25\nissue: 2\n---\n",
		"data/care/2016-12.2.csv":        "ref,value,rating,rating_reason,reason\n3.2,81.0,,,correction\n3.4,85.0,,,correction\n3.5,85.0,amber,the review is over,\n",
	}
	tree := buildLate(t, over, edition.Options{})
	for _, page := range []string{"care/2016-12/index.html", "care/2016-12/visits.html"} {
		holds(t, tree, page, "Issue 2, 25 January 2017", "3.2 is now rated amber; it was rated red.", "3.4 is now rated amber; it was rated green.",
			"3.5 is now rated amber; it was rated red.") // by hand
	}
	// 3.4 was green, then amber, and is green by today's figures again: that is no
	// change of what was published first.
	holds(t, tree, "revisions.html", "3.2 Visits in time December 2016 ■ Red 79.0% (first issue) ▲ Amber 81.0%")
	lacks(t, tree, "revisions.html", "85.0% (first issue)")
	holds(t, tree, "care/indicators/3.2.html", "December 2016 December 2016 ■ Red 79.0% (first issue) ▲ Amber 81.0% Correction.")
	// The page of December is that of its second issue, and 3.2 is as it says.
	lacks(t, tree, "care/2016-12/index.html", "▲ Amber 81.0% Correction.", "first issue")
	holds(t, tree, "care/2016-12/index.html", "3.4 Plans in time December 2016 ▲ Amber 85.0% ● Green 96.0% Late data.")

	// The latest month's is told too, although nothing was returned since.
	latest := buildLate(t, over, edition.Options{AsAt: mustMonth(t, "2016-12")})
	holds(t, latest, "care/index.html", "3.2 is now rated amber; it was rated red.")
	lacks(t, latest, "care/index.html", "Revised since")
	holds(t, latest, "revisions.html", "3.2 Visits in time December 2016 ■ Red 79.0% (first issue) ▲ Amber 81.0%", "3.4 Plans in time December 2016 ● Green 95.0% (first issue) ▲ Amber 85.0%")
	holds(t, latest, "care/indicators/3.2.html", "■ Red 79.0% (first issue) ▲ Amber 81.0%")
}

// shelved is a site with a snapshot of the quarter to December 2016, which tells of
// that month what is told.
func shelved(over map[string]string, told string) map[string]string {
	const folder, page = "content/archive/2016-17-q3/", "data/site/api/care/2016-12.json"
	files := maps.Clone(over)
	files[folder+page] = told
	for name, text := range bag.Tags(bag.Info{{Label: "Bagging-Date", Value: "2017-01-25"}}, bag.Manifest{page: sha256.Sum256([]byte(told))}) {
		files[folder+name] = string(text)
	}
	return files
}

func TestRatingByHandInASnapshotIsHeldAgainstTodays(t *testing.T) {
	const month = "api/care/2016-12.json"
	december := edition.Options{AsAt: mustMonth(t, "2016-12")}
	told := read(t, buildLate(t, nil, december), month)
	return2016 := func(rating string) map[string]string {
		return map[string]string{"data/care/2016-12.csv": strings.Replace(late["data/care/2016-12.csv"], "85.0,red,a service under review", "85.0,"+rating, 1)}
	}
	const why = "A rating set by hand was given, changed or taken back, not the figure."
	for name, c := range map[string]struct{ then, now, row string }{
		"taken back":      {"", ",", "■ Red set by hand 85.0% ▲ Amber 85.0% "},
		"changed":         {"", "green,the review is over", "■ Red set by hand 85.0% ● Green set by hand 85.0% "},
		"given since":     {strings.NewReplacer(`"by_hand":true`, `"by_hand":false`).Replace(told), "green,the review is over", "■ Red 85.0% ● Green set by hand 85.0% "},
		"as it was":       {"", "red,a service under review", ""},
		"the same colour": {strings.NewReplacer(`"by_hand":true`, `"by_hand":false`).Replace(told), "red,a service under review", ""},
	} {
		if c.then == "" {
			c.then = told
		}
		tree := buildLate(t, shelved(return2016(c.now), c.then), december)
		if c.row == "" {
			lacks(t, tree, "revisions.html", why)
			continue
		}
		for _, page := range []string{"revisions.html", "care/indicators/3.5.html", "care/2016-12/index.html"} {
			if text := wordsOf(t, tree, page); !strings.Contains(text, c.row) || !strings.Contains(text, why) {
				t.Errorf("%s: %s does not say %q:\n%s", name, page, c.row, text)
			}
		}
	}
	// The figure was revised since, too: what was published is what the snapshot says.
	over := return2016(",")
	over["data/care/2017-01.csv"] = strings.Replace(late["data/care/2017-01.csv"], "3.5,2016-12,,85.0", "3.5,2016-12,,95.0", 1)
	holds(t, buildLate(t, shelved(over, told), edition.Options{}), "revisions.html", "3.5 Plans by hand December 2016 ■ Red set by hand 85.0% ● Green 95.0%")
}

// A tolerance has no history: what it made of a month that was published, only
// the snapshot of then knows.
func TestAsPublishedIsWhatTheSnapshotSays(t *testing.T) {
	tolerance := func(percent string) map[string]string {
		return map[string]string{
			"content/care/_index.md": "---\ntitle: Care\nfirst_report: 2016-12\nsections: [referrals, visits]\ndefault_tolerance: " + percent + "\n---\n",
			"data/care/targets.csv":  "ref,period,target\n3.2,2016-17,90\n3.4,2016-17,100\n",
		}
	}
	const month = "api/care/2016-12.json"
	december := edition.Options{AsAt: mustMonth(t, "2016-12")}
	told := read(t, buildLate(t, tolerance("5"), december), month)
	if !strings.Contains(told, `"rating":"red"`) {
		t.Fatal("December was not red")
	}
	tree := buildLate(t, shelved(tolerance("20"), told), december)
	const row = "■ Red 79.0% ▲ Amber 79.0% What it is judged by has changed, not the figure."
	holds(t, tree, "revisions.html", "3.2 Visits in time December 2016 "+row)
	holds(t, tree, "care/indicators/3.2.html", row)
	holds(t, tree, "care/2016-12/index.html", "1 rating of this page: not as published, since what the measures are judged by was changed.", row)
	// The next month revised the figure too.
	tree = buildLate(t, shelved(tolerance("20"), told), edition.Options{})
	holds(t, tree, "revisions.html", "3.2 Visits in time December 2016 ■ Red 79.0% ▲ Amber 81.0% Correction.")
	// As it was, there is nothing to tell; and a snapshot that was tampered with is
	// not believed, nor one that was withdrawn.
	lacks(t, buildLate(t, shelved(tolerance("5"), told), december), "revisions.html", "What it is judged by")
	forged := shelved(tolerance("20"), told)
	forged[snapshot.Folder("2016-17-q3")+"/"+snapshot.Site+"/"+month] += " "
	lacks(t, buildLate(t, forged, december), "revisions.html", "What it is judged by")
	withdrawn := shelved(tolerance("20"), told)
	withdrawn[snapshot.WithdrawnFile] = "id,date,reason\n2016-17-q3,2017-02-01,a slip\n"
	lacks(t, buildLate(t, withdrawn, december), "revisions.html", "What it is judged by")
}

func TestADayIsCalledPublishedOnlyByPublishOn(t *testing.T) {
	for _, c := range []struct{ name, cover, issue, correction, returned, updated string }{
		{"published", "publish_on: 2017-03-01\n", "Issue 2, 1 March 2017", "Correction, 1 March 2017.", "issue 2, published 1 March 2017", "2017-03-01"},
		{"of the first issue", "publish_on: 2017-02-20\nextracted: 2017-02-28\n",
			"Issue 2, figures taken on 28 February 2017", "Correction, figures taken on 28 February 2017.", "issue 2, figures taken on 28 February 2017", "2017-02-28"},
		{"taken", "extracted: 2017-02-28\n", "Issue 2, figures taken on 28 February 2017", "Correction, figures taken on 28 February 2017.", "issue 2, figures taken on 28 February 2017", "2017-02-28"},
		{"taken and signed off", "extracted: 2017-02-28\nsigned_off: {by: Director, on: 2017-03-02}\n",
			"Issue 2, signed off on 2 March 2017", "Correction, signed off on 2 March 2017.", "issue 2, signed off on 2 March 2017", "2017-03-02"},
		{"not known", "", "Issue 2", "Correction.", "issue 2", "2017-01-31"},
	} {
		tree := buildLate(t, map[string]string{
			"content/care/2017-01/_index.md": "---\nstatus: approved\nissue: 2\n" + c.cover + "---\n",
			"data/care/2017-01.2.csv":        "ref,value,reason\n3.2,93.0,correction\n",
		}, edition.Options{})
		holds(t, tree, "care/2017-01/index.html", "As at January 2017 "+c.issue+" ")
		holds(t, tree, "care/indicators/3.2.html", c.correction+" Put right in the return of January 2017, issue 2:")
		holds(t, tree, "revisions.html", "Return of January 2017, "+c.returned+" ")
		feed := read(t, tree, "feed.xml")
		if n := strings.Count(feed, "<updated>"+c.updated+"T00:00:00Z</updated>"); n < 3 { // of the feed, the month and the correction
			t.Errorf("%s: the feed has %s %d times:\n%s", c.name, c.updated, n, feed)
		}
	}
	// A first issue is out from publish_on, whatever else its cover names.
	tree := buildLate(t, map[string]string{"content/care/2017-01/_index.md": "---\nstatus: approved\nextracted: 2017-02-28\npublish_on: 2017-02-20\n---\n"}, edition.Options{})
	holds(t, tree, "revisions.html", "Return of January 2017, published 20 February 2017")
}

func TestRevisionThatIsNotReleasedIsNowhere(t *testing.T) {
	tree := buildLate(t, nil, edition.Options{})
	without := buildLate(t, map[string]string{"data/care/2017-02.csv": ""}, edition.Options{})
	for _, name := range paths(without) {
		if read(t, tree, name) != read(t, without, name) {
			t.Errorf("%s knows of a return that is not released", name)
		}
	}
	drafts := buildLate(t, nil, edition.Options{Drafts: true})
	holds(t, drafts, "revisions.html", "777")
	if !strings.Contains(read(t, drafts, "revisions.html"), "Draft.") {
		t.Error("revisions that are not released are not marked as a draft")
	}
	// A released month is held against what is released, in a draft too.
	lacks(t, drafts, "care/2017-01/index.html", "Revised since")
}

func TestRatingSetByHandIsHeldAgainstItsRule(t *testing.T) {
	tree := buildLate(t, map[string]string{"data/care/2017-01.csv": strings.Replace(late["data/care/2017-01.csv"], "3.5,2016-12,,85.0", "3.5,2016-12,,95.0", 1)}, edition.Options{})
	holds(t, tree, "care/2016-12/index.html", "3.5 Plans by hand December 2016 ■ Red set by hand 85.0% ● Green 95.0%")
}

func mustMonth(t *testing.T, text string) period.Month {
	t.Helper()
	m, err := period.ParseMonth(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
