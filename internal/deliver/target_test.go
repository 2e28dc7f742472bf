package deliver

import (
	"errors"
	"log"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"golang.org/x/crypto/ssh"

	"outturn/internal/hosting"
)

func TestTargetsAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"/srv/performance":                          "/srv/performance",
		"../site":                                   "../site",
		"sftp://web@host.example/var/www/site":      "sftp://web@host.example/var/www/site",
		"sftp://web@host.example:2222/~/site/":      "sftp://web@host.example:2222/~/site",
		"sftp://web@[::1]:2222/x?key=k":             "sftp://web@[::1]:2222/x",
		"s3://bucket":                               "s3://bucket/",
		"s3://bucket/a/b/?region=eu-west-2":         "s3://bucket/a/b/",
		"s3://bucket/a?endpoint=https://s3.example": "s3://bucket/a/?endpoint=https://s3.example",
	} {
		target, err := Parse(text)
		if err != nil || target.String() != want {
			t.Errorf("%s: %v, %v", text, target, err)
		}
	}
	for text, want := range map[string]string{
		"":                                "name a target",
		"ftp://host/path":                 "ftp:// is no target",
		"sftp://web:secret@host/path":     "a password is never",
		"sftp://host/path":                "names no account",
		"sftp://web@host":                 "names no folder",
		"sftp://web@host/":                "names no folder",
		"sftp://web@host/x?password=y":    `"password" after the ? of the target is not known`,
		"s3:///prefix":                    "names no bucket",
		"s3://key:secret@bucket":          "a key is never",
		"s3://bucket?endpoint=s3.example": `the endpoint "s3.example" is no address`,
		"s3://bucket?endpont=x":           `"endpont" after the ?`,
		"sftp://web:se%zzcret@host/path":  "is no address",
	} {
		_, err := Parse(text)
		var misuse *Misuse
		if !errors.As(err, &misuse) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "cret") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestAMachineThatIsNotKnownIsNotTold(t *testing.T) {
	for _, c := range []struct{ name, want, mend string }{
		{"another's key", "shows another key", "ask whoever looks after it"},
		{"no key of it", "is not in the file of known hosts", "compare it"},
		{"no file", "there is no file of known hosts", "ssh -p"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := sftpPlace(t)
			_, known, _ := strings.Cut(p.target, "known_hosts=")
			switch c.name {
			case "another's key":
				data, err := os.ReadFile(known)
				check(t, err)
				host, _, _ := strings.Cut(string(data), " ")
				other := ssh.MarshalAuthorizedKey(keys(t, filepath.Join(t.TempDir(), "id")).PublicKey())
				check(t, os.WriteFile(known, []byte(host+" "+string(other)), 0o600))
			case "no key of it":
				check(t, os.WriteFile(known, nil, 0o600))
			case "no file":
				check(t, os.Remove(known))
			}
			_, err := deliverTo(t, parse(t, p.target), site(t, version(0)), Options{})
			var refusal *Refusal
			if !errors.As(err, &refusal) || !strings.Contains(refusal.Why, c.want) || !strings.Contains(refusal.Mend, c.mend) {
				t.Errorf("%v", err)
			}
			if len(p.holds(t)) > 0 {
				t.Error("it was told all the same")
			}
		})
	}
}

func TestAKeyThatIsNotLetInIsSaid(t *testing.T) {
	p := sftpPlace(t)
	_, rest, _ := strings.Cut(p.target, "key=")
	file, _, _ := strings.Cut(rest, "&")
	keys(t, file)
	_, err := deliverTo(t, parse(t, p.target), site(t, version(0)), Options{})
	if err == nil || !strings.Contains(err.Error(), "log in to 127.0.0.1 as web") {
		t.Errorf("%v", err)
	}
	check(t, os.Remove(file))
	if _, err := deliverTo(t, parse(t, p.target), site(t, version(0)), Options{}); err == nil || !strings.Contains(err.Error(), "read the key") {
		t.Errorf("%v", err)
	}
}

// Who has no key is told so once: the library has words of its own about a machine
// that does not say its role.
func TestWithoutAKeyNothingIsPrintedBesideTheError(t *testing.T) {
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_EC2_METADATA_DISABLED", "AWS_WEB_IDENTITY_TOKEN_FILE",
		"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"} {
		t.Setenv(name, "")
	}
	none := filepath.Join(t.TempDir(), "none")
	t.Setenv("AWS_CONFIG_FILE", none)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", none)
	asked := false
	machine := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked = true
		w.WriteHeader(http.StatusForbidden)
	}))
	t.Cleanup(machine.Close)
	t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", machine.URL)

	printed, err := os.Create(filepath.Join(t.TempDir(), "printed"))
	check(t, err)
	out, errs := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = printed, printed
	log.SetOutput(printed)
	_, err = deliverTo(t, parse(t, "s3://bucket/x?region=eu-west-2"), site(t, version(0)), Options{})
	os.Stdout, os.Stderr = out, errs
	log.SetOutput(errs)
	check(t, printed.Close())
	if err == nil || !strings.Contains(err.Error(), "there is no key for s3://bucket/x/") || !asked {
		t.Errorf("%v; the machine was asked: %v", err, asked)
	}
	if text, err := os.ReadFile(printed.Name()); err != nil || len(text) > 0 {
		t.Errorf("printed, besides: %s (%v)", text, err)
	}
}

// dropping is a connection that breaks off once it has brought so many bytes.
type dropping struct {
	net.Conn
	left int
}

func (d *dropping) Read(b []byte) (int, error) {
	n, err := d.Conn.Read(b)
	if d.left -= n; d.left < 0 {
		shut(d.Conn)
	}
	return n, err
}

func TestABrokenConnectionIsTakenUpAgain(t *testing.T) {
	broken := 0
	p := sftpPlaceOver(t, func(conn net.Conn) net.Conn {
		if broken == 3 {
			return conn
		}
		broken++
		return &dropping{conn, 30_000}
	})
	want := large(60)
	mustDeliver(t, parse(t, p.target), site(t, want), Options{})
	if !maps.Equal(p.holds(t), want) || broken < 2 {
		t.Errorf("the connection broke %d times, and it holds %d files of %d", broken, len(p.holds(t)), len(want))
	}
	if left := p.state(t); len(left) > 4*workers {
		t.Errorf("left: %v", left)
	}
	mustDeliver(t, parse(t, p.target), site(t, want), Options{})
	if left := p.state(t); len(left) > 0 {
		t.Errorf("the next run left: %v", left)
	}
}

func TestObjectStorageKeepsTheHeadersOfEachKind(t *testing.T) {
	for _, kind := range places {
		if !strings.HasPrefix(kind.name, "s3") {
			continue
		}
		t.Run(kind.name, func(t *testing.T) {
			p := kind.make(t)
			target := parse(t, p.target)
			mustDeliver(t, target, site(t, pages{"index.html": "<p>", "x/1.csv-metadata.json": "{}", "x/1.csv": "a", "assets/site.0123abcd.css": "p{}"}), Options{})
			o, err := target.(bucket).open(t.Context())
			check(t, err)
			for _, name := range []string{"index.html", "x/1.csv-metadata.json", "x/1.csv", "assets/site.0123abcd.css"} {
				key := o.prefix + name
				head, err := o.client.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: &o.name, Key: &key})
				check(t, err)
				want := hosting.Of(name)
				if aws.ToString(head.ContentType) != want.ContentType || head.CacheControl != nil && *head.CacheControl != want.CacheControl {
					t.Errorf("%s: %q, %q", name, aws.ToString(head.ContentType), aws.ToString(head.CacheControl))
				}
			}
		})
	}
}

func TestWhatStopsObjectStorageIsSaidPlainly(t *testing.T) {
	p := s3Place(t)
	look := func(target string) error {
		_, err := parse(t, target).Look(t.Context(), site(t, version(0)), Options{})
		return err
	}
	var refusal *Refusal
	if err := look(strings.Replace(p.target, "s3://site/", "s3://elsewhere/", 1)); !errors.As(err, &refusal) || !strings.Contains(refusal.Why, "there is no bucket elsewhere") {
		t.Errorf("%v", err)
	}
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
	t.Setenv("AWS_CONFIG_FILE", "/nowhere")
	if err := look(p.target); !errors.As(err, &refusal) || !strings.Contains(refusal.Why, "there is no key for s3://site/") {
		t.Errorf("%v", err)
	}
}

func TestATargetThatCannotBeWrittenSaysWhatWouldHelp(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a-file")
	check(t, os.WriteFile(file, nil, 0o644))
	_, err := deliverTo(t, Folder{filepath.Join(file, "srv")}, site(t, version(0)), Options{})
	if err == nil || !strings.Contains(err.Error(), "\n  mend: let the account that runs outturn make, read and change files in "+filepath.ToSlash(file)) {
		t.Errorf("%v", err)
	}
	p := sftpPlace(t)
	root, _, _ := strings.Cut(p.target, "?")
	_, dir, _ := strings.Cut(strings.TrimPrefix(root, "sftp://"), "/")
	check(t, os.MkdirAll("/"+filepath.Dir(filepath.Dir(dir)), 0o755))
	check(t, os.WriteFile("/"+filepath.Dir(dir), nil, 0o644)) // its folder is a file
	_, err = deliverTo(t, parse(t, p.target), site(t, version(0)), Options{})
	if err == nil || !strings.Contains(err.Error(), "\n  mend: see that the account web may make, read and change files in /"+dir) {
		t.Errorf("%v", err)
	}
}
