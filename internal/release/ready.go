package release

import (
	"fmt"
	"slices"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// Readiness is how a checklist ended, in words that can be read aloud.
type Readiness struct {
	Today   period.Date
	Stops   int      // things that stop the release
	Asks    int      // things that ask
	Before  int      // questions about what is public as it is: not asked again
	Against string   // the place that it was held against; "": public/, where builds are put
	First   bool     // nothing stands that can be compared
	New     []string // what the public has not seen
	Changed int      // public pages and files that would change
	Pages   bool     // the pages could be made

	kinds []readyKind
}

type readyKind struct {
	stops bool
	words [2]string // one, several
	n     int
}

// Ready reports whether nothing stops the release.
func (r Readiness) Ready() bool { return r.Stops == 0 }

// itself reports whether a build was held against that very build. Then nothing
// could be found of what its readers have, and nothing is said to be ready.
func (r Readiness) itself() bool {
	return r.Against == "" && !r.First && r.Pages && len(r.New) == 0 && r.Changed == 0
}

// plainWords name what a code finds, one and several. A code that is not here
// counts among the errors of the inputs, or the other findings.
var plainWords = map[string][2]string{
	"short-notice":          {"paper with less than five clear days before its meeting", "papers with less than five clear days before their meeting"},
	"notice-due":            {"paper for a coming meeting that is still to be published", "papers for a coming meeting that are still to be published"},
	"notice-changed":        {"meeting whose time or place changes at short notice", "meetings whose time or place change at short notice"},
	"notice-undated":        {"paper that does not say since when it is public", "papers that do not say since when they are public"},
	"urgent-reason":         {"urgent item without the chair's reason", "urgent items without the chair's reason"},
	"quiet-period":          {"quiet period of the calendar", "quiet periods of the calendar"},
	"late-return":           {"return that is late", "returns that are late"},
	"missing-return":        {"figure or return that is due and is not there", "figures or returns that are due and are not there"},
	"red-without-answer":    {"red measure without an answer", "red measures without an answer"},
	"unsourced-figure":      {"typed figure without a source", "typed figures without a source"},
	"contradicts-data":      {"sentence that contradicts the figures", "sentences that contradict the figures"},
	"contradicts-itself":    {"text that contradicts itself", "texts that contradict themselves"},
	"direction-contradicts": {"sentence that says a figure went the other way", "sentences that say a figure went the other way"},
	"stale-figure":          {"figure of another month in a text", "figures of another month in a text"},
	"stale-commentary":      {"text that may be out of date", "texts that may be out of date"},
	"promise-due":           {"promise that has come due", "promises that have come due"},
	"small-number-in-prose": {"small number of people in a text", "small numbers of people in a text"},
	"percent-or-points":     {"text that says % for percentage points", "texts that say % for percentage points"},
	"broken-link":           {"link that leads nowhere", "links that lead nowhere"},
	"unused-file":           {"file that nothing names", "files that nothing names"},
	"unknown-status":        {"action whose status is not a known word", "actions whose status is not a known word"},
	"missing-alt":           {"picture without words", "pictures without words"},
	"skipped-heading":       {"heading that skips a level", "headings that skip a level"},
	"empty-heading":         {"heading without words", "headings without words"},
	"first-heading":         {"page without one first heading", "pages without one first heading"},
	"table-without-heads":   {"table without heads", "tables without heads"},
	"empty-link":            {"link without words", "links without words"},
	"link-words":            {"link whose words do not say where it leads", "links whose words do not say where they lead"},
	"no-language":           {"page that does not name its language", "pages that do not name their language"},
	"no-title":              {"page without a title", "pages without a title"},
	"public-figure":         {"change of public figures without a new issue", "changes of public figures without a new issue"},
	"public-correction":     {"public correction that would be taken out", "public corrections that would be taken out"},
	"public-words":          {"public text that would change without a dated note", "public texts that would change without a dated note"},
	"public-gone":           {"public page that would be gone", "public pages that would be gone"},
	"issue-undated":         {"new issue without its day", "new issues without their day"},
	"issue-unexplained":     {"correction without a reason", "corrections without a reason"},
	"snapshot-changed":      {"frozen snapshot that would change", "frozen snapshots that would change"},
	"snapshot-shows":        {"text that is kept back and stands in a public snapshot", "texts that are kept back and stand in a public snapshot"},
	"snapshot-gone":         {"frozen snapshot that would be gone", "frozen snapshots that would be gone"},
	"past-changed":          {"published row or rule that reads otherwise than its snapshot", "published rows or rules that read otherwise than their snapshot"},
	"stale-benchmark":       {"benchmark that is old", "benchmarks that are old"},
	"figures-disagree":      {"file with figures that do not agree with each other", "files with figures that do not agree with each other"},
	"ratio-differs":         {"figure that is not what its counts give", "figures that are not what their counts give"},
	"stated-total-differs":  {"total that is not what its figures give", "totals that are not what their figures give"},
	"rate-differs":          {"rate that is not what its figures give", "rates that are not what their figures give"},
	"parts-do-not-sum":      {"whole that is not the sum of its parts", "wholes that are not the sum of their parts"},
	"areas-do-not-sum":      {"whole that is not the sum of its areas", "wholes that are not the sum of their areas"},
}

// count adds one finding.
func (r *Readiness) count(p diag.Problem) {
	stops := p.Severity == diag.Error
	words, ok := plainWords[p.Code]
	switch {
	case !ok && stops:
		words = [2]string{"error in the inputs", "errors in the inputs"}
	case !ok:
		words = [2]string{"other finding", "other findings"}
	}
	if stops {
		r.Stops++
	} else {
		r.Asks++
	}
	i := slices.IndexFunc(r.kinds, func(k readyKind) bool { return k.stops == stops && k.words == words })
	if i < 0 {
		i = len(r.kinds)
		r.kinds = append(r.kinds, readyKind{stops: stops, words: words})
	}
	r.kinds[i].n++
}

// String is the end of the checklist, a line each: the verdict last.
func (r Readiness) String() string {
	var b strings.Builder
	switch {
	case !r.Pages:
		b.WriteString("Not every page could be made, so that links, accessibility, meetings and what is public were not looked at in full.\n")
	case r.First && r.Against != "":
		fmt.Fprintf(&b, "Nothing of this site is at %s yet, so everything counts as new.\n", r.Against)
	case r.First:
		b.WriteString("No build stands in public/ to compare with, so everything counts as new.\n")
	case r.itself():
		b.WriteString("It was held against public/, which is this very build: what its readers have now was not looked at.\n" +
			"outturn check --release --against TARGET looks at it, and outturn publish TARGET does.\n")
	case len(r.New) == 0 && r.Changed == 0:
		fmt.Fprintf(&b, "Nothing is new: %s has the site as it would be built.\n", r.Against)
	default:
		if len(r.New) > 0 {
			fmt.Fprintf(&b, "New to the public: %s.\n", strings.Join(r.New, "; "))
		}
		if r.Changed > 0 {
			fmt.Fprintf(&b, "%s would change.\n", counted(r.Changed, "public page or file", "public pages and files"))
		}
	}
	for _, stops := range []bool{true, false} {
		head := "It asks about:\n"
		if stops {
			head = "What stops it:\n"
		}
		for _, k := range r.kinds {
			if k.stops == stops {
				b.WriteString(head + "  " + counted(k.n, k.words[0], k.words[1]) + "\n")
				head = ""
			}
		}
	}
	if r.Before > 0 {
		fmt.Fprintf(&b, "%s about what is public as it is; outturn check lists them.\n", counted(r.Before, "more finding is", "more findings are"))
	}
	switch on := r.Today.Words(); {
	case r.itself() && r.Stops == 0 && r.Asks > 0:
		fmt.Fprintf(&b, "Nothing in this build stops it on %s; look at %s.", on, counted(r.Asks, "thing that asks", "things that ask"))
	case r.itself() && r.Stops == 0:
		fmt.Fprintf(&b, "Nothing in this build stops it on %s.", on)
	case r.Stops > 0 && r.Asks > 0:
		fmt.Fprintf(&b, "Not ready to publish on %s: %s, %s.", on, counted(r.Stops, "thing stops", "things stop")+" it", counted(r.Asks, "asks", "ask"))
	case r.Stops > 0:
		fmt.Fprintf(&b, "Not ready to publish on %s: %s it.", on, counted(r.Stops, "thing stops", "things stop"))
	case r.Asks > 0:
		fmt.Fprintf(&b, "Ready to publish on %s, once you have looked at %s.", on, counted(r.Asks, "thing that asks", "things that ask"))
	default:
		fmt.Fprintf(&b, "Ready to publish on %s.", on)
	}
	return b.String()
}

func counted(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}
