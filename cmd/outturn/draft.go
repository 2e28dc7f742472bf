package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"outturn/internal/diag"
	"outturn/internal/draft"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/publish"
)

type draftCommand struct {
	Scorecard string `arg:"" help:"The scorecard's folder, such as early-help."`
	Month     string `arg:"" help:"The month, such as 2017-01."`
	Today     string `help:"The day by which publish_on is judged." placeholder:"DATE"`
}

// Run writes a first draft of each text that the month lacks. What is there is
// never written over.
func (c *draftCommand) Run(t *terminal) error {
	day, err := today(c.Today)
	if err != nil {
		return err
	}
	month, err := period.ParseMonth(c.Month)
	if err != nil {
		return usage{fmt.Errorf("%q is not a month; write it as 2017-01", c.Month)}
	}
	dir, err := t.folder()
	if err != nil {
		return err
	}
	m, err := c.month(t, dir, month, day)
	if err != nil {
		return err
	}
	texts := draft.Month(m)
	there := map[string]bool{}
	for _, text := range texts {
		if _, err := fs.Stat(dir, text.Path); err == nil {
			there[text.Path] = true
		} else if !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("looking for %s: %w", text.Path, err)
		}
	}
	// A draft beside an approved cover would be public unread.
	if m.Cover.Status == "approved" && len(there) < len(texts) {
		return usage{fmt.Errorf("the cover of %s is approved, and a draft beside it would be public with the next build; write status: draft in %s first", m.Month.Words(), texts[0].Path)}
	}
	written := 0
	for _, text := range texts {
		if there[text.Path] {
			fmt.Fprintf(t.out, "kept  %s\n", text.Path)
			continue
		}
		if err := writeText(filepath.Join(t.site, filepath.FromSlash(text.Path)), text.Markdown); err != nil {
			return err
		}
		written++
		fmt.Fprintf(t.out, "wrote %s\n", text.Path)
		if text.Section == "" {
			continue
		}
		for _, v := range draft.Unanswered(m, text.Section) {
			fmt.Fprintf(t.out, "      %s is red: say what is being done\n", v.Indicator.Ref)
		}
	}
	fmt.Fprintf(t.err, "outturn: %s written, %d kept; nothing is public before the cover is approved\n", diag.Count(written, "draft"), len(there))
	return nil
}

// month is the scorecard as at the month that is asked for.
func (c *draftCommand) month(t *terminal, dir fs.FS, month period.Month, day period.Date) (*edition.Month, error) {
	_, card, err := t.scorecard(dir, edition.Options{Today: day, AsAt: month, Drafts: true}, c.Scorecard)
	if err != nil {
		return nil, err
	}
	if first := card.Settings.FirstReport; month < first {
		return nil, usage{fmt.Errorf("%s has no report for %s: first_report is %s", c.Scorecard, month.Words(), first)}
	}
	m := card.Latest()
	if m == nil || m.Month != month || !m.View.Returned {
		return nil, usage{fmt.Errorf("%s has not been returned for %s: data/%s/%s.csv is not there", c.Scorecard, month.Words(), c.Scorecard, month)}
	}
	return m, nil
}

// writeText writes a text that is not there, with its folder.
func writeText(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("making %s: %w", path.Dir(filepath.ToSlash(name)), err)
	}
	return publish.WriteFile(name, []byte(text))
}
