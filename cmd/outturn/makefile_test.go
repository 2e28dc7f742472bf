package main

import (
	"os/exec"
	"strings"
	"testing"
)

// make bench once named a folder of another module, and measured nothing.
func TestBenchNamesPackagesOfThisModule(t *testing.T) {
	if _, err := exec.LookPath("make"); err != nil {
		t.Skip("there is no make")
	}
	recipe := exec.Command("make", "--no-print-directory", "-n", "bench")
	recipe.Dir = "../.."
	told, err := recipe.Output()
	if err != nil {
		t.Fatalf("make -n bench: %v\n%s", err, told)
	}
	var folders []string
	for word := range strings.FieldsSeq(string(told)) {
		if strings.HasPrefix(word, "./internal/") || strings.HasPrefix(word, "./cmd/outturn") {
			folders = append(folders, word)
		}
	}
	if len(folders) < 5 {
		t.Fatalf("it measures %q in:\n%s", folders, told)
	}
	list := exec.Command("go", append([]string{"list"}, folders...)...)
	list.Dir = "../.."
	if told, err := list.CombinedOutput(); err != nil {
		t.Errorf("go list %q: %v\n%s", folders, err, told)
	}
	browser := exec.Command("go", "list", ".")
	browser.Dir = "../../internal/browsertest"
	if told, err := browser.CombinedOutput(); err != nil || !strings.Contains(string(told), "browsertest") {
		t.Errorf("go list in %s: %v\n%s", browser.Dir, err, told)
	}
	if !strings.Contains(string(told), "cd internal/browsertest &&") {
		t.Errorf("the browser's benchmarks are not among it:\n%s", told)
	}
}
