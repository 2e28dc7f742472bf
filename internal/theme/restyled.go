package theme

import (
	"io/fs"
	"path"

	"outturn/internal/diag"
)

// Restyled is the theme with the styles, scripts and mark that dir now has. Its
// layouts and words must be as they were: they are not looked at again, which is
// most of the work of Load. Name and problems are those of Load.
func (t *Theme) Restyled(dir fs.FS, name string, problems *diag.List) *Theme {
	next := &Theme{assets: map[string][]byte{}, words: t.words, layouts: t.layouts, programs: t.programs}
	next.runs.New = t.runs.New
	root := path.Join("themes", name)
	files := readAll(dir, root, problems)
	next.digest = digest(files)
	checkStyles(files, root, problems)
	next.style = next.addAsset("site", ".css", joined(files, "styles", ".css"))
	next.script = next.addAsset("site", ".js", joined(files, "scripts", ".js"))
	if mark, ok := files["favicon.svg"]; ok {
		next.assets["favicon.svg"] = mark
	}
	return next
}
