package publish

import (
	"errors"
	"fmt"
	"os"
)

var errHeld = errors.New("another run of outturn is writing it: wait until it is done, or stop it")

// hold takes a lock of the hidden folder, and makes the folder. The file stays
// when the lock is given back: to remove it would let two processes each hold
// one of the same name.
func (f folder) hold(name string) (release func(), err error) {
	if err := os.MkdirAll(f.state, 0o755); err != nil {
		return nil, fmt.Errorf("make the folder beside %s: %w", f.name, err)
	}
	release, err = Lock(f.at(name))
	switch {
	case errors.Is(err, errHeld):
		return nil, fmt.Errorf("another build is writing %s: wait until it is done, or stop it", f.name)
	case err != nil:
		return nil, fmt.Errorf("lock %s: %w", f.name, err)
	}
	return release, nil
}

// Lock holds a file, which it makes, against every other process until it is
// released or this one dies. The folder must exist. Who holds the lock may remove
// the file.
func Lock(name string) (release func(), err error) {
	for {
		file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, err
		}
		if err := lockFile(file); err != nil {
			file.Close()
			return nil, err
		}
		// One that was removed by who held it before is no lock any more.
		held, err := file.Stat()
		if now, there := os.Stat(name); err == nil && there == nil && os.SameFile(held, now) {
			return func() { file.Close() }, nil
		}
		file.Close()
	}
}
