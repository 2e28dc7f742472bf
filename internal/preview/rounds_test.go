package preview

import (
	"crypto/sha256"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"outturn/internal/anytown"
	"outturn/internal/archive/bag"
)

const (
	quarter = "content/archive/2016-17-q3/"
	frozen  = quarter + "data/site/index.html"
)

// freeze puts a snapshot of one page into a site.
func (s *served) freeze(page string) {
	info := bag.Info{
		{Label: "Payload-Oxum", Value: bag.Oxum(int64(len(page)), 1)}, {Label: "External-Identifier", Value: "2016-17-q3"},
		{Label: "Outturn-As-At", Value: "2016-12"}, {Label: "Outturn-Day", Value: "2017-02-20"},
	}
	s.write(frozen, page)
	for name, text := range bag.Tags(info, bag.Manifest{"data/site/index.html": sha256.Sum256([]byte(page))}) {
		s.write(quarter+name, string(text))
	}
}

func TestADamagedSnapshotIsToldWithoutAnotherChange(t *testing.T) {
	const page, told = "<!doctype html>\n<title>A quarter</title>\n", "a file has grown or shrunk"
	for _, poll := range []time.Duration{0, 20 * time.Millisecond} {
		t.Run("looking every "+poll.String(), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.CopyFS(dir, anytown.Files(map[string]string{"data/care/indicators.csv": anytown.Register, "data/care/2017-01.csv": "ref,value\n1.1,12\n"})); err != nil {
				t.Fatal(err)
			}
			s := serveAt(t, dir, poll)
			s.freeze(page)
			desk := func() string { return s.page("_desk/index.html") }
			open := s.open("_desk/index.html")
			open.until("the desk without a fault of it", func(st state) bool { return st.Sum != "" && !strings.Contains(desk(), quarter) })
			for calm := 0; calm < 8; calm++ { // what serving the site for the first time asks for is done
				time.Sleep(50 * time.Millisecond)
				if _, current := s.server.site.Findings(""); !current {
					calm = 0
				}
			}
			stop, stopped := make(chan bool), make(chan bool)
			mend := sync.OnceFunc(func() {
				close(stop)
				<-stopped
				s.write(frozen, page)
			})
			defer mend()
			go func() { // again and again: a round that has not begun has nothing to compare with
				defer close(stopped)
				for n := 1; ; n++ {
					if err := os.WriteFile(s.path(frozen), []byte(page+strings.Repeat("\n", n)), 0o666); err != nil {
						t.Error(err)
					}
					select {
					case <-stop:
						return
					case <-time.After(30 * time.Millisecond):
					}
				}
			}()
			open.until("the damage", func(st state) bool { return st.Sum != "" && strings.Contains(desk(), told) })
			mend()
			open.until("its mending", func(st state) bool { return st.Sum != "" && !strings.Contains(desk(), told) })
			s.stop()
		})
	}
}

func TestARoundFindsWhatChangedInEachSnapshot(t *testing.T) {
	f := watchFolder(t, time.Hour, map[string]string{frozen: "a", quarter + "data/sources/b.csv": "b", quarter + "bag-info.txt": "c", "content/archive/2016-17-q4/data/site/index.html": "d"})
	const q3, q4 = "content/archive/2016-17-q3/data", "content/archive/2016-17-q4/data"
	last, files := kept(f.root)
	if files != 3 || len(last) != 2 {
		t.Errorf("%d files of %d snapshots are kept", files, len(last))
	}
	for _, c := range []struct {
		what  string
		edit  func()
		found bool
	}{
		{"nothing", func() {}, false},
		{"a tag file", func() { f.write(quarter+"bag-info.txt", "cc") }, false},
		{"a longer file", func() { f.write(frozen, "aa") }, true},
		{"one as long of another time", func() {
			f.write(frozen, "bb")
			f.must(os.Chtimes(f.path(frozen), time.Time{}, time.Unix(1, 0)))
		}, true},
		{"one more", func() { f.write(quarter+"data/c", "") }, true},
		{"one less", func() { f.must(os.Remove(f.path(frozen))) }, true},
		{"all gone", func() { f.must(os.RemoveAll(f.path(q3))) }, true},
	} {
		c.edit()
		now, _ := kept(f.root)
		if found := now[q3] != last[q3]; found != c.found || now[q4] != last[q4] {
			t.Errorf("%s: a change is found: %v", c.what, found)
		}
		last = now
	}
}
