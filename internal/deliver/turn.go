package deliver

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// One publish at a time writes to a store. None of the stores can lock, and the
// clocks of two machines differ, so a turn is a file that its holder writes anew
// every few seconds: one that stays the same for long enough is that of a publish
// which died, and the next one takes over. Whoever finds another's turn in the
// place of its own stops.
const stateTurn = stateFolder + "publishing.json"

// How often a turn is written anew, how long one must stay the same to be a dead
// one's, and how long who has just written it waits before believing that nobody
// wrote it at the same moment. Tests have less time.
var (
	turnBeat    = 10 * time.Second
	turnSilence = 40 * time.Second
	turnSettle  = time.Second
)

// turn is the file: whose turn it is, and a number that grows.
type turn struct {
	Token string    `json:"token"` // of this run; it names no machine and nobody
	Since time.Time `json:"since"`
	Beat  int       `json:"beat"`
}

var errTurnLost = errors.New("another publish has begun to write there; let it end first")

// takeTurn waits for a dead publish's turn to run out, refuses where another is at
// work, and holds the turn until done is called. now is what the others are told. The context that it gives ends
// when the turn is lost. waiting is called before a wait that somebody may wonder at.
func (r *remote) takeTurn(ctx context.Context, now time.Time, waiting func(time.Duration)) (held context.Context, done func(), err error) {
	found, there, err := r.readTurn(ctx)
	if err != nil {
		return nil, nil, err
	}
	if there {
		if waiting != nil {
			waiting(turnSilence)
		}
		var waited time.Duration
		for there && waited < turnSilence {
			step := min(turnBeat/2, turnSilence-waited)
			if err := sleep(ctx, step); err != nil {
				return nil, nil, err
			}
			waited += step
			var again turn
			if again, there, err = r.readTurn(ctx); err != nil {
				return nil, nil, err
			}
			if there && again != found {
				return nil, nil, refuse("wait until it is done, or stop it, and publish again",
					"another publish is writing to %s, begun at %s UTC", r.target, again.Since.UTC().Format("15:04 on 2 January 2006"))
			}
		}
	}
	var random [8]byte
	if _, err := rand.Read(random[:]); err != nil {
		return nil, nil, err
	}
	mine := turn{Token: hex.EncodeToString(random[:]), Since: now.UTC()}
	if err := r.writeTurn(ctx, mine); err != nil {
		return nil, nil, err
	}
	// Of two who wrote at the same moment the later stands, and both see which.
	if err := sleep(ctx, turnSettle); err != nil {
		return nil, nil, err
	}
	if err := r.keepsTurn(ctx, mine); errors.Is(err, errTurnLost) {
		return nil, nil, refuse("wait until it is done, or stop it, and publish again", "another publish to %s began at the same moment", r.target)
	} else if err != nil {
		return nil, nil, err
	}
	held, lose := context.WithCancelCause(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for next := mine; sleep(held, turnBeat) == nil; {
			if err := r.keepsTurn(held, mine); err != nil {
				lose(err)
				return
			}
			next.Beat++
			if err := r.writeTurn(held, next); err != nil {
				lose(fmt.Errorf("say that this publish is still at work: %w", err))
				return
			}
		}
	}()
	return held, func() {
		lose(nil)
		<-ended
		if r.keepsTurn(ctx, mine) == nil {
			_ = r.remove(ctx, stateTurn) // else the next publish waits until it has run out
		}
	}, nil
}

// keepsTurn fails where the turn is another's.
func (r *remote) keepsTurn(ctx context.Context, mine turn) error {
	found, there, err := r.readTurn(ctx)
	if err != nil {
		return err
	}
	if !there || found.Token != mine.Token {
		return errTurnLost
	}
	return nil
}

func (r *remote) readTurn(ctx context.Context) (t turn, there bool, err error) {
	data, err := r.read(ctx, stateTurn)
	if errors.Is(err, fs.ErrNotExist) {
		return t, false, nil
	}
	if err != nil {
		return t, false, fmt.Errorf("read %s: %w", stateTurn, err)
	}
	// What cannot be read is of a publish that died while it wrote, or of a later
	// program: if it stays as it is, it is nobody's.
	if json.Unmarshal(data, &t) != nil {
		t = turn{Token: string(data)}
	}
	return t, true, nil
}

func (r *remote) writeTurn(ctx context.Context, t turn) error {
	data, err := json.Marshal(t)
	if err != nil {
		return err
	}
	if _, err := r.write(ctx, stateTurn, append(data, '\n'), time.Time{}); err != nil {
		return fmt.Errorf("write %s: %w", stateTurn, err)
	}
	return nil
}

// sleep waits, or ends with the context.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
