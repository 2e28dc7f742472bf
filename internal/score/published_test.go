package score

import (
	"os"
	"strings"
	"testing"

	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/quantity"
)

// published loads the two scorecards of January 2017 that stand in data/.
func published(t *testing.T) *dataset.Data {
	t.Helper()
	var problems diag.List
	data := dataset.Load(os.DirFS("../.."), dataset.Settings{
		Areas: []dataset.Area{
			{ID: "rotherham", Name: "Rotherham"}, {ID: "north", Name: "North"}, {ID: "south", Name: "South"},
			{ID: "central", Name: "Central"}, {ID: "borough-wide-services", Name: "Borough-wide services"},
			{ID: "not-specified", Name: "Not specified", Residual: true},
		},
		Comparators: []dataset.Comparator{
			{ID: "stat_neighbour_average", Name: "Statistical neighbour average", Role: "stat_neighbours"},
			{ID: "best_stat_neighbour", Name: "Best statistical neighbour", Threshold: true},
			{ID: "national_average", Name: "England average", Role: "national"},
			{ID: "national_top_quartile", Name: "England top quartile", Threshold: true},
			{ID: "region_average", Name: "Region average"},
		},
		Scorecards: map[string]dataset.ScorecardSettings{
			"early-help":   {DefaultTolerance: quantity.Int(10), HasTolerance: true},
			"safeguarding": {},
		},
	}, &problems)
	for _, p := range problems.All() {
		t.Errorf("%s:%d:%d: %s [%s]", p.File, p.Line, p.Column, p.Message, p.Code)
	}
	return data
}

// TestPublishedScorecardsAreJudgedWhole asserts what must hold of every
// verdict on real data, whatever the figures are.
func TestPublishedScorecardsAreJudgedWhole(t *testing.T) {
	data := published(t)
	month := mustMonth("2017-01")
	ratings := map[Rating]int{}
	for _, s := range data.Scorecards {
		v := s.AsAt(month, func(dataset.Vintage) bool { return true })
		for _, ind := range v.Indicators {
			verdict := Judge(v, ind)
			checkReasons(t, verdict)
			at := s.ID + " " + ind.Ref
			ratings[verdict.RAG.Rating]++
			t.Logf("%-12s %-8s %-6s %-7s %-22s | %-5s %-11s %-5s %-18s | %s | ytd %s %v", s.ID, ind.Ref, verdict.RAG.Rating, verdict.RAG.On,
				verdict.RAG.Reason.Code, verdict.Direction.Arrow, verdict.Direction.Judgement, verdict.Direction.Standing, verdict.Direction.Reason.Code,
				readings(verdict.Latest), verdict.ToDate.Value, verdict.ToDate.Has)

			if verdict.Current.Period != verdict.Latest[len(verdict.Latest)-1].Period || len(verdict.Latest) > 3 {
				t.Errorf("%s: current %s, latest %s", at, verdict.Current.Period, readings(verdict.Latest))
			}
			if verdict.Current.Period.Last() > month {
				t.Errorf("%s: current %s has not ended", at, verdict.Current.Period)
			}
			if ind.RagOn == "none" && verdict.RAG.Rating != NotRated {
				t.Errorf("%s: rated %s, and asks for no rating", at, verdict.RAG.Rating)
			}
			isRated := verdict.RAG.Rating != NotRated
			canBe := ind.RagOn != "none" && (verdict.Current.Value || verdict.RAG.On == "ytd") && !verdict.Target.Green.IsZero()
			if isRated != canBe {
				t.Errorf("%s: rated %s (%s), green %s", at, verdict.RAG.Rating, verdict.RAG.Reason.Code, verdict.Target.Green)
			}
			if isRated != strings.Contains("green amber red", verdict.RAG.Reason.Code) && verdict.RAG.Reason.Code != RedNoAmber {
				t.Errorf("%s: %s by reason %s", at, verdict.RAG.Rating, verdict.RAG.Reason.Code)
			}
			if (verdict.Direction.Arrow == NoArrow) != (verdict.Direction.Judgement == "") {
				t.Errorf("%s: arrow %s, judgement %q", at, verdict.Direction.Arrow, verdict.Direction.Judgement)
			}
			if ind.Good == dataset.Info && strings.Contains("improvement decline no_change", verdict.Direction.Judgement) && verdict.Direction.Judgement != "" {
				t.Errorf("%s: an info measure has the judgement %s", at, verdict.Direction.Judgement)
			}
			if row, ok := v.StatedToDate(ind.Ref, v.Whole()); ok && row.Value.Has && !verdict.ToDate.Stated {
				t.Errorf("%s: the stated year to date is not shown", at)
			}
		}
	}
	t.Log(ratings)
	if ratings[Green] == 0 || ratings[Amber] == 0 || ratings[Red] == 0 || ratings[NotRated] == 0 {
		t.Errorf("every rating occurs in the published scorecards: %v", ratings)
	}
}
