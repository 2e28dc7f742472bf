package score

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

var order = map[Rating]int{Red: 1, Amber: 2, Green: 3}

// For a one-sided green a better figure never gets a worse rating, by any rule.
func TestBetterFigureNeverGetsAWorseRating(t *testing.T) {
	for _, c := range []struct {
		rule    string
		targets []string
	}{
		{"tolerance", []string{"2016-17,70"}},
		{"tolerance", []string{"2016-17,70,,linear"}},
		{"tolerance", []string{"2016-17,70,GREEN70,AMBER60"}},
		{"benchmark", []string{"2016-17,70"}},
		{"milestone", []string{"2016-17,60,,,,2016-09", "2016-17,70,,,,2017-03"}},
		{"tolerance_and_trend", []string{"2016-17,70"}},
	} {
		for _, good := range []string{"high", "low"} {
			signs := strings.NewReplacer("GREEN", ">", "AMBER", ">=", ",,linear", ",,,linear")
			if good == "low" {
				signs = strings.NewReplacer("GREEN", "<", "AMBER", "<=", "AMBER60", "<=80", ",,linear", ",,,linear")
			}
			var targets []string
			for _, row := range c.targets {
				row = signs.Replace(row)
				if good == "low" {
					row = strings.ReplaceAll(row, "<=60", "<=80")
				}
				targets = append(targets, row)
			}
			last := 0
			for value := 40; value <= 90; value++ {
				value := value
				if good == "low" {
					value = 130 - value
				}
				v := rated{
					good: good, more: "period," + c.rule + ",,", targets: targets, tolerance: "10",
					lines:      []string{fmt.Sprintf("2017-01 %d", value), "2016-01 65"},
					benchmarks: []string{"neighbours,2015-16,66", "england,2015-16,72"},
				}.judge(t)
				rating, ok := order[v.RAG.Rating]
				if !ok {
					t.Fatalf("%s %s %v: %d is rated %s (%s)", c.rule, good, targets, value, v.RAG.Rating, v.RAG.Reason.Code)
				}
				if rating < last {
					t.Errorf("%s %s %v: %d is better and rated worse, %s", c.rule, good, targets, value, v.RAG.Rating)
				}
				last = rating
			}
			if last != order[Green] {
				t.Errorf("%s %s: the best figure is not green", c.rule, good)
			}
		}
	}
}

// Figures and targets in other units (all times ten) give the same judgements.
func TestScalingUnitsChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2)) // the same cases every time
	for range 60 {
		good := []string{"high", "low", "within", "info"}[random.IntN(4)]
		rule := []string{"tolerance", "benchmark", "tolerance_and_trend"}[random.IntN(3)]
		target, before, now := 20+random.IntN(60), random.IntN(100), random.IntN(100)
		england, yearAgo, spread := random.IntN(100), random.IntN(100), 1+random.IntN(9)
		judged := func(times int) Verdict {
			return rated{
				good: good, unit: "count", more: "period," + rule + ",,", tolerance: "10",
				targets:    []string{fmt.Sprintf("2016-17,%d,%d..%d", times*target, times*(target-spread), times*(target+spread))},
				lines:      []string{fmt.Sprintf("2017-01 %d", times*now), fmt.Sprintf("2016-12 %d", times*before), fmt.Sprintf("2016-01 %d", times*yearAgo)},
				benchmarks: []string{fmt.Sprintf("england,2015-16,%d", times*england)},
			}.judge(t)
		}
		a, b := judged(1), judged(10)
		if verdictOf(a) != verdictOf(b) || directionOf(a) != directionOf(b) || a.Compared[0].Side != b.Compared[0].Side {
			t.Errorf("%s %s target %d±%d, %d after %d: %s %s, times ten %s %s", good, rule, target, spread, now, before,
				verdictOf(a), directionOf(a), verdictOf(b), directionOf(b))
		}
	}
}
