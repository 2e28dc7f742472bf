//go:build unix

package archive

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"outturn/internal/build"
	"outturn/internal/diag"
)

func TestAPipeIsAFindingAndNotWaitedFor(t *testing.T) {
	within := func(t *testing.T, work func() error) error {
		ended := make(chan error, 1)
		go func() { ended <- work() }()
		select {
		case err := <-ended:
			return err
		case <-time.After(30 * time.Second):
			t.Fatal("a pipe is waited for")
			return nil
		}
	}
	pipe := func(t *testing.T, dir, name string) {
		t.Helper()
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.Remove(file), syscall.Mkfifo(file, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("create", func(t *testing.T) {
		dir := site(t, nil)
		pipe(t, dir, "data/help/2016-12.csv")
		var problems diag.List
		err := within(t, func() error { _, err := december(dir, &problems); return err })
		if !errors.Is(err, build.ErrInputs) || !strings.Contains(messages(&problems), "data/help/2016-12.csv: error: the file cannot be read: open data/help/2016-12.csv: this is a named pipe") {
			t.Error(err, messages(&problems))
		}
	})
	t.Run("verify", func(t *testing.T) {
		dir := frozen(t, nil)
		pipe(t, dir, "content/archive/2016-17-q3/data/site/index.html")
		var problems diag.List
		err := within(t, func() error { _, err := Verify(dir, "2016-17-q3", true, &problems); return err })
		const want = "content/archive/2016-17-q3/data/site/index.html: error: this is no file, but a link or the like"
		if err != nil || strings.Count(messages(&problems), "data/site/index.html: ") != 1 || !strings.Contains(messages(&problems), want) {
			t.Error(err, messages(&problems))
		}
	})
}
