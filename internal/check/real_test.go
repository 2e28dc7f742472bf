package check

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"outturn/internal/anytown"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/score"
)

// The site of this repository is real: two scorecards as published, errors
// included. Its findings are worked out here a second time, as simply as can be
// and from the CSV rows alone, and the two lists must agree. Nothing is typed in.
func TestFindingsOnTheRealDataAreThoseOfASecondReckoning(t *testing.T) {
	const root = "../.."
	var loading, found diag.List
	e := edition.Load(os.DirFS(root), anytown.Civic(), edition.Options{Drafts: true}, &loading)
	if loading.Errors() > 0 {
		t.Fatalf("the real site has errors: %v", anytown.Lines(loading.All()))
	}
	Data(e, &found)
	var got []string
	for _, p := range found.All() {
		got = append(got, finding(p.Code, p.File, p.Line, p.Message))
	}
	var want []string
	for _, s := range e.Scorecards {
		r := reckon(t, root, s.ID)
		r.all(s.Latest().Month)
		want = append(want, r.found...)
		want = append(want, unanswered(t, root, s)...)
	}
	slices.Sort(got)
	slices.Sort(want)
	if len(want) == 0 {
		t.Fatal("the second reckoning found nothing: it is not looking")
	}
	for _, f := range got {
		if !slices.Contains(want, f) {
			t.Errorf("found by check alone: %s", f)
		}
	}
	for _, f := range want {
		if !slices.Contains(got, f) {
			t.Errorf("found by the second reckoning alone: %s", f)
		}
	}
	if len(got) != len(want) {
		t.Errorf("check has %d findings, the second reckoning %d", len(got), len(want))
	}
}

// finding is a finding without its wording: its code, its place, and the measure
// that a finding on a whole file is about.
func finding(code, file string, line int, message string) string {
	text := fmt.Sprintf("%s %s:%d", code, filepath.ToSlash(file), line)
	if line == 0 {
		text += " " + regexp.MustCompile(`indicator (\S+)`).FindStringSubmatch(message)[1]
	}
	return text
}

// unanswered are the reds whose section's text for the month has no paragraph
// with the measure in braces. The ratings are taken as they are: score has tests
// of its own. There are no actions in the real data.
func unanswered(t *testing.T, root string, s *edition.Scorecard) []string {
	var list []string
	m := s.Latest()
	for _, v := range m.Measures() {
		if v.RAG.Rating != score.Red {
			continue
		}
		file := filepath.Join("content", s.ID, m.Month.String(), v.Indicator.Section+".md")
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		answered := false
		for _, line := range strings.Split(string(text), "\n") {
			answered = answered || !strings.HasPrefix(line, "|") && strings.Contains(line, "{{ "+v.Indicator.Ref+" ")
		}
		if !answered {
			list = append(list, finding("red-without-answer", file, 0, "indicator "+v.Indicator.Ref))
		}
	}
	return list
}
