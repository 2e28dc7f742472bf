package deliver

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pkg/sftp"
)

// account is a target on another machine, over SSH.
type account struct {
	user, host, port string
	dir              string // absolute, or from the account's own folder
	key, knownHosts  string // files; empty: the usual ones
}

// parseAccount reads sftp://user@host:port/path?key=…&known_hosts=….
func parseAccount(u *url.URL) (Target, error) {
	a := account{host: u.Hostname(), port: u.Port(), dir: path.Clean(u.Path)}
	if err := options(u, map[string]*string{"key": &a.key, "known_hosts": &a.knownHosts}); err != nil {
		return nil, err
	}
	if _, password := u.User.Password(); password {
		return nil, &Misuse{"a password is never written into the target: let a key in, from ssh-agent or a file (?key=FILE)"}
	}
	a.user = u.User.Username()
	switch {
	case a.host == "" || a.user == "":
		return nil, &Misuse{"the target names no account; write it as sftp://user@host/path"}
	case a.dir == "." || a.dir == "/":
		return nil, &Misuse{"the target names no folder; write it as sftp://user@host/path, or sftp://user@host/~/path from the account's own folder"}
	}
	if a.port == "" {
		a.port = "22"
	}
	if rest, own := strings.CutPrefix(a.dir, "/~/"); own {
		a.dir = rest
	}
	return a, nil
}

func (a account) String() string {
	dir := a.dir
	if !strings.HasPrefix(dir, "/") {
		dir = "/~/" + dir
	}
	host := a.host
	if strings.Contains(host, ":") {
		host = "[" + host + "]" // IPv6
	}
	if a.port != "22" {
		host += ":" + a.port
	}
	return "sftp://" + a.user + "@" + host + dir
}

// Look implements Target.
func (a account) Look(ctx context.Context, site *Site, opt Options) (*Delivery, error) {
	var random [6]byte
	if _, err := rand.Read(random[:]); err != nil {
		return nil, err
	}
	s := &files{account: a, made: map[string]bool{}, part: statePart + hex.EncodeToString(random[:]) + "-"}
	if err := s.connect(ctx); err != nil {
		return nil, err
	}
	if _, ok := s.client.HasExtension("posix-rename@openssh.com"); !ok {
		shut(s)
		return nil, refuse("use a server that can (OpenSSH does), or another kind of target",
			"%s cannot replace a file in one step, so a reader could meet half a page", a.host)
	}
	return look(ctx, a, s, site, opt)
}

// files is the store of a folder on another machine.
type files struct {
	account
	part   string // how the names of our unfinished uploads begin
	number atomic.Int64

	mu     sync.Mutex
	client *sftp.Client
	end    func() error    // of the connection
	broken bool            // the connection is gone
	made   map[string]bool // folders that are there
}

func (s *files) served() string { return "" } // the web server has the headers

func (s *files) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.close()
}

func (s *files) close() error {
	if s.client == nil {
		return nil
	}
	err := errors.Join(s.client.Close(), s.end())
	s.client, s.end = nil, nil
	return err
}

// attempts is how often a call is made before a network is given up; the waits
// between grow to some seconds.
const attempts = 4

// try makes a call, and makes it again on a new connection where the old one broke.
func (s *files) try(ctx context.Context, call func(*sftp.Client) error) error {
	for n := 1; ; n++ {
		client, err := s.connected(ctx)
		if err == nil {
			err = call(client)
		}
		if err == nil || !lost(err) || n == attempts || ctx.Err() != nil {
			return err
		}
		s.mu.Lock()
		if s.client == client {
			s.broken = true
		}
		s.mu.Unlock()
		select {
		case <-time.After(time.Duration(n*n) * 300 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// lost tells a connection that is gone from a server that says no.
func lost(err error) bool {
	var status *sftp.StatusError
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission), errors.As(err, new(*Refusal)):
		return false
	case errors.Is(err, sftp.ErrSSHFxConnectionLost), errors.Is(err, sftp.ErrSSHFxNoConnection):
		return true
	case errors.As(err, &status):
		return false
	}
	return true
}

// connected gives the connection, a new one where the last is gone.
func (s *files) connected(ctx context.Context) (*sftp.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.client != nil && !s.broken {
		return s.client, nil
	}
	_ = s.close() // it is gone already
	if err := s.connect(ctx); err != nil {
		return nil, err
	}
	s.broken = false
	return s.client, nil
}

func (s *files) connect(ctx context.Context) error {
	conn, err := s.dial(ctx)
	if err != nil {
		return err
	}
	client, err := sftp.NewClient(conn)
	if err != nil {
		shut(conn)
		return fmt.Errorf("speak SFTP with %s: %w", s.host, err)
	}
	s.client, s.end = client, conn.Close
	return nil
}

func (s *files) at(name string) string { return path.Join(s.dir, name) }

func (s *files) list(ctx context.Context) (map[string]object, error) {
	var found map[string]object
	err := s.try(ctx, func(c *sftp.Client) error {
		found = map[string]object{}
		return s.walk(c, "", found)
	})
	return found, s.barred(err)
}

func (s *files) walk(c *sftp.Client, dir string, found map[string]object) error {
	entries, err := c.ReadDir(s.at(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", s.at(dir), err)
	}
	s.mu.Lock()
	s.made[s.at(dir)] = true
	s.mu.Unlock()
	for _, info := range entries {
		name := path.Join(dir, info.Name())
		if info.IsDir() {
			if err := s.walk(c, name, found); err != nil {
				return err
			}
			continue
		}
		o := object{info.Size(), second(info.ModTime())}
		if !info.Mode().IsRegular() {
			o = object{-1, info.Mode().Type().String()} // never one that we put there
		}
		found[name] = o
	}
	return nil
}

// second is the tag of a file: its time, in the seconds that SFTP has.
func second(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }

func (s *files) read(ctx context.Context, name string) (data []byte, err error) {
	err = s.try(ctx, func(c *sftp.Client) error {
		f, err := c.Open(s.at(name))
		if err != nil {
			return err
		}
		defer shut(f)
		data, err = io.ReadAll(f)
		return err
	})
	return data, err
}

// write uploads beside the site and renames: a reader finds the old file or the
// new one. The time is that of the build, so that a server's Last-Modified is
// that of the content.
func (s *files) write(ctx context.Context, name string, data []byte, modified time.Time) (string, error) {
	if modified.IsZero() {
		modified = time.Unix(0, 0)
	}
	err := s.try(ctx, func(c *sftp.Client) error {
		for _, dir := range []string{s.at(stateFolder), path.Dir(s.at(name))} {
			if err := s.folder(c, dir); err != nil {
				return err
			}
		}
		part := s.at(s.part + strconv.FormatInt(s.number.Add(1), 10))
		if err := upload(c, part, data, modified); err != nil {
			return err
		}
		return c.PosixRename(part, s.at(name))
	})
	return second(modified), s.barred(err)
}

// barred says what to do where the server said no.
func (s *files) barred(err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) || errors.As(err, new(*sftp.StatusError)) {
		return fmt.Errorf("%w\n  mend: see that the account %s may make, read and change files in %s on %s, and that there is room for them", err, s.user, s.dir, s.host)
	}
	return err
}

func upload(c *sftp.Client, name string, data []byte, modified time.Time) error {
	f, err := c.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return c.Chtimes(name, modified, modified)
}

func (s *files) folder(c *sftp.Client, dir string) error {
	s.mu.Lock()
	made := s.made[dir]
	s.mu.Unlock()
	if made {
		return nil
	}
	if err := c.MkdirAll(dir); err != nil {
		return fmt.Errorf("make the folder %s: %w", dir, err)
	}
	s.mu.Lock()
	s.made[dir] = true
	s.mu.Unlock()
	return nil
}

// remove takes a file away, with the folders that it leaves empty.
func (s *files) remove(ctx context.Context, name string) error {
	return s.try(ctx, func(c *sftp.Client) error {
		if err := c.Remove(s.at(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for dir := path.Dir(name); dir != "." && dir+"/" != stateFolder; dir = path.Dir(dir) {
			if c.RemoveDirectory(s.at(dir)) != nil {
				break // it is not empty
			}
		}
		return nil
	})
}
