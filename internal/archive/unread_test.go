package archive

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
)

// barred is a folder of which the stylesheets may not be opened.
type barred struct{ fs.FS }

func (b barred) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".css") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return b.FS.Open(name)
}

func TestAPageOfASnapshotThatCannotBeReadIsAFinding(t *testing.T) {
	dir := frozen(t, nil)
	var problems diag.List
	_, err := build.Run(build.Request{Site: barred{build.Folder(dir)}, Out: filepath.Join(dir, "public"), Program: "test", Options: edition.Options{Today: day("2017-01-26")}}, &problems)
	told := messages(&problems)
	if !errors.Is(err, build.ErrInputs) || !strings.Contains(told, "content/archive/2016-17-q3/data/site/assets/site.") || !strings.Contains(told, ".css: error: the file cannot be read: open data/site/assets/") {
		t.Error(err, told)
	}
}
