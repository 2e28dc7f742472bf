package proof

import (
	"fmt"
	"strings"
	"testing"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
)

// found lists what is told of a text's tables.
func found(text string) []string {
	var problems diag.List
	t := commentary.ParseText("content/reports/x.md", text, &problems)
	for _, table := range t.Tables() {
		reckoned(table, func(commentary.Ref) string { return "7" }, nil, &problems)
	}
	var list []string
	for _, p := range problems.All() {
		list = append(list, fmt.Sprintf("%d:%d %s: %s", p.Line, p.Column, p.Code, p.Message))
	}
	return list
}

func TestTablesThatAddUpAreLeftAlone(t *testing.T) {
	for name, text := range map[string]string{
		"a total":                              "| Area | Cases |\n|---|--:|\n| North | 8 |\n| South | 7 |\n| **Total** | **15** |\n",
		"a total above its parts":              "| Area | Cases |\n|---|--:|\n| Total | 15 |\n| North | 8 |\n| South | 7 |\n",
		"subtotals and a grand total":          "| Budget | £ |\n|---|--:|\n| Staff | £1,200 |\n| Rent | £300 |\n| Sub-total | £1,500 |\n| Grants | £400 |\n| Fees | £100 |\n| Sub-total | £500 |\n| Total | £2,000 |\n",
		"income, expenditure, net":             "| Budget | £k |\n|---|--:|\n| Expenditure | 1,500 |\n| Income | (400) |\n| Net | 1,100 |\n",
		"rounded money":                        "| Budget | Plan | Spent | Variance |\n|---|--:|--:|--:|\n| Staff | £1.2m | £1.3m | £0.1m |\n| Rent | £0.4m | £0.4m | £0.1m |\n| Total | £1.6m | £1.8m | £0.2m |\n",
		"rounded shares of a total":            "| Kind | Cases | % |\n|---|--:|--:|\n| One | 1 | 33.3% |\n| Two | 1 | 33.3% |\n| Three | 1 | 33.3% |\n| Total | 3 | 100% |\n",
		"a rate of its row":                    "| Area | On time | Due | % on time |\n|---|--:|--:|--:|\n| North | 8 | 40 | 20.0% |\n| South | 5 | 41 | 12.2% |\n",
		"change in per cent":                   "| Area | 2016 | 2017 | Change |\n|---|--:|--:|--:|\n| North | 50 | 40 | -20% |\n| South | 10 | 15 | 50% |\n",
		"a withheld part":                      "| Area | Cases |\n|---|--:|\n| North | [c] |\n| South | 7 |\n| Total | 15 |\n",
		"averages are no sums":                 "| Team | Average caseload |\n|---|--:|\n| North | 17 |\n| South | 19 |\n| Total | 18 |\n",
		"of which":                             "| Kind | Cases |\n|---|--:|\n| Plans | 8 |\n| of which urgent | 3 |\n| Visits | 7 |\n| Total | 15 |\n",
		"percentages from elsewhere":           "| Area | Contacts | Open cases | % satisfied |\n|---|--:|--:|--:|\n| North | 8 | 40 | 91% |\n| South | 5 | 41 | 88% |\n",
		"targets beside figures":               "| Measure | January | December | Target | Direction |\n|---|--:|--:|--:|---|\n| Assessments | 18.2% | 30.2% | 100% | worse |\n| Contacts | 403 | 267 | | up |\n",
		"words":                                "| Outcome | Priority | Measure |\n|---|---|---|\n| Every child is safe | 1 | Visits |\n",
		"a bound figure that was returned so":  "| | On time | Due | % |\n|---|--:|--:|--:|\n| January | 22 | 121 | {{ 1 }} |\n",
		"all as the total":                     "| Area | Cases |\n|---|--:|\n| North | 1,208 |\n| South | 792 |\n| All | 2,000 |\n",
		"an average for all":                   "| Area | Caseload |\n|---|--:|\n| North | 17.5 |\n| South | 19.5 |\n| All | 18.4 |\n",
		"two parts withheld":                   "| Area | Cases |\n|---|--:|\n| North | [c] |\n| South | 7 |\n| East | 6 |\n| West | * |\n| Total | 19 |\n",
		"a part left empty":                    "| Area | Cases |\n|---|--:|\n| North | |\n| South | 7 |\n| East | 6 |\n| Total | 19 |\n",
		"a part that is nil":                   "| Area | Cases |\n|---|--:|\n| North | – |\n| South | 7 |\n| East | 6 |\n| Total | 13 |\n",
		"a difference, minus in brackets":      "| Budget | Plan | Spent | Difference |\n|---|--:|--:|--:|\n| Staff | £1,300 | £1,250 | (£50) |\n| Rent | £400 | £455 | £55 |\n",
		"changes without their sign":           "| Measure | December | January | Change |\n|---|--:|--:|--:|\n| Contacts | 267 | 403 | 136 |\n| Closed | 193 | 169 | 24 |\n",
		"change in points":                     "| Measure | Previous | Latest | Change |\n|---|--:|--:|--:|\n| On time | 30.2% | 18.2% | -12.0 |\n| Triaged | 93.0% | 94.5% | +1.5 |\n",
		"per cent change beside the change":    "| Area | 2016 | 2017 | Change | % change |\n|---|--:|--:|--:|--:|\n| North | 50 | 40 | -10 | -20% |\n| South | 10 | 15 | 5 | 50% |\n",
		"a total of rounded shares":            "| Kind | Cases | % |\n|---|--:|--:|\n| One | 1 | 33% |\n| Two | 1 | 33% |\n| Three | 1 | 33% |\n| Total | 3 | 99% |\n",
		"opened, closed, net":                  "| | Cases |\n|---|--:|\n| Opened | 120 |\n| Closed | (100) |\n| Net | 20 |\n",
		"the sign in the head":                 "| Budget | Budget £k | Actual £k | Variance £k | Variance % |\n|---|--:|--:|--:|--:|\n| Staff | 250 | 260 | 10 | 4.0 |\n| Rent | 50 | 40 | -10 | -20.0 |\n| Total | 300 | 300 | 0 | 0.0 |\n",
		"whole per cent, the sign in the head": "| Source | Contacts | % |\n|---|--:|--:|\n| Schools | 105 | 26 |\n| Police | 146 | 36 |\n| Families | 152 | 38 |\n| Total | 403 | 100 |\n",
		"a change in whole per cent":           "| Area | 2016 | 2017 | Change % |\n|---|--:|--:|--:|\n| North | 267 | 403 | 51 |\n",
		"a share of money":                     "| Partner | Share of the budget |\n|---|--:|\n| Council | £120 |\n| Health | £80 |\n| Total | £200 |\n",
		"bound figures":                        "| Area | Cases |\n|---|--:|\n| North | {{ 1 }} |\n| South | 8 |\n| Total | 15 |\n",
	} {
		if got := found(text); len(got) > 0 {
			t.Errorf("%s: %s", name, strings.Join(got, "; "))
		}
	}
}

func TestATableThatDoesNotComputeIsTold(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"a total", "| Area | Cases |\n|---|--:|\n| North | 8 |\n| South | 7 |\n| **Total** | **16** |\n", "5:17 contradicts-itself: the total is 16, and the rows add up to 15"},
		{"a total of bound figures", "| Area | Cases |\n|---|--:|\n| North | {{ 1 }} |\n| South | 7 |\n| Total | 15 |\n", "5:11 contradicts-itself: the total is 15, and the rows add up to 14"},
		{"a total of money", "| Budget | £ |\n|---|--:|\n| Staff | £1,200 |\n| Rent | £300 |\n| Total | £1,600 |\n", "5:11 contradicts-itself: the total is £1,600, and the rows add up to £1,500"},
		{"a total column", "| Area | Boys | Girls | Total |\n|---|--:|--:|--:|\n| North | 8 | 7 | 15 |\n| South | 5 | 6 | 12 |\n", "4:19 contradicts-itself: total is 12, and the figures of its row give 11"},
		{"net", "| Budget | £k |\n|---|--:|\n| Expenditure | 1,500 |\n| Income | 400 |\n| Net | 1,000 |\n", "5:9 contradicts-itself: net is 1,000, and 1,500 less 400 is 1,100"},
		{"variance", "| Budget | Plan | Spent | Variance |\n|---|--:|--:|--:|\n| Staff | £120 | £130 | £10 |\n| Rent | £40 | £55 | £5 |\n", "4:22 contradicts-itself: variance is £5, and the figures of its row give £15"},
		{"a percentage", "| Area | On time | Due | % on time |\n|---|--:|--:|--:|\n| North | 8 | 40 | 20.0% |\n| South | 5 | 41 | 21.2% |\n", "4:20 contradicts-itself: the percentage is 21.2%, and the figures of its row give 12.2%"},
		{"a total named all", "| Area | Cases |\n|---|--:|\n| North | 1,208 |\n| South | 792 |\n| All | 2,010 |\n", "5:9 contradicts-itself: the total is 2,010, and the rows add up to 2,000"},
		{"a total of a part that is nil", "| Area | Cases |\n|---|--:|\n| North | – |\n| South | 7 |\n| East | 6 |\n| Total | 19 |\n", "6:11 contradicts-itself: the total is 19, and the rows add up to 13"},
		{"less than its parts, one empty", "| Area | Cases |\n|---|--:|\n| North | |\n| South | 7 |\n| East | 6 |\n| Total | 12 |\n", "6:11 contradicts-itself: the total is 12, and the rows add up to 13"},
		{"a difference in brackets", "| Budget | Plan | Spent | Difference |\n|---|--:|--:|--:|\n| Staff | £1,300 | £1,250 | (£60) |\n| Rent | £400 | £455 | £55 |\n| Fees | £10 | £15 | £5 |\n", "3:29 contradicts-itself: difference is (£60), and the figures of its row give £−50"},
		{"a change", "| Measure | December | January | Change |\n|---|--:|--:|--:|\n| Contacts | 267 | 403 | 136 |\n| Open | 1,175 | 1,285 | 120 |\n", "4:26 contradicts-itself: change is 120, and the figures of its row give 110"},
		{"a change in points", "| Measure | Previous | Latest | Change |\n|---|--:|--:|--:|\n| On time | 30.2% | 18.2% | -11.0 |\n| Triaged | 93.0% | 94.5% | +1.5 |\n", "3:29 contradicts-itself: change is -11.0, and the figures of its row give −12.0"},
		{"per cent change", "| Area | 2016 | 2017 | % change |\n|---|--:|--:|--:|\n| North | 267 | 403 | 34% |\n", "3:23 contradicts-itself: % change is 34%, and the figures of its row give 50.9%"},
		{"a total, and not the right shares of it", "| Source | Contacts | % |\n|---|--:|--:|\n| Schools | 105 | 26.1% |\n| Police | 146 | 36.2% |\n| Families | 152 | 37.7% |\n| Total | 404 | 100% |\n", "6:11 contradicts-itself: the total is 404, and the rows add up to 403"},
		{"a share of money", "| Partner | Share of the budget |\n|---|--:|\n| Council | £120 |\n| Health | £80 |\n| Total | £210 |\n", "5:11 contradicts-itself: the total is £210, and the rows add up to £200"},
		{"the sign in the head", "| Area | 2016 | 2017 | Change % |\n|---|--:|--:|--:|\n| North | 267 | 403 | 53 |\n", "3:23 contradicts-itself: change % is 53, and the figures of its row give 50.9%"},
		{"one row", "| | On time | Due | % |\n|---|--:|--:|--:|\n| January | 22 | 121 | 30% |\n", "3:24 contradicts-itself: the percentage is 30%, and the figures of its row give 18.2%"},
	} {
		if got := found(test.text); len(got) != 1 || got[0] != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestNumbersAndParagraphsUsedTwiceAreTold(t *testing.T) {
	const body = `## 3 Key issues

3.1 Contacts rose in January and the team kept pace with them.

## 3 Options

3.1 There are no other options for the committee to consider here.

Not applicable.

- {{ 1.1 }} families were seen in time by the service this month.
- {{ 1.2 }} families were seen in time by the service this month.

Contacts rose in January and the team kept pace with them.

Not applicable.
`
	var problems diag.List
	text := commentary.ParseText("content/reports/x.md", body, &problems)
	r := &edition.Report{Report: commentary.Report{Text: text}}
	numbersTwice(r, &problems)
	repeated(text, &problems)
	var got []string
	for _, p := range problems.All() {
		got = append(got, fmt.Sprintf("%d:%d %s: %s", p.Line, p.Column, p.Code, p.Message))
	}
	want := []string{
		"5:4 numbered-twice: the number 3 is used twice: first in line 1",
		"7:1 numbered-twice: the number 3.1 is used twice: first in line 3",
		"14:1 repeated-paragraph: this paragraph stands in the report already, in line 3",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
