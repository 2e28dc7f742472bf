package proof

import "testing"

// Tables as authors type them, each with how many of its cells are wrong.
func TestTypedTablesAreLookedUp(t *testing.T) {
	r := &statementReader{e: publishedEdition(t)}
	for _, test := range []struct {
		name, scorecard, section, table string
		want                            int
	}{
		{"measures by months", "early-help", "", `| Measure | December 2016 | January 2017 | Target |
| --- | ---: | ---: | ---: |
| Contacts with Early Help | 267 | 403 | |
| Early Help assessments on time | 30.2% | 18.2% | 100% |
| Contacts triaged in five working days | 93.0% | 94.5% | 100% |`, 0},
		{"a cell copied from the row above, one from the column before, a wrong target", "early-help", "", `| Measure | December 2016 | January 2017 | Target |
| --- | ---: | ---: | ---: |
| Contacts with Early Help | 267 | 267 | |
| Early Help assessments on time | 30.2% | 18.2% | 95% |
| Contacts triaged in five working days | 30.2% | 94.5% | 100% |`, 3},
		{"months by measures", "safeguarding", "contacts", `| Month | Contacts | Decided in one working day |
| --- | ---: | ---: |
| Nov 16 | 1,469 | 55.8% |
| Dec 16 | 1,287 | 80.2% |
| Jan 17 | 1,651 | 79.8% |`, 0},
		{"months by measures, two changed over", "safeguarding", "contacts", `| Month | Contacts | Decided in one working day |
| --- | ---: | ---: |
| Nov 16 | 1,469 | 55.8% |
| Dec 16 | 1,651 | 80.2% |
| Jan 17 | 1,287 | 79.8% |`, 2},
		{"the number of a measure and nothing else", "early-help", "", `| Ref | Dec | Jan |
| --- | ---: | ---: |
| 3.2 | 30.2% | 18.2% |
| 2.2 | 23.7% | 31.1% |`, 0},
		{"the number of a measure, last month's figure", "early-help", "", `| Ref | Indicator | Jan |
| --- | --- | ---: |
| 3.2 | Assessments | 30.2% |
| 2.2 | First contacts | 31.1% |`, 1},
		{"percentages without their sign", "early-help", "", `| Measure | Previous month | Latest |
| --- | ---: | ---: |
| Early Help assessments on time (%) | 30.2 | 18.2 |
| Contacts triaged within five days (%) | 93.0 | 95.4 |`, 1},
		{"the year to date beside the month", "safeguarding", "", `| Measure | Month | YTD |
| --- | ---: | ---: |
| Contacts with children's social care | 1,651 | 11,934 |
| Social care assessments within 45 working days | 67.7% | 84.4% |`, 0},
		{"the month's figure for the year to date", "safeguarding", "", `| Measure | Month | YTD |
| --- | ---: | ---: |
| Contacts with children's social care | 1,651 | 11,934 |
| Social care assessments within 45 working days | 67.7% | 67.7% |`, 1},
		{"a year and the year so far", "safeguarding", "", `| Measure | 2015/16 | 2016/17 to January |
| --- | ---: | ---: |
| Contacts | 12,165 | 11,934 |
| Assessments started | 3,996 | 4,817 |`, 0},
		{"a year and the year so far, digits changed over", "safeguarding", "", `| Measure | 2015/16 | 16/17 YTD |
| --- | ---: | ---: |
| Contacts | 12,165 | 11,394 |
| Assessments started | 3,996 | 4,817 |`, 1},
		{"comparators", "safeguarding", "", `| Measure | Rotherham | Statistical neighbours | England |
| --- | ---: | ---: | ---: |
| Section 47 rate per 10,000, rolling 12 months | 244.0 | 149.2 | 138.2 |
| Child protection plans per 10,000 | 58.5 | 46.1 | 42.9 |`, 0},
		{"comparators changed over", "safeguarding", "", `| Measure | Rotherham | Statistical neighbours | England |
| --- | ---: | ---: | ---: |
| Section 47 rate per 10,000, rolling 12 months | 244.0 | 138.2 | 149.2 |
| Child protection plans per 10,000 | 58.5 | 46.1 | 42.9 |`, 2},
		{"areas below a heading", "early-help", "", `### Early Help assessments on time

| Locality | January 2017 |
| --- | ---: |
| North | 20.0% |
| South | 8.0% |
| Central | 32.3% |`, 0},
		{"areas by measures", "early-help", "", `| Locality | Open cases, December | Open cases, January |
| --- | ---: | ---: |
| North | 263 | 281 |
| South | 444 | 482 |
| Central | 468 | 552 |`, 1},
		{"a change by itself", "early-help", "", `| Measure | January 2017 | Change on December |
| --- | ---: | ---: |
| Contacts with Early Help | 403 | +136 |
| Open cases with Early Help | 1,285 | +120 |`, 1},
		{"a name with change in it", "early-help", "", `| Measure | Previous | January 2017 |
| --- | ---: | ---: |
| Contacts with Early Help | 267 | 403 |
| Families engaged by Families for Change in the year to date | | 680 |`, 0},
		{"a year that ends with the month is no year to date", "safeguarding", "", `| Measure | Year to January 2017 | YTD |
| --- | ---: | ---: |
| Contacts with children's social care | 14,012 | 11,934 |`, 0},
		{"the previous month's figure for the latest", "early-help", "", `| Measure | Previous | Latest |
| --- | ---: | ---: |
| Contacts with Early Help | 267 | 403 |
| Early Help assessments on time | 30.2% | 30.2% |`, 1},
		{"ratings", "early-help", "", `| Measure | January 2017 | RAG |
| --- | ---: | --- |
| Early Help assessments on time | 18.2% | Red |
| Contacts triaged in five working days | 94.5% | Green |`, 1},
		{"beside bound figures", "early-help", "", `| Measure | December | January |
| --- | ---: | ---: |
| Early Help assessments on time | {{ 3.2 previous }} | 18.3% |
| Contacts with Early Help | 267 | {{ 1.1 }} |`, 1},
		{"what no scorecard counts", "early-help", "", `| Team | Posts | Vacant | Visits by managers | Budget 2016/17 |
| --- | ---: | ---: | ---: | ---: |
| Triage | 8.5 | 1.0 | 12 | £284,000 |
| North | 21.0 | 2.5 | 9 | £1,106,500 |`, 0},
		{"an audit's own counts", "early-help", "", `| Theme of the audit | Files read | Good |
| --- | ---: | ---: |
| Voice of the child | 30 | 21 |
| Plans | 30 | 17 |`, 0},
		{"a table with its comment", "early-help", "", `| Measure | January 2017 | Comment |
| --- | ---: | --- |
| Early Help assessments on time | 18.2% | It was 30.2% in December, and the target is 100%. |`, 0},
		{"a measure by what no scorecard holds", "safeguarding", "", `| Type of abuse | Children with a child protection plan |
| --- | ---: |
| Neglect | 180 |
| Emotional | 130 |
| Physical | 20 |
| Total | 330 |`, 0},
		{"a measure by age", "safeguarding", "", `| Age | Looked-after children |
| --- | ---: |
| Under 5 | 101 |
| 5 to 9 | 97 |
| 10 to 15 | 184 |
| 16 and over | 100 |`, 0},
		{"a measure by its source", "early-help", "contacts", `| Source | Contacts |
| --- | ---: |
| Police | 105 |
| Health visitors | 152 |
| Contacts from parents | 96 |
| Other | 50 |
| Total | 403 |`, 0},
		{"the parts across", "safeguarding", "", `| Measure | Boys | Girls | Total |
| --- | ---: | ---: | ---: |
| Looked-after children | 252 | 230 | 482 |`, 0},
		{"some areas and the rest", "safeguarding", "", `| Area | Looked-after children |
| --- | ---: |
| South | 182 |
| Rest | 300 |`, 0},
		{"a part that is more than the whole", "safeguarding", "", `| Type of abuse | Children with a child protection plan |
| --- | ---: |
| Neglect | 380 |
| Emotional | 130 |
| Physical | 20 |`, 1},
		{"what is good", "early-help", "", `| Ref | Measure | Good performance | January |
| --- | --- | --- | ---: |
| 3.2 | Assessments on time | High | {{ 3.2 }} |
| 2.2 | First contacts on time | High | {{ 2.2 }} |`, 0},
		{"the wrong way is called good", "early-help", "", `| Ref | Measure | Good performance | January |
| --- | --- | --- | ---: |
| 3.2 | Assessments on time | Low | {{ 3.2 }} |
| 2.2 | First contacts on time | High | {{ 2.2 }} |`, 1},
		{"a reference that slipped a row", "early-help", "", `| Ref | Measure | January | December |
| --- | --- | ---: | ---: |
| 3.2 | Assessments on time | {{ 2.2 }} | {{ 2.2 previous }} |
| 2.2 | First contacts on time | {{ 2.2 }} | {{ 2.2 previous }} |`, 2},
		{"another measure beside the row's own", "early-help", "", `| Ref | Measure | Cases | On time |
| --- | --- | ---: | ---: |
| 2.2 | First contacts on time | {{ 2.1 }} | {{ 2.2 }} |`, 0},
		{"blank cells and marks", "early-help", "", `| Measure | December 2016 | January 2017 |
| --- | ---: | ---: |
| Early Help assessments on time | – | 18.2% |
| Contacts with Early Help | n/a | 403 |`, 0},
	} {
		if found := r.found(t, test.scorecard, test.section, test.table); len(found) != test.want {
			t.Errorf("%s: %d findings, want %d: %s", test.name, len(found), test.want, told(found))
		}
	}
}
