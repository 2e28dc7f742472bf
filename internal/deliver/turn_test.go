package deliver

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"
)

// hurried makes turns short for a test.
func hurried(t *testing.T, beat, silence time.Duration) {
	b, s := turnBeat, turnSilence
	turnBeat, turnSilence = beat, silence
	t.Cleanup(func() { turnBeat, turnSilence = b, s })
}

func TestOnePublishAtATimeWritesToAStore(t *testing.T) {
	hurried(t, 10*time.Millisecond, 200*time.Millisecond)
	for _, kind := range places {
		if kind.name == "folder" {
			continue // it has a lock, see TestAPublishThatRunsIsNotDisturbed
		}
		t.Run(kind.name, func(t *testing.T) {
			p := kind.make(t)
			target := parse(t, p.target)
			mustDeliver(t, target, site(t, large(20)), anything)
			first, err := target.Look(t.Context(), site(t, large(200)), anything)
			check(t, err)
			t.Cleanup(func() { check(t, first.Close()) })
			second, err := target.Look(t.Context(), site(t, large(90)), anything)
			check(t, err)
			t.Cleanup(func() { check(t, second.Close()) })
			// The first goes slowly: the second comes while it is at work.
			var once sync.Once
			var late error
			_, err = first.Carry(t.Context(), Release{Time: noon, Day: "2017-03-22"}, func(int, int) {
				once.Do(func() { _, late = second.Carry(t.Context(), Release{Time: noon, Day: "2017-03-22"}, nil) })
			})
			check(t, err)
			var refusal *Refusal
			if !errors.As(late, &refusal) || !strings.HasPrefix(refusal.Why, "another publish is writing to ") || !strings.HasSuffix(refusal.Why, ", begun at 12:00 on 22 March 2017 UTC") {
				t.Errorf("the second: %v", late)
			}
			if !maps.Equal(p.holds(t), large(200)) {
				t.Error("the first was disturbed")
			}
			// What the second saw is not what stands.
			_, err = second.Carry(t.Context(), Release{Time: noon, Day: "2017-03-22"}, nil)
			if !errors.As(err, &refusal) || !strings.Contains(refusal.Why, "since this one looked") || !maps.Equal(p.holds(t), large(200)) {
				t.Errorf("the second again: %v", err)
			}
		})
	}
}

func TestTheTurnOfADeadPublishRunsOut(t *testing.T) {
	hurried(t, time.Hour, 20*time.Millisecond)
	for _, left := range []string{`{"token":"0123456789abcdef","since":"2017-03-22T12:00:00Z","beat":3}`, "", `{"tok`} {
		s := newShelf()
		mustDeliver(t, s, site(t, version(0)), anything)
		s.files[stateTurn] = left
		waited := time.Duration(0)
		opt := anything
		opt.Waiting = func(d time.Duration) { waited = d }
		mustDeliver(t, s, site(t, version(1)), opt)
		if _, there := s.files[stateTurn]; there || waited != turnSilence || !maps.Equal(s.pages(), version(1)) {
			t.Errorf("%q: waited %v, left %q", left, waited, s.files[stateTurn])
		}
	}
}

func TestWhoLosesItsTurnStopsAndEveryPageIsWhole(t *testing.T) {
	hurried(t, time.Millisecond, 20*time.Millisecond)
	for name, disturb := range map[string]func(s *shelf){
		"another's turn":     func(s *shelf) { s.files[stateTurn] = `{"token":"another"}` },
		"another's manifest": func(s *shelf) { s.files[stateManifest] = `{"format":1}` },
		"its turn is gone":   func(s *shelf) { delete(s.files, stateTurn) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newShelf()
			mustDeliver(t, s, site(t, version(0)), anything)
			d, err := s.Look(t.Context(), site(t, version(1)), anything)
			check(t, err)
			_, err = d.Carry(t.Context(), Release{Time: noon}, func(done, total int) {
				if done == total {
					s.mu.Lock()
					disturb(s)
					s.mu.Unlock()
					time.Sleep(50 * time.Millisecond) // so that a beat notices
				}
			})
			if !errors.Is(err, errTurnLost) && !errors.Is(err, context.Canceled) {
				t.Fatalf("%v", err)
			}
			if !strings.Contains(err.Error(), "another publish has begun to write there") {
				t.Errorf("it says %v", err)
			}
			if faults := broken(s.pages()); len(faults) > 0 {
				t.Error(faults)
			}
			if name == "another's turn" && s.files[stateTurn] != `{"token":"another"}` {
				t.Error("the other's turn was taken away")
			}
		})
	}
}

// Many begin at the same moment: one has its turn, and no other changes anything.
func TestOfManyAtOnceOneHasItsTurn(t *testing.T) {
	hurried(t, 5*time.Millisecond, 100*time.Millisecond)
	settle := turnSettle
	turnSettle = 30 * time.Millisecond
	t.Cleanup(func() { turnSettle = settle })
	s := newShelf()
	mustDeliver(t, s, site(t, version(0)), anything)
	built := []*Site{site(t, version(1)), site(t, version(2)), site(t, version(3)), site(t, version(4))}
	errs := make([]error, len(built))
	var all sync.WaitGroup
	for i := range built {
		d, err := s.Look(t.Context(), built[i], anything)
		check(t, err)
		all.Go(func() { _, errs[i] = d.Carry(t.Context(), Release{Time: noon}, nil) })
	}
	all.Wait()
	won := 0
	for i, err := range errs {
		if err == nil {
			won++
			if !maps.Equal(s.pages(), version(i+1)) {
				t.Errorf("%d had its turn and was disturbed", i)
			}
		}
	}
	if won != 1 {
		t.Errorf("%d had their turn: %v", won, errs)
	}
}
