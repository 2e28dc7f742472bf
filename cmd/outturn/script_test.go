package main

import (
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	_ "time/tzdata" // or TZ would mean nothing where the machine has no zones

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what the program prints and builds into testdata")

// TestMain puts the program itself, as outturn, on the scripts' path.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"outturn": main})
}

// TestScripts runs testdata/script. Beside testscript's own commands a script
// knows:
//
//	anytown [DIR]         Anytown's files; the script's own files of these names stand
//	exits N CMD …         run CMD, which must end with exit status N
//	timeless stderr FILE  stderr without how long it took, as FILE
//	replace OLD NEW FILE  change the one place in FILE that reads OLD
//	listing DIR FILE      every file of DIR with its bytes' hash, time and inode, as FILE
//	same DIR DIR          the two folders hold the same files, byte for byte
//	[!] holds DIR TEXT    some name or file in DIR holds TEXT
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"anytown": func(ts *testscript.TestScript, neg bool, args []string) {
				dir := "."
				if len(args) == 1 {
					dir = args[0]
				}
				for name, content := range anytown(ts) {
					file := ts.MkAbs(path.Join(dir, name))
					if _, err := os.Stat(file); err == nil {
						continue
					}
					ts.Check(os.MkdirAll(filepath.Dir(file), 0o755))
					ts.Check(os.WriteFile(file, []byte(content), 0o644))
				}
			},
			"exits": func(ts *testscript.TestScript, neg bool, args []string) {
				want, err := strconv.Atoi(args[0])
				ts.Check(err)
				got := 0
				if err := ts.Exec(args[1], args[2:]...); err != nil {
					var exit *exec.ExitError
					if !errors.As(err, &exit) {
						ts.Fatalf("%v", err)
					}
					got = exit.ExitCode()
				}
				if got != want {
					ts.Fatalf("exit status %d; wanted %d", got, want)
				}
			},
			"timeless": func(ts *testscript.TestScript, neg bool, args []string) {
				text := timeless(ts.ReadFile(args[0]))
				ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644))
			},
			"replace": func(ts *testscript.TestScript, neg bool, args []string) {
				old, new, file := args[0], args[1], args[2]
				text := ts.ReadFile(file)
				if n := strings.Count(text, old); n != 1 {
					ts.Fatalf("%s stands %d times in %s", old, n, file)
				}
				ts.Check(os.WriteFile(ts.MkAbs(file), []byte(strings.Replace(text, old, new, 1)), 0o644))
			},
			"damage": func(ts *testscript.TestScript, neg bool, args []string) { // a byte, and nothing that shows it
				name := ts.MkAbs(args[0])
				info, err := os.Stat(name)
				ts.Check(err)
				text, err := os.ReadFile(name)
				ts.Check(err)
				text[len(text)/2] ^= 1
				ts.Check(os.WriteFile(name, text, 0o644))
				ts.Check(os.Chtimes(name, info.ModTime(), info.ModTime()))
			},
			"listing": func(ts *testscript.TestScript, neg bool, args []string) {
				list, err := listing(ts.MkAbs(args[0]))
				ts.Check(err)
				ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(list), 0o644))
			},
			"same": func(ts *testscript.TestScript, neg bool, args []string) {
				a, err := contents(ts.MkAbs(args[0]))
				ts.Check(err)
				b, err := contents(ts.MkAbs(args[1]))
				ts.Check(err)
				if diff := difference(a, b); diff != "" {
					ts.Fatalf("%s and %s differ: %s", args[0], args[1], diff)
				}
			},
			"holds": func(ts *testscript.TestScript, neg bool, args []string) {
				files, err := contents(ts.MkAbs(args[0]))
				ts.Check(err)
				found := ""
				for name, content := range files {
					if strings.Contains(name, args[1]) || strings.Contains(content, args[1]) {
						found = name
					}
				}
				switch {
				case neg && found != "":
					ts.Fatalf("%s/%s holds %q", args[0], found, args[1])
				case !neg && found == "":
					ts.Fatalf("nothing in %s holds %q", args[0], args[1])
				}
			},
		},
	})
}

var duration = regexp.MustCompile(`\bin ([0-9]+ ms|[0-9]+\.[0-9] s)`)

// timeless is a message without how long the build took.
func timeless(text string) string { return duration.ReplaceAllString(text, "in no time") }

// anytown is the made-up council, by path.
func anytown(t interface{ Fatalf(string, ...any) }) map[string]string {
	archive, err := txtar.ParseFile(anytownFile)
	if err != nil {
		t.Fatalf("%v", err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// anytownFile is absolute, as scripts run elsewhere.
var anytownFile, _ = filepath.Abs(filepath.Join("testdata", "anytown.txtar"))

// contents is what a folder holds, by slash path.
func contents(dir string) (map[string]string, error) {
	files := map[string]string{}
	err := walk(dir, func(name string, _ fs.FileInfo, content []byte) { files[name] = string(content) })
	return files, err
}

// listing tells all by which a change of a folder's files could be seen.
func listing(dir string) (string, error) {
	var b strings.Builder
	err := walk(dir, func(name string, info fs.FileInfo, content []byte) {
		fmt.Fprintf(&b, "%s %x %s %d\n", name, sha256.Sum256(content), info.ModTime().Format("2006-01-02T15:04:05.999999999"), inode(info))
	})
	return b.String(), err
}

func walk(dir string, visit func(name string, info fs.FileInfo, content []byte)) error {
	return filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, file)
		visit(filepath.ToSlash(name), info, content)
		return err
	})
}
