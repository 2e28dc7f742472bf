package theme

import (
	"bytes"
	"reflect"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
)

func TestARestyledThemeIsTheThemeLoadedAnew(t *testing.T) {
	files := siteTheme(t)
	var problems diag.List
	th := Load(files, "civic", "en-GB", &problems)
	files["styles/99-own.css"] = &fstest.MapFile{Data: []byte("h1 { color: inherit }\n")}
	files["scripts/99-own.js"] = &fstest.MapFile{Data: []byte("void 0;\n")}
	files["favicon.svg"] = &fstest.MapFile{Data: []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")}
	got, want := th.Restyled(files, "civic", &problems), Load(files, "civic", "en-GB", &problems)
	if list := problems.All(); len(list) > 0 {
		t.Fatal(list)
	}
	if got.Digest() != want.Digest() || got.Style() != want.Style() || got.Script() != want.Script() || !reflect.DeepEqual(got.Assets(), want.Assets()) {
		t.Error("its assets are not those of the theme loaded anew")
	}
	if got.Style() == th.Style() {
		t.Error("its style is the old one")
	}
	view := Plain{Frame: Frame{Title: "A", SiteTitle: "B"}}
	if !bytes.Equal(renderFixture(t, got, view), renderFixture(t, want, view)) {
		t.Error("its pages are not those of the theme loaded anew")
	}
}
