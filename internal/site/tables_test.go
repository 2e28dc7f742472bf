package site

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/theme"
)

// sectionOf is the view of a section's page of the made-up site in January 2017.
func sectionOf(t *testing.T, over map[string]string, id string) theme.Section {
	t.Helper()
	var problems diag.List
	ed := edition.Load(with(over), civic(), edition.Options{Today: period.NewDate(2017, 4, 20)}, &problems)
	if problems.Errors() > 0 {
		t.Fatalf("the site has a fault: %+v", problems.All())
	}
	s := ed.Scorecards[0]
	sec, ok := s.Section(id)
	if !ok {
		t.Fatalf("there is no section %s", id)
	}
	return section(ed, nil, new(room), s.Latest(), sec, sectionPath(s.ID, "2017-01", id))
}

// column is what stands in a table under a head, without the rows' own heads.
func column(table theme.Table, head string) (cells []string) {
	at := slices.Index(table.Heads, head) - 1
	for _, r := range table.Rows {
		cells = append(cells, r.Head+": "+r.Cells[at].Text)
	}
	return cells
}

func TestMeasuresOfOneFrequencyStandInATableOfTheirOwn(t *testing.T) {
	page := sectionOf(t, nil, "quality")
	var told []string
	for _, table := range page.Tables {
		told = append(told, table.ID+", "+table.Caption+", "+strings.Join(table.Heads[1:], ", "))
	}
	want := []string{"quarters, Quality: quarterly measures, 4.3 Quality", "months, Quality: monthly measures, 5.1 Cost"}
	if !slices.Equal(told, want) {
		t.Errorf("the tables are %q, want %q", told, want)
	}
	if got := column(page.Tables[1], "5.1 Cost"); slices.ContainsFunc(got, func(s string) bool { return strings.HasSuffix(s, ": [z]") }) {
		t.Errorf("by month found %q", got)
	}
	if got := column(page.Tables[0], "4.3 Quality"); !slices.Contains(got, "October to December 2016 (quarter 3): good") || slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "January 2017") }) {
		t.Errorf("by quarter found %q", got)
	}
}

// An attendance for a term stands beside the absence of it: a month's measure
// keeps the figure that the section is read for.
func TestAFigureOfAnotherFrequencysPeriodKeepsItsRow(t *testing.T) {
	page := sectionOf(t, map[string]string{
		"data/care/2017-01.csv": anytown["data/care/2017-01.csv"] + "5.1,2016-17-Q3,,130,,,,,,\n",
	}, "quality")
	if got := column(page.Tables[1], "5.1 Cost"); !slices.Contains(got, "October to December 2016 (quarter 3): £130.00") {
		t.Errorf("by month found %q", got)
	}
}

func TestAMeasureNeverReturnedIsNoTableWithoutRows(t *testing.T) {
	page := sectionOf(t, map[string]string{
		"data/care/indicators.csv": anytown["data/care/indicators.csv"] + "5.2,,quality,Survey,info,count,,annual,none,none,,,,,\n",
	}, "quality")
	i := slices.IndexFunc(page.Tables, func(table theme.Table) bool { return table.ID == "years" })
	if i < 0 {
		t.Fatalf("the annual measures have no table")
	}
	if got := column(page.Tables[i], "5.2 Survey"); len(got) != 1 || !strings.HasSuffix(got[0], ": [x]") {
		t.Errorf("of what was never returned it says %q", got)
	}
}

func TestAChartLeadsToTheTableThatHasItsMeasure(t *testing.T) {
	site := build(t, map[string]string{
		"data/care/indicators.csv": "ref,section,name,good,unit,frequency\n1.1,visits,One,info,count,\n1.2,visits,Two,info,count,\n1.3,visits,Three,info,count,\n" +
			"1.4,visits,Four,info,count,\n1.5,visits,Five,info,count,\n1.6,visits,Six,info,count,\n1.7,visits,Seven,info,count,\n1.8,visits,Eight,info,count,\n" +
			"1.9,visits,Nine,info,count,\n2.1,visits,Ten,info,count,quarterly\n",
		"data/care/targets.csv": "", "data/care/benchmarks.csv": "", "data/care/2016-12.csv": "",
		"data/care/2017-01.csv": "ref,period,value\n1.1,2016-11,1\n1.1,2016-12,2\n1.1,,3\n1.9,2016-11,7\n1.9,2016-12,8\n1.9,,9\n2.1,2016-17-Q1,4\n2.1,2016-17-Q2,5\n2.1,2016-17-Q3,6\n",
		"content/_index.md":     "", "content/care/2017-01/visits.md": "", "content/care/2017-01/_index.md": "---\nstatus: approved\n---\n",
		"content/care/_index.md": "---\ntitle: Care\nfirst_report: 2017-01\n---\n", "content/files/definitions.csv": "",
	})
	page := string(site.MapFS["care/2017-01/visits.html"].Data)
	tableOf := map[string]string{"One": "months", "Nine": "months2", "Ten": "quarters"}
	for _, chart := range strings.Split(page, `<figure class="chart-figure"`)[1:] {
		for name, id := range tableOf {
			if strings.Contains(chart, "<h3>"+name+":") {
				if !strings.Contains(chart, `<a href="#`+id+`">The figures of this chart</a>`) {
					t.Errorf("the chart of %s leads to %q, want %q", name, regexp.MustCompile(`href="#[^"]*">The figures`).FindString(chart), id)
				}
				delete(tableOf, name)
			}
		}
	}
	for name := range tableOf {
		t.Errorf("there is no chart of %s", name)
	}
}

// The chart leads to the table, and its newest figure must be there.
func TestTheNewestYearOfAnAnnualMeasureStandsInItsTable(t *testing.T) {
	page := sectionOf(t, map[string]string{
		"data/care/indicators.csv": anytown["data/care/indicators.csv"] + "5.2,,quality,Survey,info,count,,annual,none,none,,,,,\n",
		"data/care/2017-01.csv":    anytown["data/care/2017-01.csv"] + "5.2,2013-14,,31,,,,,,\n5.2,2014-15,,32,,,,,,\n5.2,2015-16,,33,,,,,,\n",
	}, "quality")
	i := slices.IndexFunc(page.Tables, func(table theme.Table) bool { return table.ID == "years" })
	if i < 0 {
		t.Fatalf("the annual measures have no table")
	}
	if got, want := column(page.Tables[i], "5.2 Survey"), []string{"2013/14: 31", "2014/15: 32", "2015/16: 33"}; !slices.Equal(got, want) {
		t.Fatalf("its table says %q, want %q", got, want)
	}
	if last := page.Tables[i].Rows[2]; !last.Strong {
		t.Error("the year that is judged is not marked")
	}
}
