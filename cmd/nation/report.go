package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// report prints one table: a line for each thing measured, a column for each
// size.
func report(out io.Writer, results []result) error {
	var lines [][]string
	line := func(label string, cell func(r result) string) {
		cells := []string{label}
		for _, r := range results {
			cells = append(cells, cell(r))
		}
		lines = append(lines, cells)
	}
	whole := func(label string, number func(r result) int) {
		line(label, func(r result) string { return grouped(int64(number(r))) })
	}
	run := func(label string, of func(r result) cost) {
		line(label, func(r result) string { return seconds(of(r).wall) })
		line("  processor time", func(r result) string { return seconds(of(r).cpu) })
		line("  peak memory", func(r result) string { return megabytes(of(r).peak) })
	}
	whole("scorecards", func(r result) int { return r.size.Scorecards })
	whole("rows of returns", func(r result) int { return r.rows })
	whole("pages", func(r result) int { return r.made.pages })
	whole("charts", func(r result) int { return r.made.charts })
	whole("files", func(r result) int { return r.made.files })
	line("bytes", func(r result) string { return megabytes(r.made.bytes) })
	run("cold build", func(r result) cost { return r.cold })
	line("  rows a second", func(r result) string { return rate(r.rows, r.cold) })
	line("  pages a second", func(r result) string { return rate(r.made.pages, r.cold) })
	line("  charts a second", func(r result) string { return rate(r.made.charts, r.cold) })
	line("  µs for an indicator in a month", func(r result) string { return fmt.Sprintf("%.1f", r.each(r.cold.wall)) })
	line("    of processor time", func(r result) string { return fmt.Sprintf("%.1f", r.each(r.cold.cpu)) })
	run("one value changed", func(r result) cost { return r.changed })
	whole("  files written", func(r result) int { return r.rewritten.files })
	line("  bytes written to public/", func(r result) string { return megabytes(r.rewritten.bytes) })
	run("nothing changed", func(r result) cost { return r.same })
	line("  bytes written to public/", func(r result) string { return megabytes(r.untouched.bytes) })
	line("cp -r of the pages", func(r result) string { return seconds(r.copied) })
	line("  cold build ÷ cp -r", func(r result) string { return ratio(r.cold.wall, r.copied) })
	line("  one value changed ÷ cp -r", func(r result) string { return ratio(r.changed.wall, r.copied) })
	line("  nothing changed ÷ cp -r", func(r result) string { return ratio(r.same.wall, r.copied) })
	if slices.ContainsFunc(results, func(r result) bool { return r.onDisk.wall > 0 }) {
		line("cold build on the disk", func(r result) string { return seconds(r.onDisk.wall) })
		line("  cp -r of the pages to there", func(r result) string { return seconds(r.copiedToDisk.wall) })
		line("  cold build ÷ cp -r, both on the disk", func(r result) string { return ratio(r.onDisk.wall, r.copiedToDisk.wall) })
		line("  what the disk adds to a build ÷ cp -r", func(r result) string { return ratio(r.onDisk.wall-r.offDisk.wall, r.copiedToDisk.wall) })
		line("  cold build on the disk ÷ in memory", func(r result) string { return ratio(r.onDisk.wall, r.offDisk.wall) })
	}
	newest := results[len(results)-1]
	if newest.hugo != nil {
		hugo := func(label string, cell func(r result) string) {
			line(label, func(r result) string {
				if r.hugo == nil {
					return ""
				}
				return cell(r)
			})
		}
		hugo("Hugo, text that is already HTML", func(r result) string { return seconds(r.hugo.wall) })
		hugo("  processor time", func(r result) string { return seconds(r.hugo.cpu) })
		hugo("  peak memory", func(r result) string { return megabytes(r.hugo.peak) })
		hugo("  pages", func(r result) string { return grouped(int64(r.hugoPages)) })
		hugo("  bytes", func(r result) string { return megabytes(r.hugoBytes) })
		hugo("  mean page, Hugo's", func(r result) string { return mean(r.hugoBytes, r.hugoPages) })
		hugo("  mean page, Outturn's", func(r result) string { return mean(r.made.pageBytes, r.made.pages) })
		hugo("  pages a second", func(r result) string { return rate(r.hugoPages, *r.hugo) })
		hugo("  Outturn's cold build, in turn with it", func(r result) string { return seconds(r.inTurn.wall) })
		hugo("  Outturn's pages a second ÷ Hugo's", func(r result) string {
			return fmt.Sprintf("%.2f", float64(r.made.pages)/r.inTurn.wall.Seconds()/(float64(r.hugoPages)/r.hugo.wall.Seconds()))
		})
	}
	if err := columns(out, lines); err != nil {
		return err
	}
	for i := range results[1:] {
		if _, err := fmt.Fprintln(out, growth(results[i], results[i+1])); err != nil {
			return err
		}
	}
	if newest.hugo == nil {
		_, err := fmt.Fprintln(out, "Hugo was not timed beside it: name the program with --hugo PATH")
		return err
	}
	return nil
}

// each is a time divided by the indicators and months of the site, in µs.
func (r result) each(d time.Duration) float64 {
	return d.Seconds() * 1e6 / float64(r.size.Scorecards*r.size.Indicators*r.size.Months)
}

// growth says whether the work grows with the size, as it should, or faster, from
// one size to the next: what a program takes to start is much of the smallest
// only, and would hide what the largest takes too long for. It is told by
// processor time, which says the same on a machine that does other work too; a
// tenth more is within what two runs differ by.
func growth(small, large result) string {
	how, a, b := "no faster than the size", small.each(small.cold.cpu), large.each(large.cold.cpu)
	if b > 1.1*a {
		how = "FASTER than the size"
	}
	return fmt.Sprintf("A cold build grows %s: an indicator in a month takes %.1f µs of processor time with %s, and %.1f with %s.",
		how, a, plural(small.size.Scorecards, "scorecard"), b, plural(large.size.Scorecards, "scorecard"))
}

// columns aligns labels to the left and figures to the right.
func columns(out io.Writer, lines [][]string) error {
	var widths []int
	for _, line := range lines {
		for i, cell := range line {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, line := range lines {
		var b strings.Builder
		for i, cell := range line {
			space := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				b.WriteString(cell + space)
			} else {
				b.WriteString("  " + space + cell)
			}
		}
		if _, err := fmt.Fprintln(out, strings.TrimRight(b.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}

func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func seconds(d time.Duration) string {
	if d == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

func megabytes(n int64) string {
	switch {
	case n == 0:
		return "0"
	case n < 1e6:
		return fmt.Sprintf("%.2f MB", float64(n)/1e6)
	}
	return grouped((n+500000)/1e6) + " MB"
}

func mean(bytes int64, files int) string {
	return fmt.Sprintf("%.1f kB", float64(bytes)/float64(max(files, 1))/1000)
}

func rate(n int, c cost) string { return grouped(int64(float64(n) / c.wall.Seconds())) }

func ratio(a, b time.Duration) string {
	if b == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", a.Seconds()/b.Seconds())
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return grouped(int64(n)) + " " + noun + "s"
}
