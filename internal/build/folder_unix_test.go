//go:build unix

package build

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// within fails where the work waits for what never comes.
func within(t *testing.T, what string, work func()) {
	t.Helper()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		work()
	}()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal(what, "waits for somebody to write into what is no file")
	}
}

func TestWhatIsNoFileIsAFindingAndNotWaitedFor(t *testing.T) {
	pipe := func(name string) error { return syscall.Mkfifo(name, 0o644) }
	toPipe := func(name string) error {
		return errors.Join(pipe(name+".pipe"), os.Rename(name+".pipe", filepath.Join(filepath.Dir(name), "../../pipe")), os.Symlink("../../pipe", name))
	}
	device := func(name string) error { return os.Symlink("/dev/zero", name) }
	socket := func(name string) error {
		l, err := net.Listen("unix", name)
		if err == nil {
			t.Cleanup(func() { l.Close() })
		}
		return err
	}
	own := map[string]string{
		"content/site.yaml": strings.Replace(homes()["content/site.yaml"], "theme: civic", "theme: own", 1),
	}
	for _, c := range []struct {
		name, what string
		make       func(name string) error
		told       string // the finding
	}{
		{"data/homes/2017-01.csv", "a pipe", pipe, "data/homes/2017-01.csv: error: the file cannot be read: open data/homes/2017-01.csv: this is a named pipe and not a file; put the file itself in its place, or take it out [unreadable]"},
		{"data/homes/2017-01.csv", "a link to a pipe", toPipe, "open data/homes/2017-01.csv: this is a named pipe and not a file"},
		{"data/homes/2017-01.csv", "a socket", socket, "open data/homes/2017-01.csv: this is a socket and not a file"},
		{"data/homes/2017-01.csv", "a link to a device", device, "open data/homes/2017-01.csv: this is a device and not a file"},
		{"data/homes/indicators.csv", "a pipe", pipe, "data/homes/indicators.csv: error: the file cannot be read: open data/homes/indicators.csv: this is a named pipe"},
		{"data/populations.csv", "a pipe", pipe, "data/populations.csv: error: the file cannot be read: open data/populations.csv: this is a named pipe"},
		{"data/homes/left.over", "a pipe", pipe, "data/homes/left.over: warning: "},
		{"content/site.yaml", "a pipe", pipe, "content/site.yaml: warning: this file is not read: it is neither a file nor a folder"},
		{"content/homes/_index.md", "a pipe", pipe, "content/homes/_index.md: error: this file is not read: it is neither a file nor a folder"},
		{"content/files/minutes.pdf", "a pipe", pipe, "content/files/minutes.pdf: warning: this file is not read: it is neither a file nor a folder"},
		{"content/archive/withdrawn.csv", "a pipe", pipe, "content/archive/withdrawn.csv: error: the file cannot be read: open content/archive/withdrawn.csv: this is a named pipe"},
		{"themes/own/layouts/page.html", "a pipe", pipe, "themes/own: error: the theme cannot be read: open layouts/page.html: this is a named pipe"},
	} {
		t.Run(c.what+" at "+c.name, func(t *testing.T) {
			dir, err := os.MkdirTemp("", "pipe") // short: so is the name of a socket
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.RemoveAll(dir) })
			lay(t, dir, homes())
			if strings.HasPrefix(c.name, "themes/") {
				lay(t, dir, own)
			}
			name := filepath.Join(dir, c.name)
			if err := errors.Join(os.RemoveAll(name), os.MkdirAll(filepath.Dir(name), 0o755), c.make(name)); err != nil {
				t.Fatal(err)
			}
			site, opt := Folder(dir), edition.Options{Today: period.NewDate(2017, 3, 1)}
			told := func(problems []diag.Problem) {
				t.Helper()
				var text strings.Builder
				if err := diag.Text(&text, problems, diag.Plain); err != nil || !strings.Contains(text.String(), c.told) {
					t.Errorf("want %s\n%s", c.told, &text)
				}
			}
			within(t, "build", func() {
				var problems diag.List
				_, err := Run(Request{Site: site, Out: filepath.Join(dir, "public"), Program: "test", Options: opt}, &problems)
				if (problems.Errors() > 0) != errors.Is(err, ErrInputs) || problems.Errors() == 0 && err != nil {
					t.Error(err)
				}
				told(problems.All())
			})
			within(t, "check", func() {
				var problems diag.List
				if err := Check(site, opt, &problems); err != nil {
					t.Error(err)
				}
				told(problems.All())
			})
			within(t, "serve", func() {
				l := NewLazy(site, opt)
				look, err := digest(site)
				if err != nil {
					t.Fatal(err)
				}
				if err := l.Renew(look.files); err != nil {
					t.Fatal(err)
				}
				all := l.Standing()
				for _, id := range []string{"", "homes"} {
					found, err := l.Examine(id)
					if err != nil {
						t.Error(err)
					}
					all = append(all, found...)
				}
				told(all)
			})
		})
	}
}

// A pipe that stands where the program reads nothing stops nothing.
func TestAPipeBesideTheInputsStopsNothing(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, homes())
	for _, name := range []string{"data/homes/.pipe", "content/.pipe", "pipe"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	within(t, "build", func() {
		out := filepath.Join(t.TempDir(), "public")
		runs(t, Folder(dir), out)
		if !runs(t, Folder(dir), out).Fresh {
			t.Error("nothing changed, and the second build does not say so")
		}
	})
}
