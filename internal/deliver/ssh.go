package deliver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/crypto/ssh/knownhosts"
)

// patience is how long a connection may take to come about.
const patience = 20 * time.Second

// dial connects to the account. Who the other machine is must be known, and who
// we are is shown by a key; ~/.ssh/config is not read.
func (a account) dial(ctx context.Context) (*ssh.Client, error) {
	check, algorithms, err := a.hosts()
	if err != nil {
		return nil, err
	}
	auth, closeAgent, err := a.keys(ctx)
	if err != nil {
		return nil, err
	}
	defer closeAgent()
	address := net.JoinHostPort(a.host, a.port)
	dialer := net.Dialer{Timeout: patience}
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("reach %s: %w", address, err)
	}
	c, channels, requests, err := ssh.NewClientConn(conn, address, &ssh.ClientConfig{
		User: a.user, Auth: auth, HostKeyCallback: check, HostKeyAlgorithms: algorithms, Timeout: patience,
	})
	if err != nil {
		shut(conn)
		return nil, a.explain(err)
	}
	return ssh.NewClient(c, channels, requests), nil
}

// explain turns what stops most people into what they can do.
func (a account) explain(err error) error {
	var unknown *knownhosts.KeyError
	switch {
	case errors.As(err, &unknown) && len(unknown.Want) > 0:
		return refuse("ask whoever looks after it whether its key was changed; until then nothing is sent",
			"%s shows another key than the one that is known for it: it may be another machine", a.host)
	case errors.As(err, &unknown):
		return refuse(fmt.Sprintf("ssh -p %s %s@%s shows its key; compare it with what its keeper says, and accept it there", a.port, a.user, a.host),
			"%s is not in the file of known hosts", a.host)
	}
	return fmt.Errorf("log in to %s as %s (a key in ssh-agent, or ?key=FILE): %w", a.host, a.user, err)
}

// hosts checks the other machine's key against known_hosts. algorithms are those
// of the keys that are known of it: asked for others a machine would show one
// that is not known.
func (a account) hosts() (ssh.HostKeyCallback, []string, error) {
	name := a.knownHosts
	if name == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil, nil, err
		}
		name = filepath.Join(home, ".ssh", "known_hosts")
	}
	check, err := knownhosts.New(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, refuse(fmt.Sprintf("ssh -p %s %s@%s makes it, once you accept the machine's key; ?known_hosts=FILE names another", a.port, a.user, a.host),
			"there is no file of known hosts, %s, so nobody can tell whether %s is the right machine", filepath.ToSlash(name), a.host)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the known hosts: %w", err)
	}
	var known *knownhosts.KeyError
	var algorithms []string
	address := net.JoinHostPort(a.host, a.port)
	// A key that nobody has brings out those that are known.
	if errors.As(check(address, &net.TCPAddr{IP: net.IPv4zero}, noKey{}), &known) {
		for _, want := range known.Want {
			switch of := want.Key.Type(); of {
			case ssh.KeyAlgoRSA:
				algorithms = append(algorithms, ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256)
			default:
				algorithms = append(algorithms, of)
			}
		}
	}
	return check, algorithms, nil
}

// noKey is no machine's key.
type noKey struct{}

func (noKey) Type() string                        { return "none" }
func (noKey) Marshal() []byte                     { return nil }
func (noKey) Verify([]byte, *ssh.Signature) error { return errors.New("no key") }

// keys are those that may let us in: the file that was named, else those of
// ssh-agent and the usual files.
func (a account) keys(ctx context.Context) (methods []ssh.AuthMethod, done func(), err error) {
	done = func() {}
	if a.key != "" {
		signer, err := readKey(a.key)
		if err != nil {
			return nil, done, err
		}
		return []ssh.AuthMethod{ssh.PublicKeys(signer)}, done, nil
	}
	var signers []ssh.Signer
	if socket := os.Getenv("SSH_AUTH_SOCK"); socket != "" {
		var dialer net.Dialer
		if conn, err := dialer.DialContext(ctx, "unix", socket); err == nil {
			done = func() { shut(conn) }
			if held, err := agent.NewClient(conn).Signers(); err == nil {
				signers = held
			}
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		for _, name := range []string{"id_ed25519", "id_ecdsa", "id_rsa"} {
			// One that needs a passphrase is the agent's to hold.
			if signer, err := readKey(filepath.Join(home, ".ssh", name)); err == nil {
				signers = append(signers, signer)
			}
		}
	}
	if len(signers) == 0 {
		return nil, done, refuse("ssh-add puts one into ssh-agent; or name a file: ?key=FILE", "there is no key to log in to %s with", a.host)
	}
	return []ssh.AuthMethod{ssh.PublicKeys(signers...)}, done, nil
}

func readKey(name string) (ssh.Signer, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	signer, err := ssh.ParsePrivateKey(data)
	if errors.As(err, new(*ssh.PassphraseMissingError)) {
		return nil, refuse("ssh-add "+name+", and leave ?key= out", "the key %s needs a passphrase, which only ssh-agent may know", filepath.ToSlash(name))
	}
	if err != nil {
		return nil, fmt.Errorf("read the key %s: %w", name, err)
	}
	return signer, nil
}
