package deliver

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"outturn/internal/hosting"
)

// place is a target with a way to see what it holds that is not our own.
type place struct {
	target string
	holds  func(t testing.TB) pages // but for our own state
	env    []string                 // for a process of its own
	put    func(t testing.TB, name, content string)
	state  func(t testing.TB) []string // what an interrupted delivery left of our own
}

// places are every kind of target that can be had here. Real servers are used
// where they are installed (make tools does); stand-ins within this process
// always.
var places = []struct {
	name string
	make func(t testing.TB) place
}{
	{"folder", folderPlace},
	{"sftp, within the test", sftpPlace},
	{"sftp, OpenSSH", opensshPlace},
	{"s3, within the test", s3Place},
	{"s3, versitygw", versityPlace},
}

func folderPlace(t testing.TB) place {
	dir := filepath.Join(t.TempDir(), "srv")
	return place{target: dir, holds: func(t testing.TB) pages { return contents(t, filepath.Join(dir, currentName)) },
		put: func(t testing.TB, name, content string) { write(t, filepath.Join(dir, currentName), name, content) },
		state: func(t testing.TB) []string {
			return append(leftIn(t, filepath.Join(dir, releasesName), "."), leftIn(t, dir, currentName+nextSuffix)...)
		}}
}

// leftIn names what begins so in a folder.
func leftIn(t testing.TB, dir, prefix string) (names []string) {
	entries, err := os.ReadDir(dir)
	check(t, err)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) {
			names = append(names, e.Name())
		}
	}
	return names
}

func write(t testing.TB, dir, name, content string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	check(t, os.MkdirAll(filepath.Dir(file), 0o755))
	check(t, os.WriteFile(file, []byte(content), 0o644))
}

// keys makes a pair of SSH keys, and the private one's file.
func keys(t testing.TB, file string) ssh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	check(t, err)
	block, err := ssh.MarshalPrivateKey(private, "")
	check(t, err)
	check(t, os.WriteFile(file, pem.EncodeToMemory(block), 0o600))
	signer, err := ssh.NewSignerFromKey(private)
	check(t, err)
	return signer
}

// sftpAt is a place on an SSH server that lets our key in.
func sftpAt(t testing.TB, user, address, dir, state string, host ssh.PublicKey) place {
	known := filepath.Join(state, "known_hosts")
	check(t, os.WriteFile(known, []byte(knownhosts.Line([]string{knownhosts.Normalize(address)}, host)+"\n"), 0o600))
	root := filepath.Join(dir, "www", "performance")
	return place{
		target: fmt.Sprintf("sftp://%s@%s%s?key=%s&known_hosts=%s", user, address, root, filepath.Join(state, "id"), known),
		holds:  func(t testing.TB) pages { return contents(t, root) },
		put:    func(t testing.TB, name, content string) { write(t, root, name, content) },
		state: func(t testing.TB) []string {
			dir := filepath.Join(root, stateFolder)
			return append(leftIn(t, dir, "sent-"), leftIn(t, dir, "part-")...)
		},
	}
}

// sftpPlace is an SSH server within this process.
func sftpPlace(t testing.TB) place {
	return sftpPlaceOver(t, func(conn net.Conn) net.Conn { return conn })
}

// sftpPlaceOver is the same over connections that are not all that they seem.
func sftpPlaceOver(t testing.TB, over func(net.Conn) net.Conn) place {
	state := t.TempDir()
	host, own := keys(t, filepath.Join(state, "host")), keys(t, filepath.Join(state, "id"))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	conf := &ssh.ServerConfig{PublicKeyCallback: func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
		if !bytes.Equal(key.Marshal(), own.PublicKey().Marshal()) {
			return nil, fmt.Errorf("unknown key")
		}
		return nil, nil
	}}
	conf.AddHostKey(host)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return // closed
			}
			go serveSFTP(over(conn), conf)
		}
	}()
	return sftpAt(t, "web", listener.Addr().String(), t.TempDir(), state, host.PublicKey())
}

func serveSFTP(conn net.Conn, conf *ssh.ServerConfig) {
	defer shut(conn)
	_, channels, requests, err := ssh.NewServerConn(conn, conf)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for offered := range channels {
		channel, requests, err := offered.Accept()
		if err != nil {
			return
		}
		go func() {
			for r := range requests {
				_ = r.Reply(r.Type == "subsystem" && strings.HasSuffix(string(r.Payload), "sftp"), nil)
			}
		}()
		server, err := sftp.NewServer(channel)
		if err != nil {
			return
		}
		_ = server.Serve() // ends with the connection, however that ends
		shut(channel)
	}
}

// opensshPlace is the SSH server that nearly every council's host runs.
func opensshPlace(t testing.TB) place {
	sshd, err := exec.LookPath("sshd")
	if err != nil {
		sshd = "/usr/sbin/sshd"
	}
	server := ""
	for _, name := range []string{"/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server", "/usr/libexec/sftp-server"} {
		if _, err := os.Stat(name); err == nil {
			server = name
		}
	}
	if _, err := os.Stat(sshd); err != nil || server == "" {
		unavailable(t, "OpenSSH's server is not installed (Debian: openssh-server), so publishing by SFTP was tried only against the one within the test")
	}
	me, err := user.Current()
	check(t, err)
	state := t.TempDir()
	host, own := keys(t, filepath.Join(state, "host")), keys(t, filepath.Join(state, "id"))
	check(t, os.WriteFile(filepath.Join(state, "authorized"), ssh.MarshalAuthorizedKey(own.PublicKey()), 0o600))
	port := freePort(t)
	conf := fmt.Sprintf(`Port %d
ListenAddress 127.0.0.1
HostKey %s/host
AuthorizedKeysFile %s/authorized
PidFile none
StrictModes no
UsePAM no
PermitRootLogin yes
MaxStartups 100
Subsystem sftp %s
`, port, state, state, server)
	check(t, os.WriteFile(filepath.Join(state, "conf"), []byte(conf), 0o600))
	if os.Geteuid() == 0 {
		check(t, os.MkdirAll("/run/sshd", 0o755)) // sshd asks for it when it starts as root
	}
	start(t, port, exec.Command(sshd, "-D", "-e", "-f", filepath.Join(state, "conf")))
	return sftpAt(t, me.Username, fmt.Sprint("127.0.0.1:", port), t.TempDir(), state, host.PublicKey())
}

// unavailable skips a test loudly; where everything must be tested it fails.
func unavailable(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(why)
	}
	t.Skip(why)
}

func freePort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer shut(listener)
	return listener.Addr().(*net.TCPAddr).Port
}

// start runs a server until the test ends, and waits until it answers.
func start(t testing.TB, port int, cmd *exec.Cmd) {
	t.Helper()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.WaitDelay = time.Second // a child of its own may outlive it and hold the pipes
	check(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
		if t.Failed() {
			t.Logf("%s said:\n%s", cmd.Path, &said)
		}
	})
	for range 100 {
		conn, err := net.Dial("tcp", fmt.Sprint("127.0.0.1:", port))
		if err == nil {
			shut(conn)
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s does not answer:\n%s", cmd.Path, &said)
}

// s3Place is a stand-in for object storage within this process.
func s3Place(t testing.TB) place {
	backend := s3mem.New()
	check(t, backend.CreateBucket("site"))
	handler := gofakes3.New(backend).Server()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A client that died sends half a body; a real server drops it.
		if r.Method == http.MethodPut {
			body, err := io.ReadAll(r.Body)
			if err != nil || int64(len(body)) != r.ContentLength {
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			// It forgets this header, so it is looked at on its way.
			_, name, _ := strings.Cut(r.URL.Path, "/2017/")
			if got := r.Header.Get("Cache-Control"); got != hosting.Of(name).CacheControl && !strings.HasPrefix(name, stateFolder) {
				http.Error(w, "Cache-Control of "+name+" is "+got, http.StatusBadRequest)
				return
			}
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return s3At(t, server.URL)
}

func s3At(t testing.TB, endpoint string) place {
	env := []string{"AWS_ACCESS_KEY_ID=tester", "AWS_SECRET_ACCESS_KEY=nobodys-secret", "AWS_EC2_METADATA_DISABLED=true"}
	for _, e := range env {
		name, value, _ := strings.Cut(e, "=")
		if x, ok := t.(*testing.T); ok {
			x.Setenv(name, value)
		}
	}
	target := "s3://site/performance/2017?region=us-east-1&endpoint=" + endpoint
	open := func() *objects {
		d, err := parse(t, target).(bucket).open(t.Context())
		check(t, err)
		return d
	}
	return place{target: target, env: env,
		holds: func(t testing.TB) pages {
			o := open()
			for {
				p, err := o.pages(t.Context())
				if errors.Is(err, fs.ErrNotExist) {
					continue // it came to an end of what a client that was killed had sent
				}
				check(t, err)
				return p
			}
		},
		state: func(t testing.TB) (names []string) {
			list, err := open().list(t.Context())
			check(t, err)
			for name := range list {
				if strings.HasPrefix(name, stateSent) {
					names = append(names, name)
				}
			}
			return names
		},
		put: func(t testing.TB, name, content string) {
			_, err := open().write(t.Context(), name, []byte(content), noon)
			check(t, err)
		},
	}
}

// pages is what a bucket holds, but for our own state.
func (o *objects) pages(ctx context.Context) (pages, error) {
	list, err := o.list(ctx)
	if err != nil {
		return nil, err
	}
	p := pages{}
	for name := range list {
		if strings.HasPrefix(name, stateFolder) {
			continue
		}
		data, err := o.read(ctx, name)
		if err != nil {
			return nil, err
		}
		p[name] = string(data)
	}
	return p, nil
}

// versityPlace is a real server for object storage. It takes minutes to compile,
// so it is used where it stands ready:
//
//	go install github.com/versity/versitygw/cmd/versitygw@v1.8.0
func versityPlace(t testing.TB) place {
	program, err := exec.LookPath("versitygw")
	if err != nil {
		t.Skip("versitygw is not on the path, so publishing to object storage was tried only against the stand-in; go install github.com/versity/versitygw/cmd/versitygw@v1.8.0 brings it")
	}
	root := t.TempDir()
	check(t, os.Mkdir(filepath.Join(root, "site"), 0o755))
	port := freePort(t)
	cmd := exec.Command(program, "--port", fmt.Sprint("127.0.0.1:", port), "--access", "tester", "--secret", "nobodys-secret", "posix", root)
	start(t, port, cmd)
	return s3At(t, fmt.Sprint("http://127.0.0.1:", port))
}
