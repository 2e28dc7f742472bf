// Package chart draws a series of figures as an accessible SVG, the same bytes
// on every machine.
//
//	t := chart.Trend{ID: "c-3-2", Title: "Assessments on time", Description: "…", Unit: quantity.Percent, Decimals: 1, Points: points}
//	wide, narrow, err := t.Both()     // 720 × 300, for a desk, and 360 × 280, for a phone; the page shows one of the two by CSS
//	small, err := t.Draw(chart.Small) // any one form
//
// # What it promises
//
//   - Deterministic: coordinates are whole tenths of a pixel, rounded before
//     they are printed, and no product is fused with a sum; nothing depends on
//     a font of the machine, a clock, a locale or the order of a map.
//   - Honest: a missing figure is a gap and never a zero; columns and bars
//     start at zero; an axis that does not start at zero says so with a break
//     at its foot; an annual figure beside such an axis is a cap without a body.
//   - Legible without colour: every state has a shape, a dash or a word.
//   - Nothing inline: no style, fill or stroke attribute, so it passes
//     Content-Security-Policy style-src 'self'. The theme's stylesheet owns the look.
//   - Escaped: any text may be given, the output is well-formed XML.
//
// The image has role="img" and is named by its title and description; the
// figures themselves belong in a table beside it. A Sparkline is hidden from
// assistive technology, since its figures stand beside it.
//
// # Classes, for the stylesheet
//
// On the root: chart, then chart-trend, chart-spark, chart-stacked,
// chart-multiples or chart-rows, then chart-wide, chart-narrow or chart-small; on a sparkline
// also rating-green, rating-amber, rating-red or rating-none. Inside are paths,
// each all neighbours of one class; circles; and texts, which have a class of
// their own or stand in a g that has theirs, so a label's rule names no element.
//
//	grid, zero                  horizontal rules at the ticks; the rule at zero (or the foot)
//	axis-cut, axis-gap          the break at the foot of an axis that does not start at zero; the gap that it stands in
//	tick, year-rule, year-label labels of both axes; the boundary of a year; the year under its months
//	band band-green, band-word  a tolerance (also band-amber, band-red) and its word
//	level target, comparator-1  a level line (to comparator-4); its label is end-label with the same class
//	leader                      joins a label that was moved to the end of its line
//	line, provisional           the measure's own line; a segment that leads to a provisional figure
//	dot, last, ring, diamond, triangle   markers: lone point (a stroke without length, round at its ends); newest; revised; provisional; use with caution
//	value                       the newest figure, in bold
//	column, year-bar, year-cap, bar-value   flows; annual figures (cap: where the axis is cut) and the figure above
//	event, break, break-mark, event-label, event-badge, event-number   dated events and breaks in the series
//	part part-1, hatch hatch-1, part-name, swatch, partial   stacks, to part-13; partial: a column that lacks a part
//	panel-name, key, empty      small multiples; explanations under the drawing; "No figures yet"
//	at-middle, at-end           text that is anchored there; all other text starts at its place
//
// go-chart (archived, pinned) supplies the boxes and the ranges; its own axes,
// fonts and SVG writer are not used, because they do not escape text, colour
// inline and measure slowly. It is imported here alone.
package chart

import (
	"outturn/internal/period"
)

// Form is the size and purpose of a drawing.
type Form uint8

const (
	Wide   Form = iota // 720 × 300: a desk
	Narrow             // 360 × 280: a phone
	Spark              // 120 × 28: within a row of a table, decorative
	Small              // 220 × 150: one of several side by side; target but no comparators, annual figures or event labels
)

// Point is one figure of a series.
type Point struct {
	At    period.Period // placed by its last month
	Value float64       // for the place alone; nothing is printed from it when Text is given
	Has   bool          // false: no figure; a gap is drawn
	Text  string        // as published: "18.2%"

	Revised     bool // open ring
	Provisional bool // diamond, and a dashed segment before it
	Caution     bool // triangle: low reliability, mark u
}

// Level is a line across the drawing, labelled at its end.
type Level struct {
	Label string // "Target 100%", "England 81.5% (2014/15)"
	Value float64
	Class string // target, or comparator-1 to comparator-4
}

// Band is a range of values that has a rating. An end that is not set is open.
type Band struct {
	From, To       float64
	HasFrom, HasTo bool
	Class          string // green, amber or red
	Label          string // the word that is drawn where it fits; empty: the Class with a capital
}

// Event is something that happened on a day and bears on the series.
type Event struct {
	At    period.Date
	Label string
	Break bool // figures before and after do not compare: the line is interrupted
}

// Bar is one annual figure.
type Bar struct {
	Label string // 2014/15
	Value float64
	Has   bool
	Text  string // as published
}

// Words are those that the drawing itself adds, in the language of the site.
// An empty one stands for the British English of this package.
type Words struct {
	Empty       string // No figures yet
	Revised     string // Revised
	Provisional string // Provisional
	Caution     string // Use with caution
	Partial     string // Some parts have no figure
}

func (w Words) filled() Words {
	def := func(s *string, d string) {
		if *s == "" {
			*s = d
		}
	}
	def(&w.Empty, "No figures yet")
	def(&w.Revised, "Revised")
	def(&w.Provisional, "Provisional")
	def(&w.Caution, "Use with caution")
	def(&w.Partial, "Some parts have no figure")
	return w
}
