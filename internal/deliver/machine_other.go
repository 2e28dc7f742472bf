//go:build !linux

package deliver

import "os"

// flush: there is no one call that waits for a whole folder; the system writes
// it in its own time.
func flush(string) error { return nil }

// lock: the lock of the built site, which every publish holds, must do.
func (t Folder) lock() (release func(), err error) {
	if err := os.MkdirAll(t.dir, 0o755); err != nil {
		return nil, t.barred(err)
	}
	return func() {}, nil
}
