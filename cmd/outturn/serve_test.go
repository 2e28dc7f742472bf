package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"outturn/internal/preview"
)

// serving starts a preview of a folder, and gives its address; it ends with the test.
func serving(t *testing.T, dir, day string) (address string) {
	t.Helper()
	said, err2 := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		err := (&serveCommand{Addr: "127.0.0.1:0", Today: day}).until(ctx, &terminal{err: err2, site: dir})
		err2.Close()
		ended <- err
	}()
	lines := bufio.NewReader(said)
	first, err := lines.ReadString('\n')
	if err != nil {
		stop()
		t.Fatal(err, <-ended)
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("serve ended with %v", err)
		}
	})
	return regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+/`).FindString(first)
}

func get(t *testing.T, address string) (status int, body string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// eventually gets a page again and again until it is as it must come to be.
func eventually(t *testing.T, what, address string, fits func(status int, body string) bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		status, body := get(t, address)
		if fits(status, body) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s; the last answer was %d\n%.2000s", what, status, body)
		}
	}
}

func TestServeShowsASnapshotAsSoonAsItIsMade(t *testing.T) {
	const june = "2017-06-01" // the quarter's last month is out
	dir := t.TempDir()
	lay(t, dir, nil, anytown(t))
	address := serving(t, dir, june)
	if status, _ := get(t, address+"archive/index.html"); status != http.StatusNotFound {
		t.Fatalf("there is an archive already: %d", status)
	}
	if _, home := get(t, address); strings.Contains(home, "archive/index.html") {
		t.Fatal("home leads to an archive that is not there")
	}
	// The pages of the archive, and those of the snapshot, are those of a build.
	like := func(what string) {
		t.Helper()
		out := filepath.Join(t.TempDir(), "drafts")
		mustBuild(t, dir, "--today", june, "--drafts", "--out", out)
		files := 0
		for name, want := range built(t, out) {
			if !strings.HasPrefix(name, "archive/") {
				continue
			}
			files++
			eventually(t, what+": "+name, address+name, func(status int, body string) bool {
				return status == http.StatusOK && string(preview.Undress([]byte(body))) == want
			})
		}
		if files < 3 {
			t.Errorf("%s: %d files were compared, which proves little", what, files)
		}
	}
	if status := run([]string{"archive", "create", "2016-17-q4", "--site", dir, "--today", june}, io.Discard, io.Discard); status != done {
		t.Fatal("the quarter cannot be frozen")
	}
	eventually(t, "the archive", address+"archive/index.html", func(status int, _ string) bool { return status == http.StatusOK })
	eventually(t, "the way there", address, func(_ int, home string) bool { return strings.Contains(home, "archive/index.html") })
	like("a snapshot")
	if status := run([]string{"archive", "withdraw", "2016-17-q4", "--site", dir, "--today", june, "--reason", "A slip."}, io.Discard, io.Discard); status != done {
		t.Fatal("the quarter cannot be withdrawn")
	}
	eventually(t, "the notice", address+"archive/2016-17-q4/index.html", func(_ int, body string) bool { return strings.Contains(body, "A slip.") })
	like("a snapshot that was withdrawn")
}

func TestServeTellsOfADamagedSnapshotAndOfItsMending(t *testing.T) {
	const june = "2017-06-01"
	dir := t.TempDir()
	lay(t, dir, nil, anytown(t))
	if status := run([]string{"archive", "create", "2016-17-q4", "--site", dir, "--today", june}, io.Discard, io.Discard); status != done {
		t.Fatal("the quarter cannot be frozen")
	}
	address := serving(t, dir, june)
	const page = "archive/2016-17-q4/index.html"
	if status, _ := get(t, address+page); status != http.StatusOK {
		t.Fatalf("the snapshot is not served: %d", status)
	}
	frozen := filepath.Join(dir, "content/archive/2016-17-q4/data/site/index.html")
	good, err := os.ReadFile(frozen)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(frozen, append([]byte(" "), good...), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "content/archive/withdrawn.csv"), []byte("nonsense\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the errors on the desk", address+"_desk/", func(_ int, body string) bool {
		return strings.Contains(body, "Nothing would be published") && strings.Contains(body, "[bag-") && strings.Contains(body, "content/archive/withdrawn.csv:1")
	})
	eventually(t, "the errors over the page", address+page, func(_ int, body string) bool {
		return strings.Contains(body, "op-errors") && strings.Contains(body, "[bag-")
	})
	if err := os.Remove(filepath.Join(dir, "content/archive/withdrawn.csv")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(frozen, good, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"_desk/", page} {
		eventually(t, "no error on "+name, address+name, func(_ int, body string) bool {
			return !strings.Contains(body, "[bag-") && !strings.Contains(body, "withdrawn.csv")
		})
	}
}

func TestServeWaitsForAThemeThatIsNowhere(t *testing.T) {
	dir := t.TempDir()
	files := anytown(t)
	files["content/site.yaml"] = strings.Replace(files["content/site.yaml"], "theme: civic", "theme: purple", 1)
	lay(t, dir, nil, files)
	address := serving(t, dir, anytownDay)
	if status, page := get(t, address); status != http.StatusInternalServerError || !strings.Contains(page, "there is no theme") || !strings.Contains(page, "content/site.yaml:5:8") || !strings.Contains(page, "themes/purple") {
		t.Errorf("%d, and it does not say that there is no theme:\n%s", status, page)
	}
	own := snapshot(files)
	for name, content := range ownTheme(t) {
		own[strings.Replace(name, "themes/civic/", "themes/purple/", 1)] = content
	}
	lay(t, dir, files, own)
	eventually(t, "the theme", address, func(status int, page string) bool {
		return status == http.StatusOK && !strings.Contains(page, "there is no theme")
	})
	lay(t, dir, own, files)
	eventually(t, "its absence, over the page as it was", address, func(status int, page string) bool {
		return strings.Contains(page, "there is no theme") && strings.Contains(page, "<h1")
	})
}

func TestServeShowsTheSiteAndEndsCleanly(t *testing.T) {
	dir := t.TempDir()
	for name, content := range anytown(t) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before, err := listing(dir)
	if err != nil {
		t.Fatal(err)
	}
	said, err2 := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	ended := make(chan error, 1)
	go func() {
		err := (&serveCommand{Addr: "127.0.0.1:0", Today: "2017-04-20"}).until(ctx, &terminal{err: err2, site: dir})
		err2.Close()
		ended <- err
	}()
	lines := bufio.NewReader(said)
	first, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err, <-ended)
	}
	address := regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+/`).FindString(first)
	if address == "" || !strings.Contains(first, "drafts shown") || !strings.Contains(first, "20 April 2017") {
		t.Fatalf("the first line is %q", first)
	}
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(page), "Anytown") {
		t.Errorf("the home page: %s, %v\n%.300s", answer.Status, err, page)
	}
	stop()
	rest, _ := io.ReadAll(lines)
	if err := <-ended; err != nil || string(rest) != "preview ended; nothing was written\n" {
		t.Errorf("it ended with %v and %q", err, rest)
	}
	after, err := listing(dir)
	if err != nil {
		t.Fatal(err)
	}
	if after != before {
		t.Errorf("the folder is another one:\n%s", after)
	}
}
