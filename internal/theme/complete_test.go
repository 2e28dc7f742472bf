package theme

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
)

// told loads a theme and lists what is told of it, with mend and source.
func told(dir fstest.MapFS, language string) (*Theme, []diag.Problem) {
	var problems diag.List
	th := Load(dir, "own", language, &problems)
	return th, problems.All()
}

// reworded is the default theme with its words changed.
func reworded(t *testing.T, old, new string) fstest.MapFS {
	t.Helper()
	dir := siteTheme(t)
	file := dir["words/en-GB.txt"]
	if !strings.Contains(string(file.Data), old) {
		t.Fatalf("the words do not hold %s", old)
	}
	file.Data = []byte(strings.Replace(string(file.Data), old, new, 1))
	return dir
}

func TestWordsThatAThemeLacksAreTheDefaultThemesAndTold(t *testing.T) {
	args := map[string]string{"change": "2", "previous": "9", "previous_period": "May 2016", "figure": "7", "period": "June 2016"}
	const said = "Better: it fell by 2, from 9 for May 2016 to 7 for June 2016."
	th, list := told(reworded(t, "\nreason.fell-better:", "\nreason.fell-beter:"), "en-GB")
	if got := th.Sentence("fell-better", args); got != said {
		t.Errorf("a page says %q, want %q", got, said)
	}
	if len(list) != 2 {
		t.Fatalf("told: %+v", list)
	}
	missing, unknown := list[0], list[1]
	if missing.Severity != diag.Warning || missing.File != "themes/own/words/en-GB.txt" || missing.Line != 0 ||
		missing.Message != `the key "reason.fell-better" is missing; its words are taken from the program's own theme` ||
		!strings.HasPrefix(missing.Hint, "put it in: reason.fell-better: Better: it fell by {change}, from") {
		t.Errorf("the missing key: %+v", missing)
	}
	if unknown.Severity != diag.Warning || unknown.Line == 0 || !strings.HasPrefix(unknown.Source, "reason.fell-beter: ") ||
		unknown.Message != `nothing asks for the key "reason.fell-beter", so its words are said nowhere` ||
		unknown.Hint != "write reason.fell-better, if that is meant, or take it out" {
		t.Errorf("the key that nothing asks for: %+v", unknown)
	}
}

func TestATranslationThatIsNotFinishedIsFinishedInEnglish(t *testing.T) {
	dir := siteTheme(t)
	dir["words/cy.txt"] = &fstest.MapFile{Data: []byte("rating.red: Coch\ncolour.red: coch\nreason.fell: [[ ]\n")}
	th, list := told(dir, "cy")
	if got := th.Word("rating", "red") + ", " + th.Word("rating", "green"); got != "Coch, Green" {
		t.Errorf("the words are %q", got)
	}
	missing := 0
	for _, p := range list {
		if strings.Contains(p.Message, `"reason.fell"`) {
			t.Errorf("a faulty line is told twice: %+v", p)
		}
		if strings.Contains(p.Message, "is missing") {
			missing++
		}
	}
	if want := len(standardWords().words) - 3; missing != want {
		t.Errorf("%d keys are told as missing, want %d", missing, want)
	}
}

func TestAThemeMayHaveWordsOfItsOwnAndGoWithoutFinerOnes(t *testing.T) {
	for _, test := range []struct{ name, old, new, layout string }{
		{"a sentence that a layout says", "\nrole.national:", "\nhome.greeting: Welcome\nrole.national:", `{{say "home.greeting"}}`},
		{"a kind that a layout asks for", "\nrole.national:", "\nweather.wet: rain\nrole.national:", `{{word "weather" .Title}}`},
		{"a kind that a sentence puts in", "\nreason.by-hand:", "\nshade.red: crimson\nnote.shade: {rating:shade}\nreason.by-hand:", `{{say "note.shade" "rating" "red"}}`},
		{"a word of a known kind", "\nrole.national:", "\nmeeting.tea: Tea\nrole.national:", `{{word "meeting" "tea"}}`},
		{"a change without its rating", "\njudgement.decline.red: Worse, off target", "", ""},
		{"line ends of another machine", "\nrole.national:", "\r\nrole.national:", ""},
	} {
		dir := reworded(t, test.old, test.new)
		plain := dir["layouts/plain.html"]
		plain.Data = append(slices.Clone(plain.Data), test.layout...)
		th, list := told(dir, "en-GB")
		if len(list) > 0 {
			t.Errorf("%s: %+v", test.name, list)
		}
		if got := th.moved(Direction{Judgement: "decline", Standing: "red"}); test.layout == "" && strings.HasPrefix(test.old, "\njudgement") && got != "Worse" {
			t.Errorf("%s: a fall is told as %q", test.name, got)
		}
	}
}

func TestTheDefaultThemesWordsAreTheStandard(t *testing.T) {
	if all := standardWords(); len(all.words) < 300 {
		t.Fatalf("the program has %d words of its own", len(all.words))
	}
	all, _ := parseWords(string(standardWords().text), "words/en-GB.txt", new(diag.List))
	for key, p := range all {
		var problems diag.List
		again, _ := parseWords(key+": "+p.String(), "words/en-GB.txt", &problems)
		if len(problems.All()) > 0 || again[key].String() != p.String() {
			t.Errorf("%s is told as %q, which does not read as it: %+v", key, p.String(), problems.All())
		}
	}
}

// toldOfWords reads a theme's words alone.
func toldOfWords(dir fstest.MapFS) []diag.Problem {
	var problems diag.List
	files := map[string][]byte{}
	for name, file := range dir {
		files[name] = file.Data
	}
	new(Theme).loadWords(files, "themes/own", "en-GB", &problems)
	return problems.All()
}

// A sentence whose figure is misspelt would be published with a hole in its place.
func TestWhatNothingFillsInASentenceIsToldWithItsPlace(t *testing.T) {
	const layout = `{{say "home.count" "n" "83" "of" .Title}}`
	for _, c := range []struct {
		name, old, new, source, told, mend string
		column                             int
	}{
		{"a name of a reason", "\nreason.red: Red: {reading} for", "\nreason.red: Red: {figre} for", "reason.red: Red: {figre} for {period} is outside the tolerance. Green is",
			"found {figre}, which nothing fills; {reading}, {figure}, {count}, {period}, {target}, {green}, {amber} can be put in here", "write {figure}", 18},
		{"one on a line that goes on, in an optional part", "\nreason.target-in-words: Not rated: the target is set in words[[:\n {wording}]].", "\nreason.target-in-words: Not rated: it is set in words[[:\n  ünd {wordings}]].", "  ünd {wordings}]].",
			"found {wordings}, which nothing fills; {wording} can be put in here", "write {wording}", 7},
		{"one that another reason has", "\nreason.no-milestone: Not rated:", "\nreason.no-milestone: Not rated {period}:", "reason.no-milestone: Not rated {period}: no milestone has been set.",
			"found {period}, which nothing fills; nothing can be put in here", "take it out: the page would have a hole there", 32},
		{"one of the program's other sentences", "snapshot of {quarter}, which", "snapshot of {quater}, which", "archive.gone: The page that stood here was part of the snapshot of {quater}, which was withdrawn on {date}.",
			"found {quater}, which nothing fills; {date}, {quarter} can be put in here", "write {quarter}", 68},
		{"one of a word", "\nrating.red: Red", "\nrating.red: Red {figure}", "rating.red: Red {figure}", "found {figure}, which nothing fills; nothing can be put in here", "take it out: the page would have a hole there", 17},
		{"one of the theme's own", "\nrole.national:", "\nhome.count: {m} of {ofs} are red\nrole.national:", "home.count: {m} of {ofs} are red",
			"found {m}, which nothing fills; {n}, {of} can be put in here", "take it out: the page would have a hole there", 13},
		{"a kind", "as {rating:colour}: {why}", "as {rating:color}: {why}", "reason.by-hand: The service set this rating by hand, as {rating:color}: {why}.",
			`found {rating:color}, and there are no words of the kind "color"`, "write {rating:colour}", 57},
	} {
		dir := reworded(t, c.old, c.new)
		dir["layouts/plain.html"].Data = append(slices.Clone(dir["layouts/plain.html"].Data), layout...)
		list := toldOfWords(dir)
		if c.name == "one of the theme's own" && len(list) == 2 {
			if !strings.HasPrefix(list[1].Message, "found {ofs}, ") || list[1].Hint != "write {of}" {
				t.Errorf("%s: %+v", c.name, list[1])
			}
			list = list[:1]
		}
		if len(list) != 1 {
			t.Errorf("%s: told %+v", c.name, list)
			continue
		}
		p := list[0]
		if line := lineOf(string(dir["words/en-GB.txt"].Data), p.Line); p.Severity != diag.Error || p.File != "themes/own/words/en-GB.txt" || line != c.source || p.Source != c.source || p.Column != c.column {
			t.Errorf("%s: its place is %s:%d:%d, in %q", c.name, p.File, p.Line, p.Column, p.Source)
		}
		if p.Message != c.told || p.Hint != c.mend {
			t.Errorf("%s: told %q; %s", c.name, p.Message, p.Hint)
		}
	}
}

func TestAThemeMayPutInWhatTheDefaultOneDoesNot(t *testing.T) {
	for _, c := range []struct{ name, old, new, layout string }{
		{"all that a reason has", "\nreason.red: Red: {reading} for", "\nreason.red: Red: {figure}[[ ({count})]] for", ""},
		{"what a sentence of its kind has", "by {size} on average, in {n} of {all}. The\n  newest may still rise.", "by {size}: {up} of {figures}.", ""},
		{"what its layout fills", "\narchive.withdrawn: This snapshot was withdrawn on {date}.", "\narchive.withdrawn: Withdrawn on {date}: {why}", `{{say "archive.withdrawn" "date" .Title "why" .Title}}`},
		{"what a key is filled with that is put together", "\nrole.national:", "\ngreeting.wet: Rain on {day}\nrole.national:", `{{say (printf "%s.%s" "greeting" .Title) "day" .Title}}`},
	} {
		dir := reworded(t, c.old, c.new)
		dir["layouts/plain.html"].Data = append(slices.Clone(dir["layouts/plain.html"].Data), c.layout...)
		if list := toldOfWords(dir); len(list) > 0 {
			t.Errorf("%s: %+v", c.name, list)
		}
	}
}

// A key reaches say in more ways than can be read: a theme that is right is never
// refused.
func TestWhatALayoutMayFillIsNotTold(t *testing.T) {
	for _, c := range []struct{ name, words, layout string }{
		{"a key in a variable", "home.many: {n} are red\nhome.few: only {n}", `{{$k := "home.few"}}{{if .Title}}{{$k = "home.many"}}{{end}}{{say $k "n" "83"}}`},
		{"a key said both ways", "home.many: {n} of {all}", `{{say "home.many" "n" "3"}}{{$k := "home.many"}}{{say $k "n" "3" "all" "7"}}`},
		{"a key handed to a partial", "home.many: {n} are red", `{{define "line"}}{{say . "n" "3"}}{{end}}{{template "line" "home.many"}}`},
		{"a key and its name handed to a partial", "home.many: {n} are red", `{{define "line"}}{{say .Key .Name "3"}}{{end}}{{template "line" (args "Key" "home.many" "Name" (printf "%s" "n"))}}`},
		{"a key that is put together", "home.many: {n} are red", `{{say (printf "home.%s" "many") "n" "3"}}`},
		{"a key of the program that is put together", "archive.withdrawn: Withdrawn on {date}: {why}", `{{say (printf "archive.%s" "withdrawn") "date" .Title "why" .Title}}`},
		{"a key that is piped", "home.many: {n} are red", `{{"home.many" | printf "%s" | say}}{{printf "n"}}`},
		{"a value that is piped", "home.many: {n} are red", `{{"3" | say "home.many" "n"}}`},
		{"a name in a variable", "home.many: {n} are red", `{{$n := "n"}}{{say "home.many" $n "3"}}`},
		{"a name that is put together", "home.many: {n1} are red", `{{say "home.many" (printf "n%d" 1) "3"}}`},
		{"a brace in a string", "home.many: {n} of {of} are red", `{{say "home.many" "n" (printf "{%s}}" "3") "of" "7"}}`},
		{"a string in other quotes", "home.many: {n} are red", "{{say `home.many` `n` \"3\"}}"},
		{"in the head of a range, a branch and a chain", "home.many: {n} of {of}[[ or {more}]]", `{{range (say "home.many" "n" "3" | slice)}}{{else}}{{with .Title}}{{(say "home.many" "of" "3").Text}}{{else}}{{say "home.many" "more" "3"}}{{end}}{{end}}`},
		{"a reason without its kind", "reason.no-milestone: Not rated: {why}", `{{say "no-milestone" "why" .Title}}`},
		{"a layout that cannot be read", "home.many: {n} are red", `{{say "home.many" "m" "3"`},
	} {
		dir := siteTheme(t)
		words, key := string(dir["words/en-GB.txt"].Data), c.words[:strings.Index(c.words, ":")]
		if at := strings.Index(words, "\n"+key+":"); at >= 0 { // one of the program's is said otherwise
			end := at + 1 + strings.IndexByte(words[at+1:], '\n')
			for words[end+1] == ' ' {
				end += 1 + strings.IndexByte(words[end+1:], '\n')
			}
			words = words[:at] + words[end:]
		}
		dir["words/en-GB.txt"].Data = []byte(words + "\n" + c.words + "\n")
		dir["layouts/plain.html"].Data = append(slices.Clone(dir["layouts/plain.html"].Data), c.layout...)
		if list := toldOfWords(dir); len(list) > 0 {
			t.Errorf("%s: %+v", c.name, list)
		}
	}
}

func TestWhatIsPutInIsToldAsItStandsAndOnce(t *testing.T) {
	for _, c := range []struct{ words, layout, told, mend string }{
		{"home.many: {dat}", `{{say "home.many" "date" "3"}}{{say "home.many" "date" "4"}}`, "found {dat}, which nothing fills; {date} can be put in here", "write {date}"},
		{"home.many: {m:rating}", `{{say "home.many" "n" "red"}}`, "found {m}, which nothing fills; {n} can be put in here", "take it out: the page would have a hole there"},
		{"home.many: {:colour}", `{{say "home.many"}}`, "{ begins no name", "write a name in braces, such as {figure}"},
		{"home.many: {" + strings.Repeat("x", 300) + "}", `{{say "home.many" "n" "3"}}`,
			"found {" + strings.Repeat("x", 60) + "…}, which nothing fills; {n} can be put in here", "take it out: the page would have a hole there"},
		{"home.many: {n:" + strings.Repeat("x", 300) + "}", `{{say "home.many" "n" "3"}}`,
			"found {n:" + strings.Repeat("x", 58) + `…}, and there are no words of the kind "` + strings.Repeat("x", 60) + `…"`, "write a kind that a key begins with, as in colour.red, or {n} alone"},
		{"home.many: {n}", `{{say "home.many" "m" "{n}"}}{{/* say "home.many" "n" "3" */}}`, "found {n}, which nothing fills; {m} can be put in here", "take it out: the page would have a hole there"},
	} {
		dir := reworded(t, "\nrole.national:", "\n"+c.words+"\nrole.national:")
		dir["layouts/plain.html"].Data = append(slices.Clone(dir["layouts/plain.html"].Data), c.layout...)
		list := toldOfWords(dir)
		if len(list) != 1 || list[0].Message != c.told || list[0].Hint != c.mend || list[0].Severity != diag.Error {
			t.Errorf("%.40s: told %+v", c.words, list)
		}
	}
}
