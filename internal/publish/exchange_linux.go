package publish

import "golang.org/x/sys/unix"

// exchangeNames swaps two names in one call, see renameat2(2); not every file
// system can.
func exchangeNames(a, b string) error {
	return unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
}
