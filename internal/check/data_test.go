package check

import (
	"strings"
	"testing"
)

const (
	indicators = "data/care/indicators.csv"
	targets    = "data/care/targets.csv"
	benchmarks = "data/care/benchmarks.csv"
	actions    = "data/care/actions.csv"
	january    = "data/care/2017-01.csv"

	indicatorHead = "ref,section,name,good,unit,decimals,frequency,lag,basis,ytd,rag_on,parent,dimension,calculation,status\n"
	returnHead    = "ref,period,area,value,numerator,denominator,mark\n"
)

// example is made-up data with the findings on it; none for its innocent twin.
type example struct {
	name       string
	indicators string // rows, the head left out
	returns    string // rows of January 2017's return, the head left out
	more       council
	want       []string
}

func run(t *testing.T, examples []example) {
	t.Helper()
	for _, x := range examples {
		t.Run(x.name, func(t *testing.T) {
			site := council{indicators: indicatorHead + x.indicators}
			if x.returns != "" {
				site[january] = returnHead + x.returns
			}
			for name, text := range x.more {
				site[name] = text
			}
			same(t, site.findings(t), x.want)
		})
	}
}

func TestValueThatIsNotItsCountsIsFound(t *testing.T) {
	percent := "3.2,visits,Visits in time,high,percent" + strings.Repeat(",", 10) + "\n"
	rate := "4.1,visits,Visits per child,info,rate_per_10000" + strings.Repeat(",", 10) + "\n"
	average := "4.2,visits,Children per worker,info,average" + strings.Repeat(",", 10) + "\n"
	days := "4.3,visits,Days to a visit,low,days" + strings.Repeat(",", 10) + "\n"
	count := "1.1,visits,Visits,info,count" + strings.Repeat(",", 10) + "\n"
	run(t, []example{
		{"another percentage", percent, "3.2,,,18.3,22,121,\n", nil,
			[]string{"data/care/2017-01.csv:2:7: warning: value 18.3% is not 22 of 121, which is 18.2% (indicator 3.2, January 2017) [ratio-differs]"}},
		{"the same percentage", percent, "3.2,,,18.2,22,121,\n", nil, nil},
		{"with more decimals than are published", percent, "3.2,,,18.1818,22,121,\n", nil, nil},
		{"more decimals, another value at the published one", percent, "3.2,,,18.2401,22,121,\n", nil,
			[]string{"data/care/2017-01.csv:2:7: warning: value 18.2401% is not 22 of 121, which is 18.1818% (indicator 3.2, January 2017) [ratio-differs]"}},
		{"written to a whole number", percent, "3.2,,,18%,22,121,\n", nil, nil},
		{"half a unit of the coarser, rounded up", percent, "3.2,,,13,1,8,\n", nil, nil},
		{"half a unit of the coarser, rounded down", percent, "3.2,,,12,1,8,\n", nil, nil},
		{"a whole number beyond half a unit", percent, "3.2,,,66,4,6,\n", nil,
			[]string{"data/care/2017-01.csv:2:7: warning: value 66% is not 4 of 6, which is 66.7% (indicator 3.2, January 2017) [ratio-differs]"}},
		{"no counts", percent, "3.2,,,18.3,,,\n", nil, nil},
		{"one count", percent, "3.2,,,18.3,22,,\n", nil, nil},
		{"no value stated", percent, "3.2,,,,22,121,\n", nil, nil},
		{"nothing to divide", percent, "3.2,,,,0,0,\n", nil, nil},
		{"withheld", percent, "3.2,,,,2,,c\n", nil, nil},
		{"in an area", percent, "3.2,,east,50,1,4,\n", nil,
			[]string{"data/care/2017-01.csv:2:11: warning: value 50% is not 1 of 4, which is 25.0% (indicator 3.2, January 2017, East) [ratio-differs]"}},
		{"another rate", rate, "4.1,,,25.2,5,2000,\n", nil,
			[]string{"data/care/2017-01.csv:2:7: warning: value 25.2 is not 5 of 2,000, which is 25.0 (indicator 4.1, January 2017) [ratio-differs]"}},
		{"the same rate", rate, "4.1,,,25,5,2000,\n", nil, nil},
		{"another average", average, "4.2,,,15.2,\"1,366\",90,\n", nil, nil},
		{"an average that is per head", average, "4.2,,,15.3,\"1,366\",90,\n", nil,
			[]string{"data/care/2017-01.csv:2:7: warning: value 15.3 is not 1,366 of 90, which is 15.2 (indicator 4.2, January 2017) [ratio-differs]"}},
		{"days", days, "4.3,,,20.1,40,2,\n", nil,
			[]string{"data/care/2017-01.csv:2:7: warning: value 20.1 is not 40 of 2, which is 20.0 (indicator 4.3, January 2017) [ratio-differs]"}},
		{"a count is no quotient", count, "1.1,,,40,3,5,\n", nil, nil},
		{"replaced by a second issue", percent, "3.2,,,18.3,22,121,\n",
			council{"data/care/2017-01.2.csv": returnHead + "3.2,,,18.2,22,121,\n"}, nil},
		{"made wrong by a second issue", percent, "3.2,,,18.2,22,121,\n",
			council{"data/care/2017-01.2.csv": returnHead + "3.2,,,18.3,22,121,\n"},
			[]string{"data/care/2017-01.2.csv:2:7: warning: value 18.3% is not 22 of 121, which is 18.2% (indicator 3.2, January 2017) [ratio-differs]"}},
		{"an earlier period, put right by a later return", percent, "3.2,2016-12,,18.2,22,121,\n3.2,,,10,1,10,\n",
			council{"data/care/2016-12.csv": returnHead + "3.2,,,28.2,22,121,\n"}, nil},
	})
}

func TestStatedYearToDateThatIsNotItsMonthsIsFound(t *testing.T) {
	of := func(unit, ytd string) string {
		return "1.1,visits,Visits,info," + unit + ",,,,," + ytd + ",,,,,\n"
	}
	tens := strings.Split("10 10 10 10 10 10 10 10 10 10", " ")
	quarters := strings.Split("25,1,4 25,1,4 25,1,4 25,1,4 25,1,4 25,1,4 25,1,4 25,1,4 25,1,4 50,8,16", " ") // 17 of 52
	with := func(list []string, i int, value string) []string {
		out := append([]string(nil), list...)
		out[i] = value
		return out
	}
	run(t, []example{
		{"another sum", of("count", "sum"), months("1.1", "2016-04", tens...) + "1.1,2016-17-YTD,,101,,,\n", nil,
			[]string{"data/care/2017-01.csv:12:18: warning: year to date 101 is stated, and its 10 months add up to 100 (indicator 1.1, April 2016 to January 2017 (year to date)) [stated-total-differs]"}},
		{"the sum", of("count", "sum"), months("1.1", "2016-04", tens...) + "1.1,2016-17-YTD,,100,,,\n", nil, nil},
		{"a month is missing", of("count", "sum"), months("1.1", "2016-05", tens[1:]...) + "1.1,2016-17-YTD,,101,,,\n", nil, nil},
		{"a month is marked", of("count", "sum"), months("1.1", "2016-04", with(tens, 3, "")[:3]...) + "1.1,2016-07,,,,,x\n" +
			months("1.1", "2016-08", tens[4:]...) + "1.1,2016-17-YTD,,101,,,\n", nil, nil},
		{"people counted once do not add up", of("distinct_count", "sum"), months("1.1", "2016-04", tens...) + "1.1,2016-17-YTD,,60,,,\n", nil, nil},
		{"another ratio", of("percent", "ratio"), months("1.1", "2016-04", quarters...) + "1.1,2016-17-YTD,,27.5,,,\n", nil,
			[]string{"data/care/2017-01.csv:12:18: warning: year to date 27.5% is stated, and its 10 months are 17 of 52, which is 32.7% (indicator 1.1, April 2016 to January 2017 (year to date)) [stated-total-differs]"}},
		{"the ratio", of("percent", "ratio"), months("1.1", "2016-04", quarters...) + "1.1,2016-17-YTD,,32.7,,,\n", nil, nil},
		{"the ratio to a whole number", of("percent", "ratio"), months("1.1", "2016-04", quarters...) + "1.1,2016-17-YTD,,33,,,\n", nil, nil},
		{"a month with nothing to divide", of("percent", "ratio"), months("1.1", "2016-04", with(quarters, 9, ",0,0")...) + "1.1,2016-17-YTD,,25,,,\n", nil, nil},
		{"a month without counts", of("percent", "ratio"), months("1.1", "2016-04", with(quarters, 9, "90")...) + "1.1,2016-17-YTD,,25.9,,,\n", nil, nil},
		{"another mean", of("days", "mean"), months("1.1", "2016-04", with(tens, 0, "10.4")...) + "1.1,2016-17-YTD,,10.1,,,\n", nil,
			[]string{"data/care/2017-01.csv:12:18: warning: year to date 10.1 is stated, and its 10 months have the mean 10.0 (indicator 1.1, April 2016 to January 2017 (year to date)) [stated-total-differs]"}},
		{"the mean", of("days", "mean"), months("1.1", "2016-04", with(tens, 0, "10.4")...) + "1.1,2016-17-YTD,,10.0,,,\n", nil, nil},
		{"not the latest", of("count", "latest"), "1.1,,,12,,,\n1.1,2016-17-YTD,,13,,,\n", nil,
			[]string{"data/care/2017-01.csv:3:18: warning: year to date 13 is stated, and the latest figure, of January 2017, is 12 (indicator 1.1, April 2016 to January 2017 (year to date)) [stated-total-differs]"}},
		{"the latest", of("count", "latest"), "1.1,,,12,,,\n1.1,2016-17-YTD,,12,,,\n", nil, nil},
		{"as reported", of("count", "reported"), months("1.1", "2016-04", tens...) + "1.1,2016-17-YTD,,101,,,\n", nil, nil},
		{"none", of("count", "none"), months("1.1", "2016-04", tens...) + "1.1,2016-17-YTD,,101,,,\n", nil, nil},
		{"not stated", of("count", "sum"), months("1.1", "2016-04", tens...), nil, nil},
		{"of an area", of("count", "sum"), strings.ReplaceAll(months("1.1", "2016-04", tens...), ",,10", ",east,10") + "1.1,2016-17-YTD,east,101,,,\n", nil,
			[]string{"data/care/2017-01.csv:12:22: warning: year to date 101 is stated, and its 10 months add up to 100 (indicator 1.1, April 2016 to January 2017 (year to date), East) [stated-total-differs]"}},
		{"in arrears", "1.1,visits,Visits,info,count,,,1,,sum,,,,,\n", months("1.1", "2016-04", tens[:9]...) + "1.1,2016-17-YTD,,91,,,\n", nil,
			[]string{"data/care/2017-01.csv:11:18: warning: year to date 91 is stated, and its 9 months add up to 90 (indicator 1.1, April to December 2016 (year to date)) [stated-total-differs]"}},
		{"another month's is another period", of("count", "sum"), months("1.1", "2016-04", tens...),
			council{"data/care/2016-12.csv": returnHead + "1.1,2016-17-YTD,,999,,,\n"}, nil},
		{"put right by a second issue", of("count", "sum"), months("1.1", "2016-04", tens...) + "1.1,2016-17-YTD,,101,,,\n",
			council{"data/care/2017-01.2.csv": returnHead + "1.1,2016-17-YTD,,100,,,\n"}, nil},
		{"by quarters", "1.1,visits,Visits,info,count,,quarterly,,,sum,,,,,\n", "1.1,2016-17-Q1,,5,,,\n1.1,2016-17-Q2,,6,,,\n1.1,2016-17-Q3,,7,,,\n1.1,2016-17-YTD,,19,,,\n", nil,
			[]string{"data/care/2017-01.csv:5:18: warning: year to date 19 is stated, and its 3 quarters add up to 18 (indicator 1.1, April 2016 to January 2017 (year to date)) [stated-total-differs]"}},
	})
}

func TestStatedCalculationThatDiffersIsFound(t *testing.T) {
	whole := "1.1,visits,Visits,info,count,,,,,,,,,,\n"
	rolling := whole + "1.2,visits,Visits in three months,info,count,,,,rolling,,,,,\"rolling('1.1', 3)\",\n"
	percent := whole + "1.3,visits,Late visits,info,count,,,,,,,,,,\n1.4,visits,Share of late visits,info,percent,,,,,,,,,\"percent('1.3', '1.1')\",\n"
	rate := whole + "1.5,visits,Visits per child,info,rate_per_10000,,,,,,,,,\"rate('1.1', population('0-17'), 10000)\",\n"
	people := council{"data/populations.csv": "population,period,value\n0-17,2016-17,4000\n"}
	older := council{"data/populations.csv": "population,period,value\n0-17,2015-16,4000\n"}
	three := months("1.1", "2016-11", "10", "10", "10")
	run(t, []example{
		{"another rolling sum", rolling, three + "1.2,,,31,,,\n", nil,
			[]string{"data/care/2017-01.csv:5:7: warning: value 31 is stated, and rolling('1.1', 3) gives 30 (indicator 1.2, January 2017) [stated-total-differs]"}},
		{"the rolling sum", rolling, three + "1.2,,,30,,,\n", nil, nil},
		{"not stated", rolling, three, nil, nil},
		{"a month is missing", rolling, months("1.1", "2016-12", "10", "10") + "1.2,,,31,,,\n", nil, nil},
		{"marked", rolling, three + "1.2,,,,,,x\n", nil, nil},
		{"another share", percent, "1.1,,,121,,,\n1.3,,,22,,,\n1.4,,,18.3,,,\n", nil,
			[]string{"data/care/2017-01.csv:4:7: warning: value 18.3% is stated, and percent('1.3', '1.1') gives 18.2% (indicator 1.4, January 2017) [stated-total-differs]"}},
		{"the share to a whole number", percent, "1.1,,,121,,,\n1.3,,,22,,,\n1.4,,,18,,,\n", nil, nil},
		{"a share of nothing", percent, "1.1,,,0,,,\n1.3,,,0,,,\n1.4,,,18,,,\n", nil, nil},
		{"another rate", rate, "1.1,,,10,,,\n1.5,,,25.1,,,\n", people,
			[]string{"data/care/2017-01.csv:3:7: warning: value 25.1 is stated, and rate('1.1', population('0-17'), 10000) gives 25.0 (indicator 1.5, January 2017) [rate-differs]"}},
		{"the rate", rate, "1.1,,,10,,,\n1.5,,,25.0,,,\n", people, nil},
		{"by an older population, which the message names", rate, "1.1,,,10,,,\n1.5,,,25.1,,,\n", older,
			[]string{"data/care/2017-01.csv:3:7: warning: value 25.1 is stated, and rate('1.1', population('0-17'), 10000) gives 25.0; population of 2015/16 (indicator 1.5, January 2017) [rate-differs]"}},
		{"no population", rate, "1.1,,,10,,,\n1.5,,,25.1,,,\n", council{"data/populations.csv": "population,period,value\n0-17,2017-18,4000\n"}, nil},
		{"put right by a second issue", rolling, three + "1.2,,,31,,,\n", council{"data/care/2017-01.2.csv": returnHead + "1.2,,,30,,,\n"}, nil},
		{"by a later operand", rolling, three + "1.2,,,30,,,\n", council{"data/care/2017-01.2.csv": returnHead + "1.1,2016-11,,12,,,\n"},
			[]string{"data/care/2017-01.csv:5:7: warning: value 30 is stated, and rolling('1.1', 3) gives 32 (indicator 1.2, January 2017) [stated-total-differs]"}},
	})
}

func TestPartsThatDoNotMakeTheWholeAreFound(t *testing.T) {
	parts := "1.1,visits,Visits,info,count,,,,,,,,,,\n" +
		"1.1:a,visits,Visits to a,info,count,,,,,,,1.1,who,,\n1.1:b,visits,Visits to b,info,count,,,,,,,1.1,who,,\n"
	fte := "1.1,visits,Staff,info,fte,,,,as_at,,,,,,\n" +
		"1.1:a,visits,Staff in a,info,fte,,,,as_at,,,1.1,team,,\n1.1:b,visits,Staff in b,info,fte,,,,as_at,,,1.1,team,,\n"
	run(t, []example{
		{"too few", parts, "1.1,,,10,,,\n1.1:a,,,4,,,\n1.1:b,,,5,,,\n", nil,
			[]string{"data/care/2017-01.csv:2:7: warning: the whole is 10 and its parts by who make 9 (indicator 1.1, January 2017) [parts-do-not-sum]"}},
		{"the whole", parts, "1.1,,,10,,,\n1.1:a,,,4,,,\n1.1:b,,,6,,,\n", nil, nil},
		{"a part is missing", parts, "1.1,,,10,,,\n1.1:a,,,4,,,\n", nil, nil},
		{"a part is missing and the other too large", parts, "1.1,,,10,,,\n1.1:a,,,11,,,\n", nil,
			[]string{"data/care/2017-01.csv:2:7: warning: the whole is 10 and its parts by who make 11 (indicator 1.1, January 2017) [parts-do-not-sum]"}},
		{"a part is withheld", parts, "1.1,,,10,,,\n1.1:a,,,4,,,\n1.1:b,,,,,,c\n", nil, nil},
		{"no part is there", parts, "1.1,,,10,,,\n", nil, nil},
		{"no whole is there", parts, "1.1,,,,,,x\n1.1:a,,,4,,,\n1.1:b,,,5,,,\n", nil, nil},
		{"in an area", parts, "1.1,,east,10,,,\n1.1:a,,east,4,,,\n1.1:b,,east,5,,,\n", nil,
			[]string{"data/care/2017-01.csv:2:11: warning: the whole is 10 and its parts by who make 9 (indicator 1.1, January 2017, East) [parts-do-not-sum]"}},
		{"of an earlier month", parts, "1.1,2016-12,,10,,,\n1.1:a,2016-12,,4,,,\n1.1:b,2016-12,,5,,,\n1.1,,,10,,,\n", nil,
			[]string{"data/care/2017-01.csv:2:14: warning: the whole is 10 and its parts by who make 9 (indicator 1.1, December 2016) [parts-do-not-sum]"}},
		{"two dimensions, one of them wrong", parts + "1.1:n,visits,New,info,count,,,,,,,1.1,age,,\n1.1:o,visits,Old,info,count,,,,,,,1.1,age,,\n",
			"1.1,,,10,,,\n1.1:a,,,4,,,\n1.1:b,,,6,,,\n1.1:n,,,1,,,\n1.1:o,,,8,,,\n", nil,
			[]string{"data/care/2017-01.csv:2:7: warning: the whole is 10 and its parts by age make 9 (indicator 1.1, January 2017) [parts-do-not-sum]"}},
		{"a companion is no part", "1.1,visits,Visits,info,count,,,,,,,,,,\n1.1:late,visits,Late,info,count,,,,,,,1.1,,,\n",
			"1.1,,,10,,,\n1.1:late,,,4,,,\n", nil, nil},
		{"people counted once", strings.ReplaceAll(parts, "count", "distinct_count"), "1.1,,,10,,,\n1.1:a,,,6,,,\n1.1:b,,,6,,,\n", nil, nil},
		{"percentages", strings.ReplaceAll(parts, "count", "percent"), "1.1,,,10,,,\n1.1:a,,,6,,,\n1.1:b,,,6,,,\n", nil, nil},
		{"a whole written to the unit", fte, "1.1,,,100,,,\n1.1:a,,,40.2,,,\n1.1:b,,,59.9,,,\n", nil, nil},
		{"a part written to the unit", fte, "1.1,,,100.1,,,\n1.1:a,,,40,,,\n1.1:b,,,59.9,,,\n", nil, nil},
		{"all to the decimal", fte, "1.1,,,100.0,,,\n1.1:a,,,40.2,,,\n1.1:b,,,59.9,,,\n", nil,
			[]string{"data/care/2017-01.csv:2:7: warning: the whole is 100.0 and its parts by team make 100.1 (indicator 1.1, January 2017) [parts-do-not-sum]"}},
		{"more decimals than are published", fte, "1.1,,,10.48,,,\n1.1:a,,,5.24,,,\n1.1:b,,,5.24,,,\n", nil, nil},
		{"put right by a second issue", parts, "1.1,,,10,,,\n1.1:a,,,4,,,\n1.1:b,,,5,,,\n",
			council{"data/care/2017-01.2.csv": returnHead + "1.1:b,,,6,,,\n"}, nil},
	})
}

func TestAreasThatDoNotMakeTheWholeAreFound(t *testing.T) {
	of := func(unit, basis string) string { return "1.1,visits,Visits,info," + unit + ",,,," + basis + ",,,,,,\n" }
	short := "1.1,,,10,,,\n1.1,,east,4,,,\n1.1,,west,5,,,\n"
	found := []string{"data/care/2017-01.csv:2:7: warning: the whole is 10 and its areas make 9: East 4, West 5 (indicator 1.1, January 2017) [areas-do-not-sum]"}
	run(t, []example{
		{"too few", of("count", "in_month"), short, nil, found},
		{"as at the end of the month", of("count", "as_at"), short, nil, found},
		{"the whole", of("count", "in_month"), "1.1,,,10,,,\n1.1,,east,4,,,\n1.1,,west,6,,,\n", nil, nil},
		{"the residual area makes it whole", of("count", "in_month"), short + "1.1,,not-specified,1,,,\n", nil, nil},
		{"the residual area is too large", of("count", "in_month"), short + "1.1,,not-specified,3,,,\n", nil,
			[]string{"data/care/2017-01.csv:2:7: warning: the whole is 10 and its areas make 12: East 4, West 5, Not specified 3 (indicator 1.1, January 2017) [areas-do-not-sum]"}},
		{"an area is missing this month", of("count", "in_month"), "1.1,2016-12,,10,,,\n1.1,2016-12,east,4,,,\n1.1,2016-12,west,6,,,\n1.1,,,10,,,\n1.1,,east,4,,,\n", nil, nil},
		{"an area is withheld", of("count", "in_month"), "1.1,,,10,,,\n1.1,,east,4,,,\n1.1,,west,,,,c\n", nil, nil},
		{"one area alone", of("count", "in_month"), "1.1,,,10,,,\n1.1,,east,4,,,\n", nil, nil},
		{"people counted once", of("distinct_count", "in_month"), short, nil, nil},
		{"percentages", of("percent", "in_month"), short, nil, nil},
		{"rolling", of("count", "rolling"), short, nil, nil},
		{"cumulative", of("count", "cumulative"), short, nil, nil},
		{"money", of("money", "in_month"), "1.1,,,£10,,,\n1.1,,east,£4,,,\n1.1,,west,£5,,,\n", nil,
			[]string{"data/care/2017-01.csv:2:7: warning: the whole is £10 and its areas make £9: East 4, West 5 (indicator 1.1, January 2017) [areas-do-not-sum]"}},
		{"money to the penny, published in pounds", of("money", "in_month"), "1.1,,,10,,,\n1.1,,east,4.60,,,\n1.1,,west,5.70,,,\n", nil, nil},
		{"put right by a second issue", of("count", "in_month"), short,
			council{"data/care/2017-01.2.csv": returnHead + "1.1,,west,6,,,\n"}, nil},
	})
}

func TestGreenThatOpensToTheBadSideIsFound(t *testing.T) {
	of := func(good string) string { return "3.2,visits,Visits in time," + good + ",percent,,,,,,,,,,\n" }
	green := func(interval string) council {
		return council{targets: "ref,period,green\n3.2,2016-17," + interval + "\n"}
	}
	value := "3.2,,,50,,,\n"
	found := func(interval, good string) []string {
		return []string{"data/care/targets.csv:2:1: warning: green is " + interval + ", and for indicator 3.2 " + good + " is good [target-polarity]"}
	}
	run(t, []example{
		{"at most where high is good", of("high"), value, green("<=95"), found("<=95", "high")},
		{"at least where high is good", of("high"), value, green(">=95"), nil},
		{"more than where low is good", of("low"), value, green(">95"), found(">95", "low")},
		{"less than where low is good", of("low"), value, green("<95"), nil},
		{"both ends", of("low"), value, green("10..20"), nil},
		{"for information", of("info"), value, green(">=95"), nil},
		{"within limits", of("within"), value, green(">=95"), nil},
		{"an end that names a figure", of("high"), value, green("<year_ago"), found("<year_ago", "high")},
		{"an end that names a figure on the good side", of("low"), value, green("<=england"), nil},
		{"put right by a row from a later month", of("high"), value,
			council{targets: "ref,period,green,from\n3.2,2016-17,<=95,\n3.2,2016-17,>=95,2017-01\n"}, nil},
		{"a row that is not in force yet", of("high"), value,
			council{targets: "ref,period,green,from\n3.2,2016-17,>=95,\n3.2,2016-17,<=95,2017-02\n"}, nil},
	})
}

func TestBenchmarkOfLongAgoIsFound(t *testing.T) {
	monthly := "3.2,visits,Visits in time,high,percent,,,,,,,,,,\n"
	annual := "3.2,visits,Visits in time,high,percent,,annual,,,,,,,,\n"
	of := func(rows ...string) council {
		return council{benchmarks: "ref,comparator,period,value\n3.2," + strings.Join(rows, "\n3.2,") + "\n"}
	}
	run(t, []example{
		{"34 months", monthly, "3.2,,,50,,,\n", of("england,2013-14,40"),
			[]string{"data/care/benchmarks.csv:2:1: warning: the newest england of indicator 3.2 ended in March 2014, 34 months before January 2017 [stale-benchmark]"}},
		{"25 months", monthly, "3.2,,,50,,,\n", of("england,2014-12,40"),
			[]string{"data/care/benchmarks.csv:2:1: warning: the newest england of indicator 3.2 ended in December 2014, 25 months before January 2017 [stale-benchmark]"}},
		{"24 months", monthly, "3.2,,,50,,,\n", of("england,2015-01,40"), nil},
		{"a newer one beside it", monthly, "3.2,,,50,,,\n", of("england,2013-14,40", "england,2015-16,41"), nil},
		{"each comparator by itself", monthly, "3.2,,,50,,,\n", of("england,2015-16,41", "neighbours,2013-14,40"),
			[]string{"data/care/benchmarks.csv:3:1: warning: the newest neighbours of indicator 3.2 ended in March 2014, 34 months before January 2017 [stale-benchmark]"}},
		{"24 months before the current year", annual, "3.2,2015-16,,50,,,\n", of("england,2013-14,40"), nil},
		{"a year older", annual, "3.2,2015-16,,50,,,\n", of("england,2012-13,40"),
			[]string{"data/care/benchmarks.csv:2:1: warning: the newest england of indicator 3.2 ended in March 2013, 36 months before 2015/16 (April 2015 to March 2016) [stale-benchmark]"}},
	})
}
