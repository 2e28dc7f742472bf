package archive

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"outturn/internal/archive/snapshot"
	"outturn/internal/diag"
)

// look is what Verify finds in the snapshot of December.
func look(t *testing.T, dir string, rebuild bool) (Verification, string) {
	t.Helper()
	var problems diag.List
	v, err := Verify(dir, "2016-17-q3", rebuild, &problems)
	if err != nil {
		t.Fatal(err)
	}
	return v, messages(&problems)
}

func TestWholeSnapshotHasNothingWrong(t *testing.T) {
	v, told := look(t, frozen(t, nil), true)
	if told != "" || !v.Rebuilt || len(v.Differences) > 0 {
		t.Errorf("%s%v", told, v.Differences)
	}
	if v.Files < 60 || len(v.Fingerprint) != 64 || v.Version != "test" {
		t.Errorf("%+v", v)
	}
}

// TestBagIsValidByAnotherProgram asks the digests of sha256sum(1), which reads
// manifests of this form and shares no code with us. It knows nothing of BagIt:
// the form of the tag files is held against the Library of Congress's cases (see
// TestConformanceSuite in package bag, which says why no validator of another's
// making is asked).
func TestBagIsValidByAnotherProgram(t *testing.T) {
	program, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("there is no sha256sum here: nothing but our own code has looked at the bag")
	}
	dir := filepath.Join(frozen(t, nil), filepath.FromSlash(bagFolder))
	listed := 0
	for _, manifest := range []string{"manifest-sha256.txt", "tagmanifest-sha256.txt"} {
		cmd := exec.Command(program, "--check", "--strict", "--quiet", manifest)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", manifest, err, out)
		}
		text, err := os.ReadFile(filepath.Join(dir, manifest))
		if err != nil {
			t.Fatal(err)
		}
		listed += strings.Count(string(text), "\n")
	}
	if files := len(tree(t, dir)); listed != files-1 {
		t.Errorf("%d files are listed and %d are there, the tag manifest among them", listed, files)
	}
}

// Flips, drops and adds bytes and files of a real snapshot, at random places.
func TestAnyByteOrFileThatIsChangedIsFound(t *testing.T) {
	dir := frozen(t, nil)
	at := filepath.Join(dir, filepath.FromSlash(bagFolder))
	names := sorted(tree(t, at))
	random := rand.New(rand.NewPCG(2017, 3))
	for range 300 {
		name := names[random.IntN(len(names))]
		file := filepath.Join(at, filepath.FromSlash(name))
		was, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		where := 0
		if len(was) > 0 {
			where = random.IntN(len(was))
		}
		what, put := "", append([]byte{}, was...)
		switch kind := random.IntN(5); {
		case kind == 0:
			what = "gone"
			err = os.Remove(file)
		case kind == 1 && len(was) > 0:
			what = "a byte less"
			err = os.WriteFile(file, append(put[:where], was[where+1:]...), 0o644)
		case kind == 2:
			what = "a byte more"
			err = os.WriteFile(file, append(append(put[:where:where], byte(random.IntN(256))), was[where:]...), 0o644)
		case kind == 3:
			what = "a file beside it"
			err = os.WriteFile(file+".x", nil, 0o644)
		case len(was) > 0:
			what = "a bit turned"
			put[where] ^= 1 << random.IntN(8)
			err = os.WriteFile(file, put, 0o644)
		default:
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, told := look(t, dir, false); told == "" {
			t.Errorf("%s, %s at %d: not found", name, what, where)
		}
		_ = os.Remove(file + ".x")
		if err := os.WriteFile(file, was, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, told := look(t, dir, false); told != "" {
		t.Errorf("put back, it is not whole: %s", told)
	}
}

func TestRebuildIsTheSameOnAnotherDayAndElsewhere(t *testing.T) {
	dir := frozen(t, nil)
	first := tree(t, filepath.Join(dir, filepath.FromSlash(bagFolder)))
	// What came after the snapshot does not touch it.
	write(t, dir, "data/help/targets.csv", "ref,period,target\n1.2,2016-17,1\n")
	write(t, dir, "content/_index.md", "Another day.\n")
	if err := os.RemoveAll(filepath.Join(dir, "content", "help")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TZ", "Pacific/Kiritimati")
	t.Setenv("LC_ALL", "tr_TR.UTF-8")
	t.Setenv("SOURCE_DATE_EPOCH", "4102444800")
	if v, told := look(t, dir, true); told != "" || len(v.Differences) > 0 {
		t.Errorf("%s%v", told, v.Differences)
	}
	// The same site gives the same snapshot, but for the day it was made on.
	other := site(t, nil)
	var problems diag.List
	if _, err := Create(Request{Dir: other, ID: "2016-17-q3", Today: day("2017-01-25"), Made: day("2030-01-01"), Version: "test"}, &problems); err != nil {
		t.Fatal(err, messages(&problems))
	}
	second := tree(t, filepath.Join(other, filepath.FromSlash(bagFolder)))
	for name := range first {
		if first[name] != second[name] && name != "bag-info.txt" && name != "tagmanifest-sha256.txt" {
			t.Errorf("%s hangs on the day or the place", name)
		}
	}
	if len(first) != len(second) {
		t.Errorf("%d files and %d", len(first), len(second))
	}
}

// A change that is covered up in every list is found by rebuilding.
func TestRebuildFindsAPageThatWasForged(t *testing.T) {
	dir := frozen(t, nil)
	at := filepath.Join(dir, filepath.FromSlash(bagFolder))
	files := tree(t, at)
	page := "data/site/help/2016-12/index.html"
	forge(t, at, page, strings.Replace(files[page], "120", "121", 1))
	v, told := look(t, dir, true)
	if told != "" {
		t.Errorf("the lists are whole: %s", told)
	}
	if len(v.Differences) != 1 || v.Differences[0].Page != "help/2016-12/index.html" {
		t.Fatalf("%+v", v.Differences)
	}
	d := v.Differences[0]
	if !strings.Contains(d.Kept, "121") || !strings.Contains(d.Made, "120") || d.Line < 2 || !strings.HasPrefix(d.Words(), "line ") {
		t.Errorf("%+v", d)
	}
	forge(t, at, "data/site/extra.html", "new")
	if v, _ := look(t, dir, true); len(v.Differences) != 2 || !v.Differences[1].Gone {
		t.Errorf("%+v", v.Differences)
	}
}

// A later program may not read what an earlier one did: that is no damage.
func TestSourcesThatCannotBeReadAreToldApartFromDamage(t *testing.T) {
	dir := frozen(t, nil)
	at := filepath.Join(dir, filepath.FromSlash(bagFolder))
	forge(t, at, "data/sources/content/site.yaml", tree(t, at)["data/sources/content/site.yaml"]+"unheard_of: 1\n")
	v, told := look(t, dir, true)
	if v.Unmade != 1 || v.Rebuilt || !strings.Contains(told, bagFolder+"/data/sources/content/site.yaml:") || strings.Count(told, "error:") != 1 {
		t.Errorf("%+v\n%s", v, told)
	}
}

func TestFolderUnderAnotherNameIsFound(t *testing.T) {
	dir := frozen(t, nil)
	root := filepath.Join(dir, "content", "archive")
	if err := os.Rename(filepath.Join(root, "2016-17-q3"), filepath.Join(root, "2016-17-q2")); err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	if _, err := Verify(dir, "2016-17-q2", false, &problems); err != nil || problems.Errors() != 1 {
		t.Errorf("%v %s", err, messages(&problems))
	}
}

// What must not be public cannot wait until a bag is mended.
func TestDamagedSnapshotIsWithdrawnWithAllItsAddresses(t *testing.T) {
	dir := frozen(t, nil)
	manifest := filepath.Join(dir, filepath.FromSlash(bagFolder), "manifest-sha256.txt")
	whole, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for name, damaged := range map[string]string{
		"whole": string(whole), "cut off": string(whole[:len(whole)/2]), "half a line": string(whole[:1000]), "empty": "", "leads out": "x" + string(whole), "gone": "gone",
	} {
		write(t, dir, bagFolder+"/manifest-sha256.txt", damaged)
		if damaged == "gone" {
			if err := os.Remove(manifest); err != nil {
				t.Fatal(err)
			}
		}
		if err := withdraw(dir, "2016-17-q3", "why", "2017-05-02", false); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		former := snapshot.Former(os.DirFS(dir), "2016-17-q3")
		if want == nil {
			want = former
		}
		if len(former) < 10 || len(former) != len(want) {
			t.Errorf("%s: %d addresses and %d", name, len(former), len(want))
		}
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(snapshot.WithdrawnFile))); err != nil {
			t.Fatal(err)
		}
	}
	if err := withdraw(dir, "../etc", "why", "2017-05-03", false); err == nil || !strings.HasPrefix(err.Error(), `"../etc" is not a quarter`) {
		t.Errorf("%v", err)
	}
}

func TestWithdrawnSnapshotIsRecordedForGood(t *testing.T) {
	dir := frozen(t, nil)
	if err := withdraw(dir, "2016-17-Q3", "  A child\ncould be recognised. ", "2017-05-02", false); err != nil {
		t.Fatal(err)
	}
	files := tree(t, dir)
	if got, want := files["content/archive/withdrawn.csv"], "id,date,reason\n2016-17-q3,2017-05-02,A child could be recognised.\n"; got != want {
		t.Errorf("withdrawn.csv is %q", got)
	}
	list := snapshot.List(os.DirFS(dir))
	if len(list) != 1 || !list[0].Withdrawn || !list[0].Kept || list[0].Reason != "A child could be recognised." {
		t.Errorf("%+v", list)
	}
	former := snapshot.Former(os.DirFS(dir), "2016-17-q3")
	if len(former) < 10 || former[0] != "index.html" {
		t.Errorf("%v", former)
	}
	if err := withdraw(dir, "2016-17-q3", "again", "2017-05-03", false); err == nil {
		t.Error("withdrawn twice")
	}
	if err := withdraw(dir, "2016-17-q3", "again", "2017-05-03", true); err != nil {
		t.Error(err)
	}
	list = snapshot.List(os.DirFS(dir))
	if len(list) != 1 || !list[0].Withdrawn || list[0].Kept {
		t.Errorf("%+v", list)
	}
	if again := snapshot.Former(os.DirFS(dir), "2016-17-q3"); len(again) != len(former) {
		t.Errorf("%d addresses and %d", len(again), len(former))
	}
	var problems diag.List
	if _, err := december(dir, &problems); err == nil || !strings.Contains(err.Error(), "was withdrawn on 2017-05-02") {
		t.Errorf("made anew: %v", err)
	}
	for _, x := range []struct{ id, reason string }{{"2016-17-q3", " "}, {"2016-17-q2", "why"}, {"q3", "why"}} {
		if err := withdraw(dir, x.id, x.reason, "2017-05-03", false); err == nil {
			t.Errorf("%+v: no refusal", x)
		}
	}
}
