package theme_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"outturn/internal/diag"
	"outturn/internal/score"
	"outturn/internal/theme"
	"outturn/themes"
)

// written are the names that each reason's sentence puts in, read from the
// words file itself.
func written(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("../../themes/civic/words/en-GB.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string][]string{}
	name := regexp.MustCompile(`\{([a-z_-]+)(?::[a-z_-]+)?\}`)
	key := ""
	for _, line := range strings.Split(string(text), "\n") {
		if !strings.HasPrefix(line, " ") {
			key, _, _ = strings.Cut(line, ":")
		}
		for _, m := range name.FindAllStringSubmatch(line, -1) {
			names[key] = append(names[key], m[1])
		}
	}
	return names
}

func TestEveryReasonHasASentenceThatReads(t *testing.T) {
	dir, err := fs.Sub(themes.FS, "civic")
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	th := theme.Load(dir, "civic", "en-GB", &problems)
	names := written(t)
	for code, known := range score.Reasons {
		for _, name := range names["reason."+code] {
			if !slices.Contains(known, name) {
				t.Errorf("the sentence of %s puts in %s, which that reason does not have: it has %s", code, name, strings.Join(known, ", "))
			}
		}
		full, least := map[string]string{}, map[string]string{}
		for _, name := range known {
			full[name] = "‹" + name + "›"
			// A target and an amber may be lacking in the table as a whole,
			// but not in a reason that is about them.
			bound := (name == "target" || name == "amber") && code != score.NoTolerance
			if bound || !slices.Contains(score.Optional, name) {
				least[name] = full[name]
			}
		}
		for _, args := range []map[string]string{full, least} {
			said := th.Sentence(code, args)
			switch {
			case said == code:
				t.Errorf("%s has no sentence", code)
			case !strings.HasSuffix(said, "."):
				t.Errorf("%s does not end its sentence: %s", code, said)
			case strings.Contains(said, "  "), strings.Contains(said, "()"), strings.Contains(said, " ."), strings.Contains(said, " ,"), strings.Contains(said, "(  "), strings.Contains(said, ": ."):
				t.Errorf("%s leaves a hole where an argument is empty: %s", code, said)
			}
		}
	}
}

func TestEveryCodeOfTheContractHasItsWord(t *testing.T) {
	dir, err := fs.Sub(themes.FS, "civic")
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	th := theme.Load(dir, "civic", "en-GB", &problems)
	// The lists are those of the contract, sections 2 and 3.
	for kind, codes := range map[string]string{
		"rating":    "green amber red none",
		"good":      "high low within info",
		"unit":      "count distinct_count percent rate_per_100 rate_per_1000 rate_per_10000 rate_per_100000 days fte average money score grade",
		"basis":     "in_month as_at cumulative rolling average projected",
		"frequency": "monthly quarterly termly annual",
		"ytd":       "sum ratio mean latest reported none",
		"rag_on":    "period ytd none",
		"status":    "live developing suspended replaced",
		"change":    "new changed last",
		"kind":      "local corporate_plan partnership national_standard",
		"state":     "set to_be_set none",
		"rule":      "tolerance benchmark milestone tolerance_and_trend",
		"mark":      "x z c p e b u low r f",
		"reason":    "late_data correction definition",
		"judgement": "improvement decline no_change increase decrease stable none",
		"side":      "better worse same higher lower",
	} {
		for _, code := range strings.Fields(codes) {
			// An unknown code is told by itself with its key missing; a word
			// that happens to equal its code ("average") is known all the same.
			if th.Sentence(kind+"."+code, nil) == kind+"."+code {
				t.Errorf("there is no word for %s.%s", kind, code)
			}
		}
	}
}
