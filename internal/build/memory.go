package build

import "runtime/debug"

// room is the memory that a build is held to, in bytes.
const room = 600 << 20

// A site of more than so many files grows a heap that large pages are worth
// having for, and this much of it.
const (
	manyFiles  = 1000
	largePages = 500 << 20
)

// spend trades memory for time: a build makes much that is let go at once, and
// what it must hold is small, a nation's a hundred megabytes. So it collects
// seldom, and is held to its room.
func spend(large bool) {
	percent := 200
	if large {
		percent = 400
	}
	debug.SetGCPercent(percent)
	debug.SetMemoryLimit(room)
}
