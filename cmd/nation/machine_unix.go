//go:build linux || darwin

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peak is the greatest resident memory of a process that has ended, in bytes.
func peak(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss) // getrusage(2) there: bytes
	}
	return int64(usage.Maxrss) * 1024 // getrusage(2) on Linux: kilobytes
}

// inMemory reports whether a folder is on a RAM disk; statfs(2) tells on Linux.
func inMemory(dir string) bool {
	const tmpfs = 0x01021994
	var fs syscall.Statfs_t
	return runtime.GOOS == "linux" && syscall.Statfs(dir, &fs) == nil && int64(fs.Type) == tmpfs
}

// settle waits until nothing is left to be written to a disk.
func settle() { syscall.Sync() }

// free is how many bytes a folder's disk has left; 0 where there is no such
// folder.
func free(dir string) uint64 {
	var fs syscall.Statfs_t
	if syscall.Statfs(dir, &fs) != nil {
		return 0
	}
	return uint64(fs.Bavail) * uint64(fs.Bsize)
}
