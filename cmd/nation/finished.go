package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// countRows counts the rows of all returns of a site.
func countRows(site string) (rows int, err error) {
	files, err := filepath.Glob(filepath.Join(site, "data", "*", "[0-9][0-9][0-9][0-9]-[0-9][0-9].csv"))
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return 0, err
		}
		rows += bytes.Count(content, []byte("\n")) - 1
	}
	return rows, nil
}

// finished is what a build made.
type finished struct {
	files, pages, charts int
	bytes, pageBytes     int64
}

// chartStart begins every drawing of the chart package in a page. Each size of
// a chart is drawn by itself and counts.
var chartStart = []byte(`<svg class="chart `)

func count(dir string) (f finished, err error) {
	err = walk(dir, func(name string, info fs.FileInfo) error {
		f.files++
		f.bytes += info.Size()
		if !strings.HasSuffix(name, ".html") {
			return nil
		}
		content, err := os.ReadFile(name)
		f.pages++
		f.pageBytes += int64(len(content))
		f.charts += bytes.Count(content, chartStart)
		return err
	})
	return f, err
}

// times are when the files of a folder were written.
type times map[string]time.Time

func stamps(dir string) (times, error) {
	t := times{}
	err := walk(dir, func(name string, info fs.FileInfo) error {
		t[name] = info.ModTime()
		return nil
	})
	return t, err
}

// written is what a rebuild wrote. A file that was linked from the build before
// keeps its time.
type written struct {
	files int
	bytes int64
}

func (t times) since(dir string) (w written, err error) {
	err = walk(dir, func(name string, info fs.FileInfo) error {
		if before, there := t[name]; !there || !before.Equal(info.ModTime()) {
			w.files++
			w.bytes += info.Size()
		}
		return nil
	})
	return w, err
}

// walk visits every file below a folder.
func walk(dir string, visit func(name string, info fs.FileInfo) error) error {
	return filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		return visit(name, info)
	})
}
