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
)

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
