package build

import (
	"runtime"
	"sync"

	"golang.org/x/sys/unix"
)

var inLargePagesAlready sync.Once // again, what is in use would have to be cleared first

// inLargePages has the kernel give the memory that the heap grows into in pages
// of 2 MB. Go does not ask for them, and most systems give them only to who
// does: madvise in /sys/kernel/mm/transparent_hugepage/enabled. Without, a
// nation's build stops 131,000 times for a page of 4 kB, with them 10,000 times,
// and takes a twelfth less time.
//
// The runtime has no call for it, but what it once had from the system it keeps,
// as it is marked: so the room is taken, marked and let go again, untouched. It is
// a wish: where the process may not have so much (ulimit -v, a system that promises
// no more than it has), or the kernel has no large pages, all goes on without.
func inLargePages(bytes int) {
	inLargePagesAlready.Do(func() {
		room, err := unix.Mmap(-1, 0, 2*bytes, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON)
		if err != nil || unix.Munmap(room) != nil {
			return // the runtime would end the process
		}
		_ = unix.Madvise(make([]byte, bytes), unix.MADV_HUGEPAGE)
		runtime.GC()
	})
}
