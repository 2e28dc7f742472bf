package check

import (
	"strings"
	"testing"
)

func TestFigureThatCanHardlyBeIsFound(t *testing.T) {
	of := func(unit, decimals, basis string) string {
		return "1.1,visits,Visits,high," + unit + "," + decimals + ",,," + basis + strings.Repeat(",", 6) + "\n"
	}
	found := func(place, what string) []string {
		return []string{"data/care/2017-01.csv:" + place + ": warning: " + what + " [bad-number]"}
	}
	run(t, []example{
		{"people less than none", of("count", "", ""), "1.1,,,-64,,,\n", nil, found("2:7", "value −64 is less than 0 (indicator 1.1, January 2017)")},
		{"half a person", of("distinct_count", "", ""), "1.1,,,64.5,,,\n", nil, found("2:7", "value 64.5 is no whole number, and the page shows 65 (indicator 1.1, January 2017)")},
		{"a whole number with a nought", of("count", "", ""), "1.1,,,64.0,,,\n", nil, nil},
		{"a count to a decimal", of("count", "1", ""), "1.1,,,64.5,,,\n", nil, nil},
		{"a count on average", of("count", "", "average"), "1.1,,,64.5,,,\n", nil, nil},
		{"more than all", of("percent", "", ""), "1.1,,,,95,64,\n", nil, found("2:7", "95 of 64 is more than all of them (indicator 1.1, January 2017)")},
		{"a change in per cent", of("percent", "", ""), "1.1,,,-4.2,,,\n", nil, nil},
		{"less than none of them", of("percent", "", ""), "1.1,,,,-59,64,\n", nil, found("2:7", "value −92.2% is less than 0 (indicator 1.1, January 2017)")},
		{"a decimal point left out", of("percent", "", ""), "1.1,,,922,,,\n", nil, found("2:7", "value 922% is more than 100% (indicator 1.1, January 2017)")},
		{"all", of("percent", "", ""), "1.1,,,100,,,\n1.1,2016-12,,,64,64,\n", nil, nil},
		{"of the year's target", of("percent", "", "cumulative"), "1.1,,,117,,,\n1.1,2016-12,,,96,64,\n", nil, nil},
		{"money back", of("money", "", ""), "1.1,,,-64.50,,,\n", nil, nil},
		{"again and again, in an area too", of("percent", "", ""), "1.1,2016-11,,101,,,\n1.1,2016-12,,101,,,\n1.1,2016-12,east,102,,,\n1.1,,,99,,,\n", nil,
			found("3:14", "value 101% is more than 100% (indicator 1.1, December 2016; and 2 more of its figures)")},
		{"put right by a second issue", of("percent", "", ""), "1.1,,,922,,,\n",
			council{"data/care/2017-01.2.csv": returnHead + "1.1,,,92.2,,,\n"}, nil},
	})
}
