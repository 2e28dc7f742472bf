package main

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"syscall"
	"time"

	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/preview"
)

type serveCommand struct {
	Addr  string        `help:"Address to serve at, of this machine alone." default:"127.0.0.1:1313" placeholder:"ADDRESS"`
	Poll  time.Duration `help:"Look for changes this often, such as 1s, where the system does not tell of them (network drives)." placeholder:"DURATION"`
	Today string        `help:"The day by which publish_on is judged; unless given, the day that it is, which after midnight is the next." placeholder:"DATE"`
}

// shortestPoll keeps a slip such as --poll 1ms from busying the machine.
const shortestPoll = 50 * time.Millisecond

// Run shows the site until it is interrupted.
func (c *serveCommand) Run(t *terminal) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return c.until(ctx, t)
}

// until shows the site until the context ends.
func (c *serveCommand) until(ctx context.Context, t *terminal) error {
	if c.Poll != 0 && c.Poll < shortestPoll {
		return usage{fmt.Errorf("--poll %s is too often; write 1s, or leave it out where the folder is on this machine", c.Poll)}
	}
	_, day, err := t.open(c.Today)
	if err != nil {
		return err
	}
	began := time.Now()
	req := preview.Request{Folder: t.site, Options: edition.Options{Today: day, Drafts: true}, Poll: c.Poll, Log: t.err}
	if c.Today == "" {
		req.Day = func() (period.Date, error) { return today("") }
	}
	server, err := preview.New(req)
	if err != nil {
		return misused(err)
	}
	listener, err := preview.Listen(c.Addr)
	if err != nil {
		var refusal *preview.Refusal
		if errors.As(err, &refusal) {
			return usage{err}
		}
		return err
	}
	fmt.Fprintf(t.err, "preview of %s for %s, drafts shown, at http://%s/ (read in %s; end it with Ctrl-C)\n", show(t.site), day.Words(), listener.Addr(), took(began))
	if err := server.Run(ctx, listener); err != nil {
		return fmt.Errorf("serving the preview: %w", err)
	}
	fmt.Fprintln(t.err, "preview ended; nothing was written")
	return nil
}
