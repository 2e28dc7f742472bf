package deliver

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// flush waits until the file system that holds dir has written everything.
func flush(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer shut(f)
	return unix.Syncfs(int(f.Fd()))
}

// lock lets one delivery at a time into the folder; it ends with the process.
func (t Folder) lock() (release func(), err error) {
	if err := os.MkdirAll(t.dir, 0o755); err != nil {
		return nil, t.barred(err)
	}
	f, err := os.OpenFile(t.at(lockName), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, t.barred(err)
	}
	switch err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); {
	case errors.Is(err, unix.EWOULDBLOCK):
		shut(f)
		return nil, errors.New("another publish is writing there: wait until it is done, or stop it")
	case err != nil && !errors.Is(err, unix.ENOTSUP) && !errors.Is(err, unix.ENOLCK):
		shut(f)
		return nil, err
	}
	return func() { shut(f) }, nil
}
