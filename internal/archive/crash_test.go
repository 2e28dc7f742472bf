package archive

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"outturn/internal/archive/bag"
	"outturn/internal/diag"
)

// forge writes a file into a bag and puts every list right.
func forge(t *testing.T, at, name, content string) {
	t.Helper()
	write(t, at, name, content)
	dir := os.DirFS(at)
	manifest, err := bag.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	info, err := bag.ReadInfo(dir)
	if err != nil {
		t.Fatal(err)
	}
	manifest[name] = sha256.Sum256([]byte(content))
	size := int64(0)
	for name := range manifest {
		stat, err := os.Stat(filepath.Join(at, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		size += stat.Size()
	}
	for i := range info {
		if info[i].Label == "Payload-Oxum" {
			info[i].Value = bag.Oxum(size, len(manifest))
		}
	}
	for name, content := range bag.Tags(info, manifest) {
		write(t, at, name, string(content))
	}
}

const makerVariable = "ARCHIVE_TEST_FREEZES"

func TestMain(m *testing.M) {
	if dir := os.Getenv(makerVariable); dir != "" {
		fmt.Println("started")
		var problems diag.List
		if _, err := december(dir, &problems); err != nil {
			fmt.Println(err, messages(&problems))
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// patience is how long a desk waits for the kills. Where CI is set all of them
// are done, however long it takes.
const patience = 25 * time.Second

func TestKilledAtAnyMomentThereIsNeverHalfASnapshot(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 10
	}
	dir := site(t, nil)
	inputs := tree(t, dir)
	root := filepath.Join(dir, "content", "archive")
	begun := time.Now()
	freezeAndKill(t, dir, time.Minute)
	window := time.Since(begun) * 12 / 10
	want := tree(t, root)
	if len(want) < 60 {
		t.Fatalf("not killed, it made %d files", len(want))
	}
	moment := rand.New(rand.NewPCG(20170322, 2))
	whole, left, kill := 0, 0, 0
	for begun = time.Now(); kill < kills; kill++ {
		if kill >= 20 && os.Getenv("CI") == "" && time.Since(begun) > patience {
			break // a busy machine: the log says how many it came to, and CI does them all
		}
		if err := os.RemoveAll(root); err != nil {
			t.Fatal(err)
		}
		freezeAndKill(t, dir, time.Duration(moment.Int64N(int64(window))))
		if _, err := os.Stat(filepath.Join(dir, "content", workshopName)); err == nil {
			left++
		}
		switch got := tree(t, dir); {
		case got["content/archive/2016-17-q3/bagit.txt"] != "":
			if !maps.Equal(tree(t, root), want) {
				t.Fatalf("kill %d: there is half a snapshot", kill)
			}
			whole++
		default:
			maps.DeleteFunc(got, func(name, _ string) bool {
				return strings.HasPrefix(name, "content/"+workshopName+"/") || name == "content/archive/.gitattributes"
			})
			same(t, got, inputs)
		}
		if kill%10 != 0 { // else as likely as not the next one finds what this left
			continue
		}
		if err := os.RemoveAll(root); err != nil {
			t.Fatal(err)
		}
		var problems diag.List
		if _, err := december(dir, &problems); err != nil {
			t.Fatalf("kill %d: the next run: %v", kill, err)
		}
		if got := tree(t, root); !maps.Equal(got, want) {
			t.Fatalf("kill %d: the next run made another snapshot", kill)
		}
		if _, err := os.Stat(filepath.Join(dir, "content", workshopName)); err == nil {
			t.Errorf("kill %d: the next run left its folder", kill)
		}
	}
	if kill < kills {
		t.Logf("ONLY %d OF %d KILLS in %v: this machine is busy; CI=true does them all", kill, kills, patience)
	}
	t.Logf("%d kills within %v: %d times it stood whole, %d times something was left beside it", kill, window, whole, left)
	if left == 0 {
		t.Error("no run was killed while it wrote: the test meant nothing")
	}
}

// freezeAndKill freezes December in another process and kills it some time after
// it has begun.
func freezeAndKill(t *testing.T, dir string, after time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), makerVariable+"="+dir)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewReader(pipe)
	if line, err := said.ReadString('\n'); line != "started\n" {
		t.Errorf("it said %q, %v", line, err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	rest, _ := io.ReadAll(said)
	timer.Stop()
	_ = cmd.Wait() // it was killed, or had done
	if len(rest) > 0 {
		t.Fatalf("it failed: %s", rest)
	}
}
