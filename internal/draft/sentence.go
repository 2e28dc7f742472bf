package draft

import (
	"fmt"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/quantity"
	"outturn/internal/score"
)

// ref binds a figure: ref("change") is {{ 3.2 change }}.
func (s *subject) ref(words ...string) string {
	return "{{ " + strings.Join(append([]string{s.Indicator.Ref}, words...), " ") + " }}"
}

// figure is the current figure, a percentage with the counts behind it.
func (s *subject) figure() string {
	if f := s.Current.Figure; s.Indicator.Unit == quantity.Percent && f.Numerator.Has && f.Denominator.Has {
		return s.ref() + " (" + s.ref("of") + ")"
	}
	return s.ref()
}

// timing is how a sentence says its periods: in full where the paragraph has
// not named the month, else as the month before. What is counted on a day
// stood at its end; its change is still the month's.
type timing struct {
	now, before string // "at the end of January 2017" or ""; "in December 2016", "the month before"
	over, from  string // of a change: "in January 2017" or ""; "in December 2016", "the month before"
}

func (s *subject) timing(named bool) timing {
	now, before := s.Current.Period, s.Previous.Period
	t := timing{now: when(s.Indicator, now), before: when(s.Indicator, before), over: "in " + now.Words(), from: "in " + before.Words()}
	month := period.OfMonth(s.Month)
	if named && now == month {
		t.now, t.over = "", ""
		if before == month.Step(-1) {
			t.before, t.from = "the month before", "the month before"
		}
	}
	return t
}

// better tells which way a change went, in words that belong to what is good.
func (s *subject) better(turn int) string {
	within := s.Indicator.Good == dataset.Within
	switch s.Direction.Judgement {
	case "improvement":
		if within {
			return ", nearer to what is wanted"
		}
		return [...]string{", which is better", ", a change for the better"}[turn%2]
	case "decline":
		if within {
			return ", further from what is wanted"
		}
		return [...]string{", which is worse", ", a change for the worse"}[turn%2]
	}
	return ""
}

// movement says the figure, how it moved, and its rating. turn chooses among
// patterns that say the same.
func (s *subject) movement(turn int, named bool) string {
	n, t := s.name(), s.timing(named)
	now, over := spaced(t.now), spaced(t.over)
	var text string
	switch {
	case !s.Current.Value:
		return s.ratedToDate(n)
	case !s.News:
		text = [...]string{
			fmt.Sprintf("Nothing newer has come for %s than %s %s", unframed(n), s.figure(), when(s.Indicator, s.Current.Period)),
			fmt.Sprintf("The newest figure for %s is still that %s, %s", unframed(n), when(s.Indicator, s.Current.Period), s.figure()),
		}[turn%2]
	case !s.compared():
		text = [...]string{
			fmt.Sprintf("%s stood at %s%s", capital(n), s.figure(), now),
			fmt.Sprintf("%s came to %s%s", capital(n), s.figure(), now),
		}[turn%2]
	case s.Direction.Change.Decimal.Sign() == 0:
		text = [...]string{
			fmt.Sprintf("%s stood at %s%s and %s from %s", capital(n), s.figure(), now, s.ref("moved"), bare(t.before)),
			fmt.Sprintf("At %s%s, %s %s from %s", s.figure(), now, n, s.ref("moved"), bare(t.before)),
		}[turn%2]
	default:
		text = [...]string{
			fmt.Sprintf("%s %s%s, from %s %s to %s", capital(n), s.ref("moved"), over, s.ref("previous"), t.from, s.figure()),
			fmt.Sprintf("%s stood at %s%s, after %s %s", capital(n), s.figure(), now, s.ref("previous"), t.before),
			fmt.Sprintf("%s came to %s%s, where %s it was %s", capital(n), s.figure(), now, t.before, s.ref("previous")),
			fmt.Sprintf("From %s %s, %s %s to %s%s", s.ref("previous"), t.from, n, s.ref("moved"), s.figure(), over),
		}[turn%4] + s.better(turn/2)
	}
	if rated := s.rating(turn); rated != "" {
		text += ": " + rated
	}
	return text + "."
}

// compared reports whether the figure can be held against the one before: both
// are there, and no break lies between.
func (s *subject) compared() bool {
	return s.Current.Value && s.Previous.Value && s.Direction.Change.Has
}

// byToDate reports whether the rating is of a year to date that is another
// figure than the current one.
func (s *subject) byToDate() bool {
	return s.RAG.On == "ytd" && s.ToDate.Has && s.Indicator.YTD != "latest"
}

// ratedToDate is said of a measure that is rated by its year to date and has no
// figure for the period.
func (s *subject) ratedToDate(name string) string {
	if !s.byToDate() {
		return ""
	}
	return fmt.Sprintf("There is no figure for %s %s; %s.", unframed(name), when(s.Indicator, s.Current.Period), s.rating(0))
}

func spaced(text string) string {
	if text == "" {
		return ""
	}
	return " " + text
}

// bare is a period without its preposition: "from December 2016".
func bare(when string) string {
	for _, p := range []string{"in ", "at ", "for "} {
		if rest, ok := strings.CutPrefix(when, p); ok {
			return rest
		}
	}
	return when
}

// aim says what is wanted: "against a target of {{ 3.2 target }}". "" where
// nothing is set that can be bound.
func (s *subject) aim() string {
	t := s.Target
	switch {
	case edition.TargetText(s.Indicator, t) == "" || t.Row.By != 0:
		return ""
	case t.Row.Linear:
		return "on the way to " + s.ref("target") + " for the whole year"
	case t.Value.Has:
		return "against a target of " + s.ref("target")
	case !t.Green.IsZero():
		return "where " + s.ref("target") + " is wanted"
	}
	return ""
}

// rating says the rating and the target, and what the rating was, as the second
// half of a sentence.
func (s *subject) rating(turn int) string {
	if s.RAG.Rating == score.NotRated {
		return ""
	}
	rag, aim := s.ref("rag"), s.aim()
	var text string
	switch {
	case s.byToDate():
		text = "the year to date, " + s.ref("ytd") + ", is " + rag + spaced(aim)
	case s.RAG.ByHand:
		text = "the service has rated it " + rag + spaced(aim)
	case strings.HasPrefix(aim, "against") && turn%2 == 1:
		text = aim + " it is " + rag
	case strings.HasPrefix(aim, "where"):
		text = "it is " + rag + ", " + aim
	default:
		text = "it is " + rag + spaced(aim)
	}
	if s.was != "" {
		text += ", and " + s.wasIn + " " + string(s.was)
	}
	return text
}

// beside holds the figure against a year before, and against the first
// comparator that is an average: ways of saying it.
func (s *subject) beside() []string {
	comparator := ""
	for _, c := range s.Compared {
		if !c.Comparator.Threshold && c.Benchmark.Value.Has {
			comparator = "the " + comparatorName(c.Comparator.Name) + " was " + s.ref(c.Comparator.ID) + " for " + c.Benchmark.Period.Words()
			break
		}
	}
	if _, broken := s.month.View.BreakBetween(s.Indicator.Ref, s.month.View.Whole(), s.YearAgo.Period, s.Current.Period); broken || !s.YearAgo.Value || !s.News || s.YearAgo.Period == s.Previous.Period {
		if comparator == "" {
			return nil
		}
		return []string{capital(comparator) + ".", "To compare: " + comparator + ".", "Beside it, " + comparator + "."}
	}
	ago, tail := s.ref("year_ago"), "."
	if comparator != "" {
		tail = ", and " + comparator + "."
	}
	return []string{
		"A year earlier it was " + ago + tail,
		"Twelve months before, it had been " + ago + tail,
		"It was " + ago + " " + when(s.Indicator, s.YearAgo.Period) + tail,
		"The figure of a year ago was " + ago + tail,
		"The year before, it stood at " + ago + tail,
	}
}

// toDate says the year to date of what is counted month by month: ways of
// saying it.
func (s *subject) toDate() []string {
	t := s.ToDate
	if !t.Has || s.Indicator.YTD == "latest" || s.RAG.On == "ytd" || !s.News || s.Indicator.Basis != "in_month" {
		return nil
	}
	since, ytd := t.Period.First().Words(), s.ref("ytd")
	if s.Indicator.Unit == quantity.Count || s.Indicator.Unit == quantity.Money {
		return []string{
			"Since " + since + " it comes to " + ytd + ".",
			"The year to date, from " + since + ", makes " + ytd + ".",
			"Together with the months since " + since + " that is " + ytd + ".",
		}
	}
	return []string{
		"For the year to date it is " + ytd + ".",
		"Over the year since " + since + " it is " + ytd + ".",
		"Taking all months from " + since + ", it is " + ytd + ".",
	}
}

// answer says the open corrective actions of a red: what, whose, by when.
func (s *subject) answer() string {
	var out []string
	for _, a := range s.month.CorrectiveActions(s.Indicator.Ref) {
		if !open(a) {
			continue
		}
		text := "Action " + escape(a.Ref) + ", “" + escape(strings.TrimRight(a.Action, ".")) + "”, answers it"
		var facts []string
		if a.Lead != "" {
			facts = append(facts, escape(a.Lead))
		}
		switch {
		case a.HasDue && a.DueOn <= s.Month.LastDay():
			facts = append(facts, "was due on "+a.DueOn.Words())
		case a.HasDue:
			facts = append(facts, "due on "+a.DueOn.Words())
		case a.Due != "":
			facts = append(facts, "due: "+escape(a.Due))
		}
		if len(facts) > 0 {
			text += " (" + strings.Join(facts, "; ") + ")"
		}
		out = append(out, text+".")
	}
	return strings.Join(out, " ")
}

func open(a dataset.Action) bool { return !edition.Closed(a) }
