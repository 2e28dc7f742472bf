package archive

import (
	"io/fs"
	"os"
	"path"
	"strings"

	"outturn/internal/archive/bag"
	"outturn/internal/archive/snapshot"
	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// Latest is the name of the public site of a day where a snapshot is asked for.
const Latest = "latest"

// StateOf finds a snapshot by its id, or makes the public site of a day by
// Latest, in scratch, which is the caller's to remove. The faults of its inputs
// are in problems, with build.ErrInputs.
func StateOf(dir, name string, today period.Date, scratch string, problems *diag.List) (snapshot.State, error) {
	site := build.Folder(dir)
	if strings.EqualFold(name, Latest) {
		return latest(site, today, scratch, problems)
	}
	_, id, err := snapshot.Quarter(name)
	if err != nil {
		return snapshot.State{}, refuse("%q is neither a quarter, such as 2016-17-q3, nor %s", name, Latest)
	}
	var ids []string
	for _, s := range snapshot.List(site) {
		if s.ID == id && s.Kept && s.Misfiled != "" {
			return snapshot.State{}, refuse("%s cannot be compared: %s", snapshot.Folder(id), s.Misfiled)
		}
		if s.ID == id && s.Kept {
			return snapshot.StateOf(site, s)
		}
		if s.Kept {
			ids = append(ids, s.ID)
		}
	}
	if len(ids) == 0 {
		return snapshot.State{}, refuse("there is no snapshot %s: the site has none", id)
	}
	return snapshot.State{}, refuse("there is no snapshot %s; there are %s", id, strings.Join(ids, ", "))
}

// latest makes of the public site what is compared.
func latest(site fs.FS, today period.Date, scratch string, problems *diag.List) (snapshot.State, error) {
	m := &making{dir: scratch, payload: bag.Manifest{}}
	// What is not public is left out; that a text names it is not for this command to tell.
	g := &gathering{site: site, problems: new(diag.List), put: func(name string, content []byte) error {
		return m.keep(path.Join(snapshot.Sources, name), content)
	}}
	err := build.Each(site, edition.Options{Today: today}, problems, func(p build.Part) error {
		for _, f := range p.Files {
			if !strings.HasSuffix(f.Path, ".json") || strings.HasSuffix(f.Path, "-metadata.json") {
				continue
			}
			if err := m.page(f); err != nil {
				return err
			}
		}
		return g.part(p)
	})
	if err == nil && problems.Errors() > 0 {
		err = build.ErrInputs
	}
	return snapshot.State{Name: Latest, AsAt: g.newest, Pages: os.DirFS(m.file(snapshot.Site)), Texts: os.DirFS(m.file(snapshot.Sources))}, err
}
