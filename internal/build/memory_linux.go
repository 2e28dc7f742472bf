package build

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// inLargePages has the kernel give the memory that the heap grows into in pages
// of 2 MB. Go does not ask for them, and most systems give them only to who
// does: madvise in /sys/kernel/mm/transparent_hugepage/enabled. Without, a
// nation's build stops 131,000 times for a page of 4 kB, with them 10,000 times,
// and takes a twelfth less time.
//
// The runtime has no call for it, but what it once had from the system it keeps,
// as it is marked: so the room is taken, marked and let go again, untouched.
func inLargePages(bytes int) {
	_ = unix.Madvise(make([]byte, bytes), unix.MADV_HUGEPAGE) // a wish: a kernel that cannot gives small pages
	runtime.GC()
}
