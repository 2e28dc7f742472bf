package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// A scorecard's folder may be a link to one that stands elsewhere; a change in
// it is a change of the site.
func TestLinkedScorecardIsReadAndWatched(t *testing.T) {
	site, elsewhere := t.TempDir(), t.TempDir()
	write := func(dir, name, text string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(site, "content/site.yaml", "title: Anytown\nareas:\n  - {id: anytown, name: Anytown}\n")
	write(site, "content/homes/_index.md", "---\ntitle: Homes\n---\n")
	write(site, "content/homes/2017-01/_index.md", "---\nstatus: approved\n---\n")
	write(elsewhere, "indicators.csv", "ref,section,name,good,unit\n1,repairs,Repairs,low,count\n")
	write(elsewhere, "2017-01.csv", "ref,value\n1,5\n")
	if err := os.Mkdir(filepath.Join(site, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"data/homes": elsewhere, "data/nowhere": filepath.Join(site, "gone")} {
		if err := os.Symlink(to, filepath.Join(site, link)); err != nil {
			t.Skip("this system makes no links:", err)
		}
	}
	for _, value := range []string{"5", "6"} {
		write(elsewhere, "2017-01.csv", "ref,value\n1,"+value+"\n")
		var told bytes.Buffer
		if status := run([]string{"build", "--site", site, "--today", "2017-03-01"}, &told, &told); status != done {
			t.Fatalf("status %d:\n%s", status, &told)
		}
		scored, err := os.ReadFile(filepath.Join(site, "public/api/homes/2017-01.json"))
		if err != nil || !bytes.Contains(scored, []byte(`"value":`+value+",")) {
			t.Errorf("value %s is not in it (%v):\n%s", value, err, scored)
		}
	}
}
