// Package internal_test holds the floor plan of the house: which package may
// import which, and what of the world each may touch. The table comes first;
// change it, and say why, before you change an import.
package internal_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// reach is how much of the world outside its arguments a package may touch.
type reach int

const (
	pure  reach = iota // no files, network, clock or chance: the same arguments, the same answer
	given              // reads the fs.FS that it is handed, and nothing else
	disk               // may touch the disk and the machine
)

// layer is one row of the floor plan.
type layer struct {
	reach reach
	may   string // our packages that it may import
	tests string // what its tests may import besides
}

// layers is the table of the house: data flows one way, downwards. The names
// are paths under internal/, but for cmd/outturn and themes.
var layers = map[string]layer{
	"diag":       {reach: given},
	"period":     {reach: pure},
	"quantity":   {reach: pure},
	"dataset":    {reach: given, may: "diag period quantity"},
	"commentary": {reach: given, may: "diag period"},
	"chart":      {reach: pure, may: "period quantity"},
	// Judging reads figures that are loaded already; its tests load the published ones.
	"score": {reach: pure, may: "period quantity dataset", tests: "diag"},
	// A theme of a site's own is held against the words of the default one, and its sentences against the
	// names that score gives them.
	"theme":    {reach: given, may: "diag period quantity score themes"},
	"opendata": {reach: given, may: "dataset period quantity", tests: "diag"},
	// The language of a report and no figure of it: what is true is for who holds the data.
	"prose": {reach: pure, may: "period quantity"},
	// A bag is a format (RFC 8493), and snapshot what stands in content/archive/. What of a
	// text is public, snapshot asks commentary.
	"archive/bag":      {reach: given, may: "diag"},
	"archive/snapshot": {reach: given, may: "diag period quantity dataset commentary archive/bag"},
	// edition tells what was published as a snapshot has it, and believes no byte that its bag does not list.
	"edition": {reach: given, may: "diag period quantity dataset commentary chart score theme opendata archive/bag archive/snapshot", tests: "themes"},
	// site knows publish for one type: the file that publish writes.
	"site":  {reach: given, may: "diag period quantity dataset commentary chart score theme opendata archive/bag archive/snapshot edition publish", tests: "themes"},
	"check": {reach: given, may: "diag period quantity dataset commentary edition score prose archive/snapshot", tests: "anytown"},
	// proof holds what is written against the figures; prose tells it what a sentence says.
	"proof": {reach: given, may: "diag period quantity dataset commentary score edition prose", tests: "anytown"},
	// release holds what would be published against what is public; what the data and texts lack, check has told.
	"release": {reach: given, may: "diag period commentary edition prose archive/snapshot", tests: "anytown"},
	"anytown": {reach: given, may: "diag theme themes"}, // a made-up council, for tests
	// build knows every layer: what a site is made from, and which part of it anew.
	"build": {reach: disk, may: "diag period commentary theme archive/bag archive/snapshot edition check proof site publish themes", tests: "nation"},
	// archive freezes a site and proves a snapshot; what is public, and what a page is, it asks the others.
	"archive": {reach: disk, may: "diag period dataset commentary archive/bag archive/snapshot edition publish build themes"},
	// preview serves what build would make, and writes nothing.
	"preview": {reach: disk, may: "diag period dataset commentary score edition check build", tests: "anytown archive/bag themes nation"},
	// hosting is one table of what a web server must say, written for each of them.
	"hosting": {reach: pure},
	// deliver puts a built site where it is served: it knows files and no figure.
	"deliver": {reach: disk, may: "diag publish hosting"},
	"draft":   {reach: given, may: "period quantity dataset commentary score edition", tests: "diag theme themes"},
	"publish": {reach: disk, may: "diag"},
	// nation is made from a seed, for the benchmark: it knows how figures are written and none of the readers.
	"nation":     {reach: disk, may: "period quantity"},
	"cmd/nation": {reach: disk, may: "nation"},
	"themes":     {reach: given}, // embeds the default theme and nothing else
	"cmd/outturn": {reach: disk, may: "diag period quantity dataset commentary chart score theme opendata edition " +
		"site check proof release draft publish archive archive/snapshot build preview deliver hosting archive/bag themes", tests: "nation"},
}

// libraries names the importer of each library, one for all but the plainest, so
// that to replace a library is to change one package. A library that is not here is a decision
// not yet made.
var libraries = map[string]string{
	"github.com/alecthomas/kong":         "cmd/outturn",
	"github.com/expr-lang/expr":          "dataset",
	"github.com/fsnotify/fsnotify":       "preview",
	"github.com/gocarina/gocsv":          "dataset",
	"github.com/goccy/go-yaml":           "commentary",
	"github.com/google/go-cmp":           testsOnly,
	"github.com/rogpeppe/go-internal":    testsOnly,
	"github.com/wcharczuk/go-chart/v2":   "chart",
	"github.com/yuin/goldmark":           "commentary",
	"github.com/zeebo/xxh3":              "publish", // whether a file's bytes changed: the standard library has no fast sum of 128 bits; kept up, and what Arrow uses
	"golang.org/x/crypto":                "deliver", // SSH, by the makers of Go
	"github.com/pkg/sftp":                "deliver", // the only SFTP client that is kept up
	"github.com/aws/aws-sdk-go-v2":       "deliver", // S3, by Amazon itself, with no module that is not its own
	"github.com/aws/smithy-go/logging":   "deliver", // what it logs to, by Amazon too: nothing
	"github.com/johannesboyne/gofakes3":  testsOnly,
	"golang.org/x/net/html":              "release preview",                          // the HTML that pages are held against, read as browsers read it; by the makers of Go
	"golang.org/x/sync":                  "publish build deliver commentary archive", // errgroup: the standard library in waiting
	"golang.org/x/sys":                   "publish build deliver",
	"golang.org/x/text/encoding/charmap": "dataset",
	"golang.org/x/text/encoding/unicode": "dataset",
	"golang.org/x/text/transform":        "dataset",
	"golang.org/x/text/unicode/norm":     "commentary",
}

const testsOnly = "tests"

// world lists what of the standard library reaches outside a package's
// arguments; with each, the first reach that may import it. A name stands for
// the packages below it too: "os" is os/exec as well.
var world = map[string]reach{
	"crypto/rand":   disk,
	"database/sql":  disk,
	"log":           disk,
	"math/rand":     disk,
	"net":           disk,
	"os":            disk,
	"path/filepath": disk,
	"plugin":        disk,
	"runtime":       disk,
	"syscall":       disk,
	"unsafe":        disk,
	"context":       given,
	"embed":         given,
	"io/fs":         given,
	"io/ioutil":     given,
	"time":          given,
}

// urlOnly parses addresses and opens no connection, although it stands under net.
const urlOnly = "net/url"

// drawers are names that say nothing of what lies inside.
var drawers = []string{"util", "utils", "common", "helper", "helpers", "misc", "types", "model", "models", "manager", "managers"}

func TestPackagesImportOnlyWhatTheTableAllows(t *testing.T) {
	for _, file := range sources(t) {
		l, known := layers[file.pkg]
		if !known {
			t.Errorf("%s: package %s is not in the table of layers; add it to the table, and say why", file.name, file.pkg)
			continue
		}
		for _, imported := range file.imports {
			if fault := l.refuses(file, imported.path); fault != "" {
				t.Errorf("%s: %s", imported.at, fault)
			}
		}
	}
}

func TestOnlyTheCommandReadsAClock(t *testing.T) {
	for _, file := range sources(t) {
		if file.test || file.pkg == "cmd/outturn" || file.pkg == "cmd/nation" { // the latter measures time
			continue
		}
		for _, at := range file.clocks {
			t.Errorf("%s: package %s reads the clock; today is an argument (contract, section 4)", at, file.pkg)
		}
	}
}

func TestNoPackageOrFileIsADrawerWithoutAName(t *testing.T) {
	for _, file := range sources(t) {
		for _, word := range append(strings.Split(path.Dir(file.name), "/"), strings.TrimSuffix(strings.TrimSuffix(path.Base(file.name), ".go"), "_test"), file.declares) {
			if slices.Contains(drawers, word) {
				t.Errorf("%s: %q says nothing of what lies inside; name it after what it holds", file.name, word)
			}
		}
	}
}

// The check itself is checked: a rule that never refuses is no rule.
func TestTheTableRefusesWhatItShould(t *testing.T) {
	for _, c := range []struct{ pkg, imports, want string }{
		{"score", "os", `pure package score imports "os"; pass the value in from its caller`},
		{"score", "os/exec", `pure package score imports "os/exec"; pass the value in from its caller`},
		{"chart", "time", `pure package chart imports "time"; pass the value in from its caller`},
		{"dataset", "os", `package dataset imports "os"; it reads the fs.FS that it is given`},
		{"score", "outturn/internal/site", `package score imports "outturn/internal/site"; the table allows it period quantity dataset`},
		{"period", "outturn/internal/diag", `package period imports "outturn/internal/diag"; the table allows it nothing of ours`},
		{"site", "github.com/yuin/goldmark/ast", `package site imports "github.com/yuin/goldmark/ast"; only commentary may`},
		{"site", "github.com/google/go-cmp/cmp", `package site imports "github.com/google/go-cmp/cmp"; only tests may`},
		{"site", "example.org/new", `package site imports "example.org/new", a library that is not in the table; name its one importer there, and say what it replaces`},
		{"commentary", "github.com/yuin/goldmark/ast", ""},
		{"commentary", "net/url", ""},
		{"dataset", "io/fs", ""},
		{"publish", "os", ""},
		{"score", "math/big", ""},
	} {
		if got := layers[c.pkg].refuses(source{pkg: c.pkg}, c.imports); got != c.want {
			t.Errorf("%s importing %s: got %q, want %q", c.pkg, c.imports, got, c.want)
		}
	}
}

// refuses says why a file of this layer may not import the path; "" where it may.
func (l layer) refuses(file source, imported string) string {
	first, _, _ := strings.Cut(imported, "/")
	switch {
	case first == "outturn":
		name := strings.TrimPrefix(strings.TrimPrefix(imported, "outturn/"), "internal/")
		allowed := strings.Fields(l.may)
		if file.test { // a test in a package of its own imports the package that it tests
			allowed = append(append(allowed, strings.Fields(l.tests)...), file.pkg)
		}
		if slices.Contains(allowed, name) {
			return ""
		}
		return fmt.Sprintf("package %s imports %q; the table allows it %s", file.pkg, imported, orNothing(allowed))
	case strings.Contains(first, "."):
		only := ""
		for library, importer := range libraries {
			if under(imported, library) {
				only = importer
			}
		}
		switch {
		case only == "":
			return fmt.Sprintf("package %s imports %q, a library that is not in the table; name its one importer there, and say what it replaces", file.pkg, imported)
		case slices.Contains(strings.Fields(only), file.pkg), only == testsOnly && file.test:
			return ""
		}
		return fmt.Sprintf("package %s imports %q; only %s may", file.pkg, imported, only)
	case file.test || imported == urlOnly:
		return ""
	}
	for name, least := range world {
		if !under(imported, name) || l.reach >= least {
			continue
		}
		if l.reach == pure {
			return fmt.Sprintf("pure package %s imports %q; pass the value in from its caller", file.pkg, imported)
		}
		return fmt.Sprintf("package %s imports %q; it reads the fs.FS that it is given", file.pkg, imported)
	}
	return ""
}

func orNothing(names []string) string {
	if len(names) == 0 {
		return "nothing of ours"
	}
	return strings.Join(names, " ")
}

func under(imported, name string) bool {
	return imported == name || strings.HasPrefix(imported, name+"/")
}

// source is one Go file of this module, as far as the floor plan asks.
type source struct {
	name     string // path from the root of the repository
	pkg      string // its row of the table
	declares string // the name in its package clause, without _test
	test     bool
	imports  []imported
	clocks   []string // where it reads the clock
}

type imported struct{ path, at string }

// sources parses every Go file of this module. Nested modules have walls of
// their own and cannot import us.
func sources(t *testing.T) []source {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	var all []source
	err = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) { // gone between listing and reading
				return nil
			}
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if entry.IsDir() {
			base := entry.Name()
			if rel != "." && (base == "testdata" || strings.HasPrefix(base, ".") || rel == "public" || rel == "bin" || base == "node_modules") {
				return filepath.SkipDir
			}
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil && rel != "." {
				return filepath.SkipDir
			}
			return nil
		}
		// This file is the plan, not a room on it.
		if !strings.HasSuffix(rel, ".go") || rel == "internal/layers_test.go" {
			return nil
		}
		file, err := parse(name, rel)
		if err != nil {
			return err
		}
		all = append(all, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatalf("no Go files under %s: the check would pass for want of anything to check", root)
	}
	return all
}

func parse(name, rel string) (source, error) {
	file := source{name: rel, pkg: strings.TrimPrefix(path.Dir(rel), "internal/"), test: strings.HasSuffix(rel, "_test.go")}
	set := token.NewFileSet()
	content, err := os.ReadFile(name)
	if err != nil {
		return file, err
	}
	tree, err := parser.ParseFile(set, rel, content, parser.SkipObjectResolution)
	if err != nil {
		return file, err
	}
	file.declares = strings.TrimSuffix(tree.Name.Name, "_test")
	clock := ""
	for _, spec := range tree.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return file, err
		}
		file.imports = append(file.imports, imported{target, set.Position(spec.Path.Pos()).String()})
		if target == "time" {
			clock = "time"
			if spec.Name != nil {
				clock = spec.Name.Name
			}
		}
	}
	if clock == "" {
		return file, nil
	}
	ast.Inspect(tree, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		of, ok := selector.X.(*ast.Ident)
		if ok && of.Name == clock && slices.Contains([]string{"Now", "Since", "Until", "Local"}, selector.Sel.Name) {
			file.clocks = append(file.clocks, set.Position(selector.Pos()).String())
		}
		return true
	})
	return file, nil
}
