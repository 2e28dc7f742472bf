// Package site decides which pages exist and composes each.
//
// Scorecard lists the files of one scorecard, Papers those that belong to none;
// a file is made only when it is asked for. What the pages over all scorecards
// say of one is its Summary, so that they can be made without reading the
// others' data. Whatever can be the content's fault is found before; making a
// file fails only by the machine's fault.
package site

import (
	"bytes"
	"fmt"
	"sync"

	"outturn/internal/edition"
	"outturn/internal/publish"
	"outturn/internal/theme"
)

// part is a list of files that are made of one edition.
type part struct {
	theme *theme.Theme
	files []publish.File

	// composing is held while a view is made: what views are made of
	// (dataset.View) keeps what it works out, and is safe for one goroutine.
	composing *sync.Mutex
}

func newPart(ed *edition.Edition) *part {
	return &part{theme: ed.Theme, composing: new(sync.Mutex)}
}

// page adds an HTML page. Its view may stand in the room until it is written.
func (p *part) page(name string, view func(*room) any) {
	compose := func(in *room) any {
		p.composing.Lock()
		defer p.composing.Unlock()
		return view(in)
	}
	p.files = append(p.files, publish.File{Path: name, Write: func(b *bytes.Buffer) error {
		in := rooms.Get().(*room)
		defer rooms.Put(in)
		defer in.empty()
		if err := p.theme.Render(b, compose(in)); err != nil {
			return fmt.Errorf("rendering %s: %w", name, err)
		}
		return nil
	}})
}

// data adds a file that is no page.
func (p *part) data(name string, write func(*bytes.Buffer)) {
	p.files = append(p.files, publish.File{Path: name, Write: func(b *bytes.Buffer) error {
		p.composing.Lock()
		defer p.composing.Unlock()
		write(b)
		return nil
	}})
}
