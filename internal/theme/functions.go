package theme

import (
	"fmt"
	"html/template"
	"strings"
)

// functions are what layouts may call beside html/template's own.
func (t *Theme) functions() template.FuncMap {
	return template.FuncMap{
		"word":    t.Word,
		"say":     t.say,
		"moved":   t.moved,
		"shape":   shape,
		"arrow":   arrow,
		"bar":     bar,
		"args":    args,
		"final":   final,
		"columns": columns,
		"annual":  annual,
		"plain":   func(f Figure) string { return plain(&f) },
		"bare":    func(f Figure) string { return bare(&f) },
		"nth":     nth,
		"address": address,
	}
}

// say is Sentence for layouts: say "home.count" "n" "83".
func (t *Theme) say(code string, pairs ...string) (string, error) {
	if len(pairs)%2 != 0 {
		return "", fmt.Errorf("say %q: names and values come in pairs", code)
	}
	named := make(map[string]string, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		named[pairs[i]] = pairs[i+1]
	}
	return t.Sentence(code, named), nil
}

// moved is the words beside an arrow: "Worse, off target". The words tell the
// rating where there is one, since a fall that stays within the target is
// another thing than one that does not (contract, section 3).
func (t *Theme) moved(d Direction) string {
	if d.Judgement == "" {
		return t.Word("judgement", "none")
	}
	if d.Standing != "" {
		if _, ok := t.words["judgement."+d.Judgement+"."+d.Standing]; ok {
			return t.Word("judgement", d.Judgement+"."+d.Standing)
		}
	}
	return t.Word("judgement", d.Judgement)
}

// shape is the sign of a rating: it must be told without colour.
func shape(code string) string {
	switch code {
	case "green":
		return "●"
	case "amber":
		return "▲"
	case "red":
		return "■"
	}
	return "○"
}

// arrow is the sign of a direction.
func arrow(code string) string {
	switch code {
	case "up":
		return "▲"
	case "down":
		return "▼"
	case "stable":
		return "►"
	}
	return ""
}

// barWidth is the width of a bar's drawing. The stylesheet stretches it.
const barWidth = 1000

// bar draws counts as one proportional bar. It is hidden from screen readers:
// the numbers stand beside it. Widths are whole units worked out from running
// totals, so that they always add up to the whole.
func bar(c Counts) template.HTML {
	total := c.Green + c.Amber + c.Red + c.None
	if total == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="bar" viewBox="0 0 %d 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">`, barWidth)
	before := 0
	for _, part := range []struct {
		class string
		count int
	}{{"green", c.Green}, {"amber", c.Amber}, {"red", c.Red}, {"none", c.None}} {
		if part.count == 0 {
			continue
		}
		from, to := before*barWidth/total, (before+part.count)*barWidth/total
		fmt.Fprintf(&b, `<rect class="bar-%s" x="%d" y="0" width="%d" height="12"/>`, part.class, from, to-from)
		before += part.count
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// args gathers named values for a partial: template "figure" (args "Figure" . "Quiet" true).
func args(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("args: names and values come in pairs")
	}
	named := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("args: %v is not a name", pairs[i])
		}
		named[name] = pairs[i+1]
	}
	return named, nil
}

// final reports whether i is the last index of a list of n.
func final(i, n int) bool { return i == n-1 }

// nth counts from 1 what a range counts from 0.
func nth(i int) int { return i + 1 }

// address lets a mailbox break after its @ and its dots, and nowhere else, where
// the line is short. Any other text is left as it is.
func address(text string) template.HTML {
	safe := template.HTMLEscapeString(text)
	if !strings.Contains(text, "@") || strings.ContainsAny(text, " \t\n") {
		return template.HTML(safe)
	}
	return template.HTML(addressBreaks.Replace(safe))
}

var addressBreaks = strings.NewReplacer("@", "@<wbr>", ".", ".<wbr>")

// columns counts the columns of a scorecard, for the head of a group.
func columns(s Scorecard) int {
	const fixed = 8 // indicator, trend, direction, rating, year to date, target, green, amber
	n := fixed + len(s.Periods) + len(s.Years) + len(s.Comparators)
	if annual(s) {
		n++
	}
	return n
}

// annual reports whether any row has a figure that stands under no year.
func annual(s Scorecard) bool {
	for _, section := range s.Sections {
		for _, row := range section.Rows {
			if len(row.Annual) > 0 {
				return true
			}
		}
	}
	return false
}

// plain is the text of a figure that has nothing else to say, else "".
func plain(f *Figure) string {
	if f.Count != "" {
		return ""
	}
	return bare(f)
}

// bare is the text of a figure that has nothing else to say but its count, else
// "". Most cells of a long table are such, and are written without the figure's
// partial.
func bare(f *Figure) string {
	if f.Missing || f.Old || f.Revised != "" || len(f.Marks) > 0 {
		return ""
	}
	return f.Text
}

// ofFigures are the functions that a program asks of a figure where it stands,
// and does not copy it for each cell of a page.
var ofFigures = map[string]func(any) string{
	"plain": func(p any) string { return plain(p.(*Figure)) },
	"bare":  func(p any) string { return bare(p.(*Figure)) },
}
