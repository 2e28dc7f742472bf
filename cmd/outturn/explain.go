package main

import (
	"fmt"
	"io"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/score"
	"outturn/internal/theme"
)

type explainCommand struct {
	Scorecard string `arg:"" help:"The scorecard's folder, such as early-help."`
	Ref       string `arg:"" help:"The measure's reference, such as 3.2."`
	AsAt      string `help:"As at this month." placeholder:"MONTH"`
	Today     string `help:"The day by which publish_on is judged." placeholder:"DATE"`
}

// Run says of one figure what it is, how it was rated, where it is going.
func (c *explainCommand) Run(t *terminal) error {
	day, err := today(c.Today)
	if err != nil {
		return err
	}
	month, err := asAt(c.AsAt)
	if err != nil {
		return err
	}
	dir, err := t.folder()
	if err != nil {
		return err
	}
	ed, card, err := t.scorecard(dir, edition.Options{Today: day, AsAt: month, Drafts: true}, c.Scorecard)
	if err != nil {
		return err
	}
	m := card.Latest()
	if m == nil {
		return usage{fmt.Errorf("%s has no report by then", c.Scorecard)}
	}
	v := m.Verdict(c.Ref)
	if v == nil {
		var refs []string
		for _, ind := range m.View.Indicators {
			refs = append(refs, ind.Ref)
		}
		hint := ""
		if near := diag.Nearest(c.Ref, refs); near != "" {
			hint = "; did you mean " + near + "?"
		}
		return usage{fmt.Errorf("%s has no measure %q as at %s%s", c.Scorecard, c.Ref, m.Month.Words(), hint)}
	}
	return explain(t.out, ed.Theme, m, v)
}

func explain(w io.Writer, words *theme.Theme, m *edition.Month, v *score.Verdict) error {
	say := func(r score.Reason) string { return words.Say(r.Code, r.Args()) }
	var b strings.Builder
	ind := v.Indicator
	fmt.Fprintf(&b, "%s %s\n", ind.Ref, ind.Name)
	fmt.Fprintf(&b, "%s, as at %s", m.Scorecard.Title, m.Month.Words())
	if m.Issue > 1 {
		fmt.Fprintf(&b, ", issue %d", m.Issue)
	}
	if m.Draft {
		b.WriteString(", not released")
	}
	fmt.Fprintf(&b, "\n%s; %s; %s\n\n", words.Word("good", ind.Good.String()), words.Word("unit", ind.Unit.String()), words.Word("basis", ind.Basis))

	fmt.Fprintf(&b, "Rating: %s\n", words.Word("rating", string(v.RAG.Rating)))
	for i, step := range v.RAG.Steps {
		fmt.Fprintf(&b, "  %d. %s\n", i+1, say(step))
	}
	if len(v.RAG.Steps) == 0 {
		fmt.Fprintf(&b, "  %s\n", say(v.RAG.Reason))
	}
	fmt.Fprintf(&b, "\nDirection of travel: %s\n  %s\n", edition.DirectionWords(words.Word, v.Direction), say(v.Direction.Reason))
	if !v.ToDate.Period.IsZero() {
		fmt.Fprintf(&b, "\nYear to date\n  %s\n", say(v.ToDate.Reason))
	}
	if len(v.Compared) > 0 {
		b.WriteString("\nBeside it\n")
		for _, c := range v.Compared {
			if c.Benchmark.Value.Has {
				fmt.Fprintf(&b, "  %s: %s (%s)\n", c.Comparator.Name, ind.Format(c.Benchmark.Value.Decimal), c.Benchmark.Period.Short())
			}
		}
	}
	if p := v.Current.Figure.Place; p.File != "" {
		fmt.Fprintf(&b, "\nFrom %s:%d", p.File, p.Line)
		if t := v.Target.Row.Place; v.Target.Has {
			fmt.Fprintf(&b, " and %s:%d", t.File, t.Line)
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
