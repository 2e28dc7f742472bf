package release

import (
	"strings"
	"testing"

	"outturn/internal/anytown"
)

const careSeries = "care/indicators/1.1.json"

// seriesJSON is a measure's own file as it is public, of rows of area, period,
// value, mark, revised_from and note.
func seriesJSON(rows ...string) string {
	var figures []string
	for _, row := range rows {
		c := strings.Split(row, "|")
		figures = append(figures, `
    {"ref":"1.1","area":"`+c[0]+`","period":"`+c[1]+`","value":`+c[2]+`,"numerator":null,"denominator":null,"mark":`+c[3]+`,"revised_from":`+c[4]+`,"note":`+c[5]+`
    }`)
	}
	return `{"scorecard":"care","as_at":"2017-01","ref":"1.1","figures": [` + strings.Join(figures, ",") + `
  ]}`
}

func TestAPublicFigureOfAnyPeriodChangesOnlyUnderALaterReturn(t *testing.T) {
	public := seriesJSON("anytown|2016-11|10|null|null|null", "anytown|2016-12|9|\"r\"|11|\"late\"", "anytown|2017-01|12|null|null|null", "east|2017-01|5|null|null|null")
	returns := func(november, january string) map[string]string {
		return map[string]string{
			"data/care/indicators.csv": anytown.Register,
			"data/care/2016-11.csv":    "ref,value\n" + november, "data/care/2016-12.csv": "ref,value\n1.1,11\n",
			"data/care/2017-01.csv": "ref,period,area,value,note\n1.1,,,12,\n1.1,,east,5,\n" + january,
		}
	}
	const revised = "1.1,2016-12,,9,late\n"
	held := func(site map[string]string) release {
		return release{council: site, on: "2017-03-22", public: map[string]string{careSeries: public}, card: map[string]string{careSeries: "{}"}}
	}
	held(returns("1.1,10\n", revised)).wants(t, "as it was")

	held(returns("1.1,8\n", revised)).wants(t, "before the first report",
		"data/care/2016-11.csv:2:5: error: the figure of 1.1 for November 2016 is public as 10 and would be 8, without a new return or issue [public-figure]")
	held(returns("", revised)).wants(t, "taken out",
		"data/care: error: the figure of 1.1 for November 2016 is public as 10 and would be gone, without a new return or issue [public-figure]")
	held(returns("1.1,8\n", "")).wants(t, "two of them",
		"data/care/2016-11.csv:2:5: error: the figure of 1.1 for November 2016 is public as 10 and would be 8; so would 1 other figure of it, without a new return or issue [public-figure]")
	held(returns("1.1,10\n", strings.Replace(revised, "late", "", 1))).wants(t, "its note",
		`data/care/2017-01.csv:4:14: warning: the note on the figure of 1.1 for December 2016 is public, "late", and would be none [public-words]`)

	site := returns("1.1,10\n", revised)
	site["data/care/2016-12.csv"] = "ref,value\n1.1,13\n"
	held(site).wants(t, "what it was revised from",
		"data/care/2017-01.csv:4:14: error: the figure of 1.1 for December 2016 is public as revised from 11 and would be from 13, without a new return or issue [public-figure]")

	site = returns("1.1,10\n", revised)
	site["data/care/2016-11.2.csv"] = "ref,value,reason\n1.1,8,correction\n"
	held(site).wants(t, "a second issue")
	site = returns("1.1,10\n", revised)
	site["data/care/2016-11.2.csv"], site["data/care/2016-11.csv"] = "ref,value,reason\n1.1,7,correction\n", "ref,value\n1.1,8\n"
	held(site).wants(t, "a second issue of what was altered first",
		"data/care/2016-11.2.csv:2:5: error: the figure of 1.1 for November 2016 is public as 10 and would be 7, without a new return or issue [public-figure]")
}

func TestAReturnIsAskedAboutAgainWhereASeriesOfItChanges(t *testing.T) {
	files := map[string]string{careMonth: "{}", careSeries: "{}"}
	r := release{on: "2017-03-22", target: "srv", public: files, card: files}
	r.findings = append(r.findings, warning("data/care/2017-01.csv", "ratio-differs"), warning("data/care/2017-01.csv", "past-changed"))
	r.wants(t, "as it is public", "data/care/2017-01.csv: warning: it is so [past-changed]")
	r.card = map[string]string{careMonth: "{}", careSeries: "{ }"}
	r.wants(t, "a series that changes", "data/care/2017-01.csv: warning: it is so [past-changed]", "data/care/2017-01.csv: warning: it is so [ratio-differs]")
}

// Another program, or another release of this one, may have written the public
// file in other lines.
func TestAPublicFigureIsReadHoweverItsFileIsWritten(t *testing.T) {
	public := strings.NewReplacer("\n", "", "  ", "").Replace(seriesJSON("anytown|2016-11|10|null|null|null", "anytown|2017-01|12|null|null|null"))
	held := func(november string) release {
		return release{on: "2017-03-22", public: map[string]string{careSeries: public}, card: map[string]string{careSeries: "{}"}, council: map[string]string{
			"data/care/indicators.csv": anytown.Register, "data/care/2016-11.csv": "ref,value\n1.1," + november + "\n", "data/care/2017-01.csv": "ref,value\n1.1,12\n",
		}}
	}
	held("10").wants(t, "as it was")
	held("8").wants(t, "another",
		"data/care/2016-11.csv:2:5: error: the figure of 1.1 for November 2016 is public as 10 and would be 8, without a new return or issue [public-figure]")
}
