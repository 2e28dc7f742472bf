package preview

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"
)

// minding looks at the clock every minute: the day may be another, and where
// nothing was done for a minute the memory that saves have left is given back.
func (s *Server) minding(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	var rest rest
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		s.turn()
		if rest.begins(s.work.Load()) {
			debug.FreeOSMemory()
		}
	}
}

// turn brings the site to the day that it is.
func (s *Server) turn() {
	if s.day == nil {
		return
	}
	day, err := s.day()
	if err == nil && day == s.site.Options().Today {
		return
	}
	if err == nil {
		s.work.Add(1)
		if fault := guard(func() { err = s.site.Turn(day) }); fault != nil {
			err = fault
		}
	}
	if err != nil {
		fmt.Fprintln(s.log, "outturn: the day could not be changed:", err)
		return
	}
	fmt.Fprintf(s.log, "outturn: it is now %s; the preview is by this day\n", day.Words())
	s.wake()
}

// rest tells when work has stopped for the time between two looks at it.
type rest struct{ seen, freed int64 }

// begins is true once after each stretch of work.
func (r *rest) begins(work int64) bool {
	begins := work == r.seen && work != r.freed
	if r.seen = work; begins {
		r.freed = work
	}
	return begins
}
