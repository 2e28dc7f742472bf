// Package nation writes the site of a country that never was: a scorecard for
// each of its authorities, years of monthly figures, commentary, committee
// reports. It is there to measure how Outturn behaves at the size of a national
// publisher, and the figures are made so that everything a build does is done:
// every unit, polarity, basis, frequency and rating rule, numerators and
// denominators, areas, parts, calculations, marks, breaks, benchmarks, and
// returns that revise one another.
//
//	err := nation.Write("site", nation.National, 1)
//
// What it writes is a whole site folder, content/ and data/, in the formats of
// an ordinary site. It has no errors, and few findings: totals are the sums of
// their areas and parts, ratios follow from their counts, and every measure
// that is made to miss its target has an action. The same size and seed give
// the same bytes on every machine.
//
// Nothing in it is real: the authorities are invented, and the figures resemble
// no council's.
package nation

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"

	"outturn/internal/period"
)

// Size says how much of a nation to write.
type Size struct {
	Scorecards int // authorities; each has a scorecard
	Indicators int // of a scorecard that have a page of their own, ten to a section; parts come on top
	Months     int // of history, the last of them January 2017
	Areas      int // below each whole authority
	Returns    int // monthly returns of a scorecard, the newest; the first holds all the history
}

// National is 153 authorities with 100 measures over five years: about four
// million rows, 15,300 pages of indicators and some 20,000 pages in all.
var National = Size{Scorecards: 153, Indicators: 100, Months: 60, Areas: 4, Returns: 3}

// last is the newest month of every site that is written.
var last = period.NewMonth(2017, 1)

// Today is the day on which the newest month of the site has just been
// released, for builds and checks of it.
const Today = "2017-04-20"

func (s Size) check() error {
	switch {
	case s.Scorecards < 1, s.Indicators < 2, s.Returns < 1, s.Areas < 0:
		return errors.New("a nation has at least 1 scorecard of 2 indicators, and 1 return")
	case s.Months <= s.Returns:
		return fmt.Errorf("%d returns need more than %d months of history", s.Returns, s.Months)
	}
	return nil
}

// Write makes a site in dir, which must be empty or not there yet. It uses two
// goroutines; each scorecard has a source of chance of its own, so that what is
// written depends on the seed and not on who writes it.
func Write(dir string, size Size, seed uint64) error {
	if err := size.check(); err != nil {
		return err
	}
	switch entries, err := os.ReadDir(dir); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("writing a nation: %w", err)
	case len(entries) > 0:
		return fmt.Errorf("writing a nation: %s is not empty", dir)
	}
	f := folder(dir)
	cal := newCalendar(size.Months)
	cards := make(chan int, size.Scorecards)
	for i := range size.Scorecards {
		cards <- i
	}
	close(cards)
	faults := make([]error, 2)
	var writers sync.WaitGroup
	for w := range faults {
		writers.Go(func() {
			for i := range cards {
				if faults[w] = writeScorecard(f, newScorecard(i, size, seed, cal)); faults[w] != nil {
					return
				}
			}
		})
	}
	writers.Wait()
	if err := errors.Join(faults...); err != nil {
		return fmt.Errorf("writing a nation: %w", err)
	}
	if err := writeSite(f, size, seed); err != nil {
		return fmt.Errorf("writing a nation: %w", err)
	}
	return nil
}

// chance is a source of its own for one part of the site.
func chance(seed uint64, part int) *rand.Rand {
	return rand.New(rand.NewPCG(seed, uint64(part)))
}

// folder is where a site is written.
type folder string

func (f folder) write(name string, content []byte) error {
	full := filepath.Join(string(f), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	return os.WriteFile(full, content, 0o644)
}

// scorecard is one authority: who it is and all its figures.
type scorecard struct {
	index  int
	name   string // "Alderwick Vale"
	id     string // "alderwick-vale"
	size   Size
	cal    *calendar
	chance *rand.Rand
	series []*series // in the order of the register; parts follow what they make up
}

func newScorecard(i int, size Size, seed uint64, cal *calendar) *scorecard {
	name := authority(i)
	s := &scorecard{index: i, name: name, id: slug(name), size: size, cal: cal, chance: chance(seed, i)}
	for n := range size.Indicators {
		s.add(n)
	}
	// One count was once defined anew.
	if one := s.series[0]; len(one.periods) > 30 {
		one.breaks = len(one.periods) - 16 - s.chance.IntN(12)
	}
	return s
}

// returns are the months of the returns, the oldest first.
func (s Size) returns() []period.Month {
	var months []period.Month
	for i := range s.Returns {
		months = append(months, last.Add(i+1-s.Returns))
	}
	return months
}

func writeScorecard(f folder, s *scorecard) error {
	data := "data/" + s.id + "/"
	for _, file := range []struct {
		name    string
		content []byte
	}{
		{"indicators.csv", s.register()},
		{"targets.csv", s.targets()},
		{"benchmarks.csv", s.benchmarks()},
		{"events.csv", s.events()},
		{"actions.csv", s.actions()},
		{last.String() + "-actions.csv", s.updates()},
	} {
		if err := f.write(data+file.name, file.content); err != nil {
			return err
		}
	}
	for i, month := range s.size.returns() {
		if err := f.write(data+month.String()+".csv", s.returned(i)); err != nil {
			return err
		}
	}
	return s.writeText(f)
}
