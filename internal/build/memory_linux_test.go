package build

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// What the heap grows into stays marked after it was let go: the runtime neither
// gives it back to the system nor takes the mark off.
func TestTheHeapGrowsIntoLargePages(t *testing.T) {
	kernelHasLargePages(t)
	const asked = 64 << 20
	inLargePages(asked)
	if got := marked(t); got < asked {
		t.Errorf("after asking for %d bytes in large pages, %d are marked to be", asked, got)
	}
}

// A process asks once, so each build is one of its own: this test, run again by itself.
func TestABuildAsksForLargePagesAboveAThousandFiles(t *testing.T) {
	kernelHasLargePages(t)
	const more, says = "OUTTURN_TEST_FILES", "marked: "
	if n, err := strconv.Atoi(os.Getenv(more)); err == nil {
		site := fstest.MapFS{}
		for name, text := range homes() {
			site[name] = &fstest.MapFile{Data: []byte(text)}
		}
		for i := range n {
			site[fmt.Sprintf("data/homes/.%d.csv", i)] = &fstest.MapFile{} // hidden: looked at, and no more
		}
		runs(t, site, filepath.Join(t.TempDir(), "public"))
		fmt.Print(says, marked(t), "\n")
		return
	}
	for n, asks := range map[int]bool{manyFiles - 50: false, manyFiles: true} { // besides the site's own few
		again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		again.Env = append(os.Environ(), more+"="+strconv.Itoa(n))
		out, err := again.CombinedOutput()
		_, after, _ := strings.Cut(string(out), says)
		line, _, _ := strings.Cut(after, "\n")
		bytes, fault := strconv.Atoi(line)
		if err := errors.Join(err, fault); err != nil {
			t.Fatal(err, string(out))
		}
		if (bytes > largePages/2) != asks {
			t.Errorf("a build of a site with %d files more has %d bytes marked to be large pages; asking for %d is %t", n, bytes, largePages, asks)
		}
	}
}

func kernelHasLargePages(t *testing.T) {
	t.Helper()
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage/enabled"); err != nil {
		t.Skip("this kernel has no large pages")
	}
}

// marked is how many bytes of this process the kernel is asked to give in large
// pages: the mappings with the flag hg, see proc_pid_smaps(5).
func marked(t *testing.T) (bytes int) {
	t.Helper()
	smaps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	size := 0
	for line := range strings.Lines(string(smaps)) {
		fields := strings.Fields(line)
		switch fields[0] {
		case "Size:":
			if size, err = strconv.Atoi(fields[1]); err != nil {
				t.Fatal(err)
			}
		case "VmFlags:":
			if slices.Contains(fields, "hg") {
				bytes += size << 10
			}
		}
	}
	return bytes
}
