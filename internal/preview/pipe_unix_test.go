//go:build unix

package preview

import (
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"
)

func TestAPipeInThePlaceOfAFileIsTold(t *testing.T) {
	s := serve(t, repository, 0)
	const returns = "data/early-help/2017-01.csv"
	w := s.open(card)
	w.until("the page", func(st state) bool { return st.Sum != "" })
	if err := errors.Join(os.Remove(s.path(returns)), syscall.Mkfifo(s.path(returns), 0o644)); err != nil {
		t.Fatal(err)
	}
	w.until("the finding", func(st state) bool {
		return strings.Contains(st.Panel, "open "+returns+": this is a named pipe and not a file")
	})
}
