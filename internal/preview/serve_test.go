package preview

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

const repository = "../.."

func TestPagesAreThoseOfABuild(t *testing.T) {
	s := serve(t, repository, 0)
	out := filepath.Join(t.TempDir(), "drafts")
	var problems diag.List
	_, err := build.Run(build.Request{
		Site: os.DirFS(s.dir), Out: out, Program: "test",
		Options: edition.Options{Today: period.NewDate(2026, 11, 1), Drafts: true},
	}, &problems)
	if err != nil {
		t.Fatal(err, problems.All())
	}
	files := 0
	err = fs.WalkDir(os.DirFS(out), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		want, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			return err
		}
		answer, got := s.get(name)
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", name, answer.Status)
		}
		if strings.HasSuffix(name, ".html") {
			got = string(Undress([]byte(got)))
		}
		if got != string(want) {
			t.Errorf("%s: the preview has other bytes than the build", name)
		}
		files++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Errorf("%d files were compared, which proves little", files)
	}
}

func TestNothingIsWritten(t *testing.T) {
	s := serve(t, repository, 0)
	before := listing(t, s.dir)
	for _, page := range []string{"", "early-help/", "_desk/", "reports/", "no-such-page.html"} {
		s.get(page)
	}
	open := s.open("early-help/index.html")
	open.until("the first state", func(st state) bool { return st.Sum != "" })
	s.stop()
	if after := listing(t, s.dir); after != before {
		t.Errorf("the folder is another one:\n%s\nwas\n%s", after, before)
	}
}

// listing has every file and folder with its time.
func listing(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		fmt.Fprintln(&b, name, info.Size(), info.ModTime().UnixNano())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOtherHostsAndOriginsAreRefused(t *testing.T) {
	s := serve(t, repository, 0)
	own := strings.TrimSuffix(strings.TrimPrefix(s.url, "http://"), "/")
	_, port, err := net.SplitHostPort(own)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why, host string
		headers   map[string]string
		want      int
	}{
		{"its own address", own, nil, http.StatusOK},
		{"localhost", "localhost:" + port, nil, http.StatusOK},
		{"a tunnel's port", "localhost:8080", nil, http.StatusOK},
		{"IPv6", "[::1]:" + port, nil, http.StatusOK},
		{"a name that leads here (DNS rebinding)", "evil.example:" + port, nil, http.StatusForbidden},
		{"a name that only looks local", "127.0.0.1.evil.example", nil, http.StatusForbidden},
		{"no host", "", nil, http.StatusForbidden},
		{"its own script", own, map[string]string{"Origin": "http://" + own, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, http.StatusOK},
		{"a script of another site", own, map[string]string{"Origin": "https://evil.example"}, http.StatusForbidden},
		{"a script of another port", own, map[string]string{"Origin": "http://127.0.0.1:1"}, http.StatusForbidden},
		{"a sandboxed page", own, map[string]string{"Origin": "null"}, http.StatusForbidden},
		{"a picture on another site", own, map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, http.StatusForbidden},
		{"a frame on another site", own, map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, http.StatusForbidden},
		{"a link from another site", own, map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, http.StatusOK},
	} {
		request, err := http.NewRequest(http.MethodGet, s.url+"about/accessibility.html", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = c.host
		for key, value := range c.headers {
			request.Header.Set(key, value)
		}
		var status int
		if c.host == "" { // the client would fill it in
			status = raw(t, own, "GET / HTTP/1.0\r\n\r\n")
		} else {
			answer, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			status = answer.StatusCode
		}
		if status != c.want {
			t.Errorf("%s: status %d, want %d", c.why, status, c.want)
		}
	}
}

func raw(t *testing.T, addr, request string) int {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	var status int
	if _, err := fmt.Sscanf(string(answer), "HTTP/1.0 %d", &status); err != nil {
		t.Fatalf("%q: %v", answer, err)
	}
	return status
}

func TestEveryAnswerHasThePolicyAndIsNotKept(t *testing.T) {
	s := serve(t, repository, 0)
	for _, name := range []string{"", "early-help/index.html", "api/early-help/2017-01.json", "_desk/", "_desk/preview.js", "_desk/preview.css", "no-such-page.html"} {
		answer, body := s.get(name)
		if got := answer.Header.Get("Content-Security-Policy"); got != policy {
			t.Errorf("%s: policy %q", name, got)
		}
		if got := answer.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control %q", name, got)
		}
		if strings.Contains(policy, "unsafe") || strings.Contains(body, " style=\"") || strings.Contains(body, "<script>") {
			t.Errorf("%s: something stands inline", name)
		}
	}
}

func TestThePreviewIsForReading(t *testing.T) {
	s := serve(t, repository, 0)
	answer, err := http.Post(s.url, "text/plain", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %s, Allow %q", answer.Status, answer.Header.Get("Allow"))
	}
	answer, err = http.Head(s.url + "early-help/")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK || answer.ContentLength < 1000 {
		t.Errorf("HEAD: %s with %d bytes told", answer.Status, answer.ContentLength)
	}
}

func TestAFolderIsFoundWithItsSlashAndWithout(t *testing.T) {
	s := serve(t, repository, 0)
	for _, name := range []string{"early-help/index.html", "early-help/", "early-help"} {
		answer, body := s.get(name)
		if answer.StatusCode != http.StatusOK || !strings.Contains(body, "<h1>Early Help") {
			t.Errorf("%s: %s", name, answer.Status)
		}
		if !strings.HasSuffix(answer.Request.URL.Path, "/") && !strings.HasSuffix(answer.Request.URL.Path, ".html") {
			t.Errorf("%s: its links would lead astray from %s", name, answer.Request.URL.Path)
		}
	}
	for _, name := range []string{"early-help/../../x", "%2e%2e/go.mod", "data/early-help/2017-01.csv", "content/site.yaml", "files/../site.yaml",
		"_desk/page/archive/2016-17-q3/../../../../../content/site.yaml", "_desk/page/../go.mod", "archive/2016-17-q3/../x"} {
		if answer, _ := s.get(name); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", name, answer.Status)
		}
	}
	for _, page := range []string{"", "/index.html", "archive/2016-17-q3/../../../../../content/site.yaml"} {
		if answer, _ := s.get("_desk/events?page=" + page); answer.StatusCode != http.StatusBadRequest {
			t.Errorf("events of %q: %s", page, answer.Status)
		}
	}
}

func TestOnlyAddressesOfThisMachineAreServed(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:80", "example.org:80", "1313", "127.0.0.1:99999", "127.0.0.1:-1", "127.0.0.1:web-site"} {
		listener, err := Listen(addr)
		var refusal *Refusal
		if !errors.As(err, &refusal) {
			t.Errorf("%s: %v", addr, err)
		}
		if err == nil {
			listener.Close()
		}
	}
	listener, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, err = Listen(listener.Addr().String())
	if err == nil || !strings.Contains(err.Error(), "is in use") || !strings.Contains(err.Error(), "--addr 127.0.0.1:0") {
		t.Errorf("a port in use: %v", err)
	}
}

const (
	card     = "early-help/index.html"
	returns  = "data/early-help/2017-01.csv"
	cover    = "content/early-help/2017-01/_index.md"
	sentence = "More families came to Early Help"
)

func TestASaveReachesTheOpenPage(t *testing.T) {
	for _, poll := range []time.Duration{0, 20 * time.Millisecond} {
		s := serve(t, repository, poll)
		open := s.open("early-help/2017-01/index.html")
		first := open.until("the first state", func(st state) bool { return st.Sum != "" })
		s.swap(cover, sentence, "Fewer families came to Early Help")
		next := open.until("the new page", func(st state) bool { return st.Sum != "" && st.Sum != first.Sum })
		if page := s.page("early-help/2017-01/index.html"); !strings.Contains(page, "Fewer families") || strings.Contains(page, sentence) {
			t.Error("the page is not the new one")
		}
		s.swap(cover, "Fewer families came to Early Help", sentence)
		open.until("the old page again", func(st state) bool { return st.Sum == first.Sum })
		s.swap(returns, "\n1.1,2017-01,,403,", "\n1.1,2017-01,,402,")
		open.until("the page with another figure", func(st state) bool { return st.Sum != "" && st.Sum != first.Sum && st.Sum != next.Sum })
		if page := s.page("early-help/2017-01/index.html"); !strings.Contains(page, "402") {
			t.Error("the figure is not the new one")
		}
		s.stop()
	}
}

func TestAStyleAloneIsTold(t *testing.T) {
	s := serve(t, repository, 0)
	open := s.open(card)
	first := open.until("the first state", func(st state) bool { return st.Sum != "" })
	s.write("themes/civic/styles/99-own.css", "h1 { color: inherit }\n")
	told := open.until("the new style", func(st state) bool { return st.Style != first.Style })
	if _, css := s.get(strings.TrimPrefix(told.Style, "/")); !strings.Contains(css, "h1 { color: inherit }") {
		t.Error("the style is not the new one")
	}
	if next := open.until("the state with it", func(st state) bool { return !st.Only }); next.Sum != first.Sum {
		t.Error("a change of style is told as one of the page")
	}
	if page := s.page(card); !strings.Contains(page, strings.TrimPrefix(told.Style, "/")) {
		t.Error("a page that is opened now has the old style")
	}
}

func TestAnErrorStandsOverTheLastGoodPage(t *testing.T) {
	s := serve(t, repository, 0)
	open := s.open(card)
	first := open.until("the first state", func(st state) bool { return st.Sum != "" })
	good := s.page(card)
	old := s.read(returns)
	s.swap(returns, "\n1.2,2017-01,,94.5,", "\n1.2,2017-01,,9O.5,")
	told := open.until("the error", func(st state) bool { return strings.Contains(st.Panel, "[bad-number]") })
	for _, want := range []string{"data/early-help/2017-01.csv:149:15", "1.2,2017-01,,9O.5,", "\n              ^", "Mend: write 90.5", "the page stays as it was before"} {
		if !strings.Contains(told.Panel, want) {
			t.Errorf("the panel has no %q:\n%s", want, told.Panel)
		}
	}
	if told.Sum != "" {
		t.Error("the open page is told to change")
	}
	answer, body := s.get(card)
	if answer.StatusCode != http.StatusOK || !bytes.Equal(Undress([]byte(body)), []byte(good)) {
		t.Error("what is served beneath is not the last good page")
	}
	if !strings.Contains(body, "[bad-number]") {
		t.Error("without scripts the error is not seen")
	}
	// A page that was never good says so; another scorecard is as it was.
	if answer, body := s.get("early-help/2017-01/neets.html"); answer.StatusCode != http.StatusInternalServerError || !strings.Contains(body, "This page cannot be shown yet") {
		t.Errorf("a page that was never seen: %s", answer.Status)
	}
	if answer, body := s.get("safeguarding/"); answer.StatusCode != http.StatusOK || strings.Contains(body, "[bad-number]") {
		t.Errorf("another scorecard: %s", answer.Status)
	}
	if _, body := s.get("_desk/"); !strings.Contains(body, "[bad-number]") || !strings.Contains(body, "Nothing would be published") {
		t.Error("the desk does not tell of the error")
	}
	s.save(returns, old)
	mended := open.until("the end of the error", func(st state) bool { return !strings.Contains(st.Panel, "[bad-number]") })
	if mended.Sum != first.Sum {
		t.Error("the mended page is not the one of before")
	}
}

func TestSettingsThatCannotBeReadStopNothing(t *testing.T) {
	s := serve(t, repository, 0)
	open := s.open("index.html")
	open.until("the first state", func(st state) bool { return st.Sum != "" })
	s.swap("content/site.yaml", "theme: civic", "theme: none-such")
	open.until("the fault", func(st state) bool { return strings.Contains(st.Panel, "none-such") })
	s.swap("content/site.yaml", "theme: none-such", "theme: civic")
	open.until("its end", func(st state) bool { return st.Sum != "" && !strings.Contains(st.Panel, "none-such") })
	old := s.read("content/site.yaml")
	s.save("content/site.yaml", "title: [\n")
	open.until("the error", func(st state) bool { return strings.Contains(st.Panel, "content/site.yaml") })
	s.save("content/site.yaml", old)
	open.until("its end", func(st state) bool { return st.Sum != "" && !strings.Contains(st.Panel, "op-errors") })
}

func TestAPageThatIsGoneSaysSo(t *testing.T) {
	s := serve(t, repository, 0)
	s.write("content/about/more.md", "# More\n\nText.\n")
	open := s.open("about/more.html")
	open.until("the new page", func(st state) bool { return st.Sum != "" })
	if err := os.Remove(s.path("content/about/more.md")); err != nil {
		t.Fatal(err)
	}
	open.until("its end", func(st state) bool { return st.Sum == "" && strings.Contains(st.Panel, "no page at this address") })
	if answer, body := s.get("about/more.html"); answer.StatusCode != http.StatusNotFound || !strings.Contains(body, "There is no page at this address") {
		t.Errorf("asked for again: %s", answer.Status)
	}
	s.write("content/about/more.md", "# More\n\nText.\n")
	open.until("the page again", func(st state) bool { return st.Sum != "" })

	// A folder that was renamed leaves its texts behind: an error, over the last page.
	card := s.open("safeguarding/index.html")
	card.until("the scorecard", func(st state) bool { return st.Sum != "" })
	if err := os.Rename(s.path("data/safeguarding"), s.path("data/safe-guarding")); err != nil {
		t.Fatal(err)
	}
	why := card.until("the cause", func(st state) bool { return strings.Contains(st.Panel, "there is no data/safeguarding") })
	if !strings.Contains(why.Panel, "did you mean safe-guarding?") || !strings.Contains(why.Count, "1 error") {
		t.Errorf("%s: %s", why.Count, why.Panel)
	}
}

// The page travels with the event that tells of it, and only where the browser
// has another.
func TestAPageIsSentWhereTheBrowserHasAnother(t *testing.T) {
	s := serve(t, repository, 0)
	const card = "early-help/2017-01/index.html"
	first := s.open(card).until("the first state", func(st state) bool { return st.Sum != "" })
	if first.Page != s.page(card) {
		t.Error("a browser that has said nothing of its page was not sent it")
	}
	open := s.open(card, first.Sum)
	if st := open.until("the state", func(st state) bool { return st.Sum != "" }); st.Page != "" {
		t.Error("a browser was sent the page that it has")
	}
	s.swap("content/early-help/2017-01/_index.md", "More families came", "Fewer families & others\u2028 came")
	if st := open.until("the next", func(st state) bool { return st.Sum != "" && st.Sum != first.Sum }); st.Page == "" || lengthen(t, first.Page, st.Page) != s.page(card) {
		t.Errorf("the new page was sent as %.200q", st.Page)
	} else if len(st.Page) > len(first.Page)/2 {
		t.Errorf("of %d bytes %d were sent again for a sentence", len(first.Page), len(st.Page))
	}
	s.swap("data/early-help/2017-01.csv", "\n1.2,2017-01,,94.5,", "\n1.2,2017-01,,9O.5,")
	if st := open.until("the error", func(st state) bool { return strings.Contains(st.Panel, "9O.5") }); st.Page != "" {
		t.Error("the last good page was sent again")
	}
}

func TestFindingsFollowThePage(t *testing.T) {
	s := serve(t, repository, 0)
	const told = "is not 10 of 37"
	open := s.open("early-help/indicators/2.2.html")
	open.until("the finding", func(st state) bool {
		return strings.Contains(st.Panel, "op-findings") && strings.Contains(st.Panel, told) && strings.Contains(st.Panel, returns+":204:19")
	})
	if _, body := s.get("early-help/indicators/1.1.html"); strings.Contains(body, told) {
		t.Error("the finding stands on a page that it does not concern")
	}
	if desk := s.page("_desk/index.html"); !strings.Contains(desk, told) {
		t.Error("the desk has not all findings")
	}
	s.swap(returns, "2.2,2017-01,south,37.0,10,37", "2.2,2017-01,south,27.0,10,37")
	open.until("its end", func(st state) bool { return st.Sum != "" && !strings.Contains(st.Panel, told) })
}

func TestDraftsAreShownAndHeldBack(t *testing.T) {
	s := serve(t, repository, 0)
	s.swap("content/safeguarding/2017-01/_index.md", "status: approved", "status: draft")
	open := s.open("_desk/index.html")
	open.until("the desk", func(st state) bool {
		return st.Sum != "" && strings.Contains(s.page("_desk/index.html"), "The cover is not approved")
	})
	if _, body := s.get("safeguarding/2017-01/"); !strings.Contains(body, `<p class="draft">`) {
		t.Error("the draft is not marked as one")
	}
	desk := s.page("_desk/index.html")
	_, held, _ := strings.Cut(desk, "Held back")
	held, _, _ = strings.Cut(held, "</ul>")
	if !strings.Contains(held, "content/safeguarding/2017-01/_index.md") {
		t.Errorf("the desk does not say that the month is held back:\n%s", held)
	}
}

func TestTwoServersShareASite(t *testing.T) {
	s := serve(t, repository, 0)
	other := serveAt(t, s.dir, 0)
	if s.page(card) != other.page(card) {
		t.Error("two previews of one folder differ")
	}
}

func TestTheCaretStandsUnderTheColumn(t *testing.T) {
	for _, c := range []struct {
		source string
		column int
		want   string
	}{
		{"", 3, ""},
		{"3.2,,,9O.5", 8, "3.2,,,9O.5\n       ^"},
		{"\tab", 2, " ab\n ^"},
		{"ab", 0, "ab"},
		{strings.Repeat("x", 100) + "y", 101, "…" + strings.Repeat("x", 40) + "y\n" + strings.Repeat(" ", 41) + "^"},
	} {
		if got := caret(diag.Problem{Place: diag.Place{Column: c.column}, Source: c.source}); got != c.want {
			t.Errorf("%q, column %d:\n%s\nwant\n%s", c.source, c.column, got, c.want)
		}
	}
}

func TestNoWordOfAnExemptReportIsShown(t *testing.T) {
	s := serve(t, repository, 0)
	s.write("content/reports/sealed.md", "---\ntitle: Sealed\ncommittee: Board\ndate: 2017-03-22\nstatus: approved\nexempt: [3]\nexempt_reason: A contract.\nsummary: canary {{ 77.7 }}\n---\n\nThe <b>canary</b> costs {{ early-help/canary }} and [x](canary.html).\n")
	var problems diag.List
	if err := build.Check(os.DirFS(s.dir), edition.Options{Today: period.NewDate(2026, 11, 1), Drafts: true, InFull: true}, &problems); err != nil {
		t.Fatal(err)
	}
	if problems.Errors() < 3 || !strings.Contains(fmt.Sprint(problems.All()), "canary") {
		t.Errorf("check does not tell in full: %v", problems.All())
	}
	w := s.open("reports/index.html")
	w.until("the report's fault", func(st state) bool { return strings.Contains(st.Panel, "content/reports/sealed.md") })
	for _, name := range []string{"index.html", "reports/index.html", "meetings/index.html", "_desk/", "_desk/index.html"} {
		_, body := s.get(name)
		if strings.Contains(strings.ToLower(body), "canary") {
			t.Errorf("%s holds words of an exempt report", name)
		}
		if strings.HasPrefix(name, "_desk") && !strings.Contains(body, "content/reports/sealed.md") {
			t.Errorf("%s does not say that the report has a fault", name)
		}
	}
}
