package browsertest

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// quarterly puts a small site beside the one of the repository, under quarterly/:
// a council with returns of July 2016 to March 2017, of which three quarters were
// frozen, the first of them withdrawn, and December has a second issue. All tests
// of this package go over its pages too. council is a folder to make it in.
func quarterly(program, council string) error {
	run := func(args ...string) error {
		cmd := exec.Command(program, append(args, "--site", council)...)
		cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1493769600") // Bagging-Date: 3 May 2017
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("outturn %s: %w\n%s", strings.Join(args, " "), err, out)
		}
		return nil
	}
	overlay := func(stage string) error {
		from := os.DirFS(filepath.Join("testdata", "quarterly", stage))
		return copyOver(council, from)
	}
	steps := []func() error{
		func() error { return overlay("first") },
		func() error { return run("archive", "create", "2016-17-q2", "--today", "2016-10-25") },
		func() error { return run("archive", "create", "2016-17-q3", "--today", "2017-01-25") },
		func() error { return overlay("later") },
		func() error { return run("archive", "create", "2016-17-q4", "--today", "2017-04-25") },
		func() error {
			return run("archive", "withdraw", "2016-17-q2", "--today", "2017-05-02", "--reason", "A family could be recognised from the figures of one area.")
		},
		func() error {
			return run("build", "--today", "2017-05-03", "--out", filepath.Join(site.Dir, "quarterly"))
		},
		func() error { return os.Remove(filepath.Join(site.Dir, "quarterly", "404.html")) }, // a host has one, at its root
		site.list,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// An archivist and a journalist each find what they look for within three clicks
// from the home page, by the words that stand on the links.
func TestWhoLooksForAQuarterFindsItByTheWordsOnTheLinks(t *testing.T) {
	b := browser(t, Screen{Width: 390, Height: 844})
	for _, way := range []struct {
		who   string
		links []string // what each link begins with
		page  string   // where they lead
		says  []string
	}{
		{"an archivist: the quarter as it stood", []string{"Archive", "The site as at December 2016", "Help for families"}, "quarterly/archive/2016-17-q3/help/index.html", []string{"Snapshot.", "1,187", "Red"}},
		{"an archivist: that it is what it was", []string{"Archive"}, "quarterly/archive/index.html", []string{"Fingerprint", "How to check a snapshot", "withdrawn on 2 May 2017", "A family could be recognised"}},
		{"a journalist: what changed", []string{"Archive", "What changed since October to December 2016"}, "quarterly/archive/2016-17-q3-to-2016-17-q4.html", []string{"down by 994", "89.7%", "A team's visits had been left out"}},
		{"a journalist: what it was rated then and now", []string{"What was revised"}, "quarterly/revisions.html", []string{"Ratings as published and as now", "(first issue)", "What it is judged by has changed, not the figure"}},
		{"a journalist: one measure", []string{"Help for families", "Visits on time"}, "quarterly/help/indicators/2.1.html", []string{"Ratings as published and as now", "Correction"}},
		{"whoever has an old address", nil, "quarterly/archive/2016-17-q2/help/indicators/1.1.html", []string{"withdrawn on 2 May 2017", "A family could be recognised", "The latest figures"}},
	} {
		if way.links == nil {
			visit(t, b, way.page)
		} else {
			visit(t, b, "quarterly/index.html")
		}
		for _, words := range way.links {
			to := ask[string](t, b, fmt.Sprintf(`([...document.querySelectorAll("nav a, main a")].find(a => a.checkVisibility() && a.innerText.trim().startsWith(%q)) || {href: ""}).href`, words))
			if to == "" {
				t.Errorf("%s: no link begins with %q", way.who, words)
				break
			}
			if err := b.Open(to); err != nil {
				t.Fatal(err)
			}
			quiet(t, b, to)
		}
		if at := ask[string](t, b, "location.pathname"); at != "/"+way.page {
			t.Errorf("%s: the links lead to %s", way.who, at)
		}
		text := ask[string](t, b, "document.body.innerText")
		for _, want := range way.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %s does not say %q", way.who, way.page, want)
			}
		}
	}
}

// copyOver lays files over those of a folder.
func copyOver(dir string, from fs.FS) error {
	return fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		to := filepath.Join(dir, filepath.FromSlash(name))
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			return os.MkdirAll(to, 0o755)
		}
		content, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		return os.WriteFile(to, content, 0o644)
	})
}
