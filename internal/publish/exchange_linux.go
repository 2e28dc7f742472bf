package publish

import "golang.org/x/sys/unix"

// exchangeNames swaps two names in one call, see renameat2(2); not every file
// system can.
func exchangeNames(a, b string) error {
	return unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
}

// mounted reports whether another file system, or another folder, is mounted on a
// folder. A system that is too old to say is taken for no.
func mounted(dir string) bool {
	var st unix.Statx_t
	return unix.Statx(unix.AT_FDCWD, dir, unix.AT_SYMLINK_NOFOLLOW, 0, &st) == nil && st.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0
}
