package check

import (
	"regexp"
	"slices"
	"strings"

	"outturn/internal/prose"
	"outturn/internal/score"
)

var (
	rated         = regexp.MustCompile(`\b(?:rated|rates|rating is|rag rated|is|are|remains|remain|stays|still|turned|now|at|shown as|judged|was|were)(?: \w+)? (green|amber|red)\b`)
	targetMet     = regexp.MustCompile(`\b(?:met|meets|meeting|hit|hits|achieved|achieves|exceeded|exceeds|surpassed|exceeds|better than|on|reached|beats?|beat) (?:\w+ )?(?:\w+ )?targets?\b|\btargets?\b[^.;:]{0,100}? (?:was|is|has been|were|are|have been) (?:also |again |still |just |comfortably |therefore )?(?:met|achieved|hit|exceeded|reached|beaten)\b|\b(?:within|inside) (?:(?:the|its|our|their|this|local|national|agreed|[\d.,]+%?|days?) ){0,4}targets?\b`)
	againstTarget = regexp.MustCompile(`\b(green|amber|red) against (?:\w+ ){0,2}targets?\b`)
	targetMissed  = regexp.MustCompile(`\b(?:missed|misses|missing|failed to meet|fails to meet|did not meet|does not meet|not met|short of|not on|off|not meeting|not achieved|under-?perform\w* against) (?:\w+ )?(?:\w+ )?targets?\b|\btargets?\b[^.;:]{0,100}? (?:was|is|has been|has|were|are) (?:also |again |still |just |therefore )?(?:not met|missed|not been met|not achieved|not reached)\b`)
	aboveTarget   = regexp.MustCompile(`\b(?:above|over|higher than|exceeding) (?:[\w.%]+ ){0,3}target\b`)
	belowTarget   = regexp.MustCompile(`\b(?:below|under|lower than) (?:[\w.%]+ ){0,3}target\b`)
	tolerated     = regexp.MustCompile(`\b(?:within|inside) (?:\w+ ){0,3}tolerance\b`)
	intolerable   = regexp.MustCompile(`\b(?:outside|beyond|out of) (?:\w+ ){0,3}tolerance\b`)
	notSaid       = regexp.MustCompile(`\b(?:not|no longer|never|would|will|should|could|if|until|to be|yet)\b`)
)

// judging are the words one of which stands in every sentence about a rating.
var judging = listed("green amber red target targets tolerance tolerances")

// ratings holds what is said of a rating or a target in words against the verdict.
func (p *proof) ratings(st *statement) {
	if !slices.ContainsFunc(st.Words, func(w prose.Word) bool { return judging[w.Lower] }) {
		return
	}
	var facts []*fact
	figures := 0
	for i, f := range st.Figures {
		if f.Role == prose.Target || f.Role == prose.Change || st.isChange(i) {
			continue
		}
		figures++
		if st.results[i].blamed {
			return
		}
		for _, x := range st.results[i].facts {
			if x.kind == valueFact && x.current() && x.area == p.l.whole || x.kind == toDateFact && x.m.verdict.RAG.On == "ytd" && x.current() {
				facts = append(facts, x)
			}
		}
	}
	if figures == 0 && st.leans { // this is within tolerance
		if m, ok := st.subject(); ok {
			facts = m.facts()
			if i := slices.IndexFunc(facts, func(f *fact) bool { return f.kind == valueFact && f.current() && f.area == p.l.whole }); i >= 0 && len(st.Whens) == 0 {
				facts, figures = facts[i:i+1], 1
			}
		}
	}
	if figures != 1 || len(facts) == 0 || len(st.others) > 0 {
		return
	}
	m := facts[0].m
	for _, f := range facts[1:] {
		if f.m != m && rankOf(st.rank(-1), f.m) > rankOf(st.rank(-1), m) {
			m = f.m
		}
	}
	lower := strings.ToLower(st.Text)
	v := m.verdict
	blame := func(at []int, format string, args ...any) {
		start := st.Start + len([]rune(lower[:at[0]]))
		p.blame(st, start, start+len([]rune(lower[at[0]:at[1]])), "contradicts-data", "{{ "+m.ref()+" rag }} prints "+string(v.RAG.Rating)+"; outturn explain says how it was rated", format, args...)
	}
	if v.RAG.Rating != score.NotRated {
		at := rated.FindStringSubmatchIndex(lower)
		if at == nil {
			at = againstTarget.FindStringSubmatchIndex(lower)
		}
		if at != nil && !notSaid.MatchString(lower[:at[1]]) {
			if said := lower[at[2]:at[3]]; said != string(v.RAG.Rating) {
				blame(at[2:4], "%s is called %s, and is rated %s", m.ref(), said, v.RAG.Rating)
				return
			}
		}
	}
	value := v.Current.Published
	if v.RAG.On == "ytd" && v.ToDate.Has {
		value = v.ToDate.Value
	}
	t := v.Target
	if notSaid.MatchString(lower) && !targetMissed.MatchString(lower) || !t.Has {
		return
	}
	edge, hasEdge := t.PeriodValue.Decimal, t.PeriodValue.Has
	if !hasEdge {
		if t.Green.Low.Set != t.Green.High.Set {
			edge, hasEdge = t.Green.Low.Value, true
			if t.Green.High.Set {
				edge = t.Green.High.Value
			}
		}
	}
	switch {
	case targetMissed.MatchString(lower):
		if !t.Green.IsZero() && t.Green.Contains(value) {
			blame(targetMissed.FindStringIndex(lower), "%s is said to have missed its target, and %s meets it (%s)", m.ref(), m.ind.Format(value), t.Green.Words(m.ind.Unit))
		}
	case targetMet.MatchString(lower):
		if !t.Green.IsZero() && !t.Green.Contains(value) {
			blame(targetMet.FindStringIndex(lower), "%s is said to have met its target, and %s does not (%s)", m.ref(), m.ind.Format(value), t.Green.Words(m.ind.Unit))
		}
	case hasEdge && aboveTarget.MatchString(lower):
		if value.Cmp(edge) < 0 {
			blame(aboveTarget.FindStringIndex(lower), "%s is said to be above its target, and %s is below %s", m.ref(), m.ind.Format(value), m.ind.Unit.Format(edge))
		}
	case hasEdge && belowTarget.MatchString(lower):
		if value.Cmp(edge) > 0 {
			blame(belowTarget.FindStringIndex(lower), "%s is said to be below its target, and %s is above %s", m.ref(), m.ind.Format(value), m.ind.Unit.Format(edge))
		}
	case intolerable.MatchString(lower):
		if v.RAG.Rating == score.Amber || v.RAG.Rating == score.Green {
			blame(intolerable.FindStringIndex(lower), "%s is said to be outside tolerance, and %s is rated %s", m.ref(), m.ind.Format(value), v.RAG.Rating)
		}
	case tolerated.MatchString(lower):
		if v.RAG.Rating == score.Red && v.RAG.On != "none" {
			blame(tolerated.FindStringIndex(lower), "%s is said to be within tolerance, and %s is rated red", m.ref(), m.ind.Format(value))
		}
	}
}
