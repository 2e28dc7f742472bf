package build

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What the heap grows into stays marked after it was let go: the runtime neither
// gives it back to the system nor takes the mark off.
func TestTheHeapGrowsIntoLargePages(t *testing.T) {
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage/enabled"); err != nil {
		t.Skip("this kernel has no large pages")
	}
	const asked = 64 << 20
	inLargePages(asked)
	if got := marked(t); got < asked {
		t.Errorf("after asking for %d bytes in large pages, %d are marked to be", asked, got)
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
