package preview

import (
	"strings"
	"sync/atomic"
	"testing"

	"outturn/internal/edition"
	"outturn/internal/period"
)

func TestAPreviewThatIsLeftOpenOvernightIsByTheNewDay(t *testing.T) {
	var now atomic.Int64
	now.Store(int64(period.NewDate(2026, 11, 1)))
	s := serve(t, repository, 0)
	s.server.day = func() (period.Date, error) { return period.Date(now.Load()), nil }
	cover := "content/early-help/2017-01/_index.md"
	s.swap(cover, "publish_on: 2017-03-14", "publish_on: 2026-11-02")
	open := s.open("_desk/index.html")
	open.until("the month to be held back", func(st state) bool {
		return strings.Contains(s.page("_desk/index.html"), "out on 2 November 2026")
	})
	s.server.turn() // a minute later: nothing
	if day := s.server.site.Options().Today; day != period.NewDate(2026, 11, 1) {
		t.Fatalf("it is %s", day.Words())
	}
	now.Store(int64(period.NewDate(2026, 11, 2)))
	s.server.turn()
	open.until("the month to be out", func(st state) bool {
		desk := s.page("_desk/index.html")
		return strings.Contains(desk, "By 2 November 2026.") && !strings.Contains(desk, "out on 2 November 2026")
	})
	// The pages are those of a preview that begins on the day.
	fresh, err := New(Request{Folder: s.dir, Options: edition.Options{Today: period.NewDate(2026, 11, 2)}, Log: logTo{t}})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "early-help/index.html", "early-help/2017-01/index.html", "meetings/index.html", "data/index.html"} {
		if s.page(name) != string(fresh.show(name).body) {
			t.Errorf("%s is of the day before", name)
		}
	}
}

func TestRestBeginsOnceAfterWork(t *testing.T) {
	var r rest
	for i, look := range []struct {
		work   int64
		begins bool
	}{{0, false}, {5, false}, {7, false}, {7, true}, {7, false}, {8, false}, {8, true}} {
		if begins := r.begins(look.work); begins != look.begins {
			t.Errorf("look %d: rest begins: %v", i, begins)
		}
	}
}
