package deliver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// shelf is a store in memory. fail, where it is set, is asked before each call.
type shelf struct {
	mu    sync.Mutex
	files map[string]string
	tags  map[string]string
	clock int
	calls []string
	fail  func(call, name string) error
	kept  string // served
}

func newShelf() *shelf { return &shelf{files: map[string]string{}, tags: map[string]string{}} }

func (s *shelf) called(call, name string) error {
	s.calls = append(s.calls, call+" "+name)
	if s.fail != nil {
		return s.fail(call, name)
	}
	return nil
}

func (s *shelf) list(context.Context) (map[string]object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := map[string]object{}
	for name, content := range s.files {
		found[name] = object{int64(len(content)), s.tags[name]}
	}
	return found, s.called("list", "")
}

func (s *shelf) read(_ context.Context, name string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	content, ok := s.files[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return []byte(content), s.called("read", name)
}

func (s *shelf) write(_ context.Context, name string, data []byte, _ time.Time) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.called("write", name); err != nil {
		return "", err
	}
	s.clock++
	s.files[name], s.tags[name] = string(data), fmt.Sprint(s.clock)
	return s.tags[name], nil
}

func (s *shelf) remove(_ context.Context, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.called("remove", name); err != nil {
		return err
	}
	delete(s.files, name)
	return nil
}

func (s *shelf) served() string { return s.kept }
func (s *shelf) String() string { return "the shelf" }
func (s *shelf) Close() error   { return nil }

func (s *shelf) Look(ctx context.Context, site *Site, opt Options) (*Delivery, error) {
	return look(ctx, s, s, site, opt)
}

func (s *shelf) pages() pages {
	p := pages{}
	for name, content := range s.files {
		if !strings.HasPrefix(name, stateFolder) {
			p[name] = content
		}
	}
	return p
}

// changes are the calls that a reader could see the effect of.
func (s *shelf) changes() (names []string) {
	for _, c := range s.calls {
		if name, ok := strings.CutPrefix(c, "write "); ok && !strings.HasPrefix(name, stateFolder) {
			names = append(names, name)
		}
	}
	return names
}

// Stopped before every single call, and everywhere in several at once, the
// target has whole pages and no broken link, and the next run completes it with
// no more than what is missing.
func TestStoppedBeforeAnyCallNoLinkIsBroken(t *testing.T) {
	hurried(t, time.Hour, time.Millisecond)
	var built []*Site
	for i := range versions {
		built = append(built, site(t, version(i)))
	}
	moment := rand.New(rand.NewPCG(7, 7))
	stopped := 0
	for from := range versions {
		for _, to := range []int{(from + 1) % versions, (from + 3) % versions} {
			for stop := 1; ; stop += 1 + moment.IntN(4) {
				s := newShelf()
				mustDeliver(t, s, built[from], anything)
				n := 0
				s.fail = func(string, string) error {
					if n++; n > stop {
						return errors.New("the line is dead")
					}
					return nil
				}
				_, err := deliverTo(t, s, built[to], anything)
				if faults := broken(s.pages()); len(faults) > 0 {
					t.Fatalf("from %d to %d, stopped after %d calls: %v", from, to, stop, faults)
				}
				// The next run may be of a third site.
				s.fail = nil
				third := moment.IntN(versions)
				mustDeliver(t, s, built[third], anything)
				if !maps.Equal(s.pages(), version(third)) {
					t.Fatalf("from %d to %d, stopped after %d calls, then %d: %v", from, to, stop, third, slices.Sorted(maps.Keys(s.files)))
				}
				stopped++
				if err == nil {
					break
				}
			}
		}
	}
	t.Logf("stopped %d times", stopped)
}

// large is a site of many files.
func large(n int) pages {
	p := pages{"index.html": "x"}
	for i := range n {
		p[fmt.Sprintf("m/%03d.html", i)] = fmt.Sprint(i)
	}
	return p
}

func TestTheNextRunSendsWhatIsMissing(t *testing.T) {
	s, built := newShelf(), site(t, large(500))
	n := 0
	s.fail = func(call, name string) error {
		if call == "write" && !strings.HasPrefix(name, stateFolder) {
			if n++; n > 400 {
				return errors.New("the line is dead")
			}
		}
		return nil
	}
	if _, err := deliverTo(t, s, built, Options{}); err == nil {
		t.Fatal("it did not stop")
	}
	s.fail, s.calls = nil, nil
	res := mustDeliver(t, s, built, Options{})
	if again := len(s.changes()); again > 501-400+workers+sentTogether || res.Unchanged == 0 {
		t.Errorf("%d files were sent by the second run: %+v", again, res)
	}
	if !maps.Equal(s.pages(), large(500)) {
		t.Error("it is not complete")
	}
}

func TestWhatIsSentAndNotWrittenDownIsOurs(t *testing.T) {
	// A page that is taken back before its delivery was complete must go.
	s, secret := newShelf(), large(20)
	secret["m/secret.html"] = "published by mistake"
	s.fail = func(call, name string) error {
		if call == "write" && name == "index.html" {
			return errors.New("the line is dead")
		}
		return nil
	}
	if _, err := deliverTo(t, s, site(t, secret), Options{}); err == nil || s.files["m/secret.html"] == "" {
		t.Fatal("it did not stop where it should")
	}
	s.fail = nil
	mustDeliver(t, s, site(t, large(20)), anything)
	if !maps.Equal(s.pages(), large(20)) {
		t.Errorf("left: %v", slices.Sorted(maps.Keys(s.files)))
	}
}

func TestFilesOfOthersAreLeftAlone(t *testing.T) {
	s := newShelf()
	s.files[".well-known/security.txt"], s.files["logo.png"] = "theirs", "theirs"
	mustDeliver(t, s, site(t, large(10)), Options{})
	s.files["google1234.html"] = "theirs"
	d, err := s.Look(t.Context(), site(t, large(9)), anything)
	check(t, err)
	if want := []string{".well-known/security.txt", "google1234.html", "logo.png"}; !slices.Equal(d.Strange, want) {
		t.Errorf("%v", d.Strange)
	}
	_, err = d.Carry(t.Context(), Release{Time: noon}, nil)
	check(t, err)
	for _, name := range []string{".well-known/security.txt", "logo.png", "google1234.html"} {
		if s.files[name] != "theirs" {
			t.Errorf("%s is %q", name, s.files[name])
		}
	}
	if _, there := s.files["m/009.html"]; there {
		t.Error("m/009.html is still there")
	}
}

func TestFilesOfOthersAreReplacedOnlyWhenAskedTo(t *testing.T) {
	s := newShelf()
	s.files["index.html"], s.files["old.html"], s.files[".htaccess"] = "theirs", "theirs", "theirs"
	_, err := deliverTo(t, s, site(t, large(10)), anything)
	var refusal *Refusal
	if !errors.As(err, &refusal) || !strings.Contains(refusal.Mend, "--take-over") || s.files["index.html"] != "theirs" || len(s.files) != 3 {
		t.Fatalf("%v, %v", err, s.files)
	}
	over := anything
	over.TakeOver = true
	mustDeliver(t, s, site(t, large(10)), over)
	want := large(10)
	want[".htaccess"] = "theirs" // a server's settings are never the site's
	if !maps.Equal(s.pages(), want) {
		t.Errorf("%v", slices.Sorted(maps.Keys(s.files)))
	}
}

func TestOtherHeadersAreSentAnew(t *testing.T) {
	s, built := newShelf(), site(t, large(10))
	s.kept = "headers of old"
	mustDeliver(t, s, built, Options{})
	s.kept = "headers of today"
	if res := mustDeliver(t, s, built, Options{}); res.Sent != 11 {
		t.Errorf("%+v", res)
	}
	if res := mustDeliver(t, s, built, Options{}); !res.Fresh {
		t.Errorf("%+v", res)
	}
}

func TestADamagedManifestIsRefused(t *testing.T) {
	s, built := newShelf(), site(t, large(10))
	mustDeliver(t, s, built, Options{})
	for _, text := range []string{"", "{", `{"format": 2}`, `{"format":1,"files":[{"path":"x","sum":"12"}]}`} {
		s.files[stateManifest] = text
		_, err := deliverTo(t, s, built, Options{})
		var refusal *Refusal
		if !errors.As(err, &refusal) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestTheLogAtTheTargetTellsEveryRelease(t *testing.T) {
	s := newShelf()
	for i := range 3 {
		mustDeliver(t, s, site(t, version(i)), anything)
	}
	var list []Release
	check(t, json.Unmarshal([]byte(s.files[stateLog]), &list))
	if len(list) != 3 || list[2].Digest != site(t, version(2)).Digest() || list[2].Files != len(version(2)) || list[2].Added != 7 {
		t.Errorf("%s", s.files[stateLog])
	}
}

func TestStepsAreInTheOrderThatIsSafe(t *testing.T) {
	there := map[string]held{}
	for _, name := range []string{"index.html", "a.html", "old.html", "old.csv", "assets/old.css"} {
		there[name] = held{ours: true}
	}
	s := site(t, pages{"index.html": "1", "a.html": "1", "new.html": "1", "new.csv": "1", "assets/new.css": "1", "feed.xml": "1"})
	p := compare(s, there, anything)
	var got []string
	for _, step := range p.Steps {
		got = append(got, step.What.String()+" "+step.Path)
	}
	want := []string{"add assets/new.css", "add new.csv", "add new.html", "change a.html", "add feed.xml", "change index.html",
		"remove old.html", "remove assets/old.css", "remove old.csv"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
