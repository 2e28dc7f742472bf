//go:build !linux

package build

// inLargePages is for Linux: other systems give large pages unasked, or none.
func inLargePages(int) {}
