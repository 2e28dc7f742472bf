package nation

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// committee considers the reports of the nation.
const committee = "National Performance Board"

// writeSite writes what all scorecards share: the settings, the home page, the
// populations, three reports and the meeting that has them.
func writeSite(f folder, size Size, seed uint64) error {
	var slugs []string
	for i := range papers {
		slugs = append(slugs, paperSlug(i))
		if err := f.write("content/reports/"+paperSlug(i)+".md", report(i, size)); err != nil {
			return err
		}
	}
	for _, file := range []struct {
		name    string
		content []byte
	}{
		{"content/site.yaml", settings(size)},
		{"content/_index.md", []byte("---\ntitle: How the nation's children's services are doing\n---\n\n" +
			"Every authority returns its figures each month. Here they stand side by side,\nwith what each says of them.\n")},
		{"content/about/accessibility.md", []byte("---\ntitle: Accessibility\n---\n\nThis site is meant for everyone. Tell us if a page is hard to use.\n")},
		{"content/meetings/" + meetingSlug + ".md", meeting(slugs)},
		{"data/populations.csv", populations(size, seed)},
	} {
		if err := f.write(file.name, file.content); err != nil {
			return err
		}
	}
	return nil
}

func settings(size Size) []byte {
	var b bytes.Buffer
	b.WriteString(`title: Children's services performance, all authorities
council: Office for Children's Services
base_url: https://performance.nation.example/
language: en-GB
theme: civic
notice: This nation is made up, and so is every figure here.
contact: performance@nation.example
areas:
`)
	for _, a := range size.areas() {
		fmt.Fprintf(&b, "  - {id: %s, name: %s}\n", a.id, a.name)
	}
	b.WriteString(`comparators:
  - {id: stat_neighbour_average, name: Statistical neighbour average, short: SN average, role: stat_neighbours}
  - {id: national_average, name: National average, short: National, role: national}
  - {id: national_top_quartile, name: National top quartile, short: Top quartile, threshold: true}
views:
  - {id: national, title: National indicators, tag: national}
disclosure: off
`)
	return b.Bytes()
}

// populations are the children of each authority and its areas, by which rates
// are worked out.
func populations(size Size, seed uint64) []byte {
	c := chance(seed, -1)
	var rows csv
	rows.row("population", "area", "period", "value", "source")
	for i := range size.Scorecards {
		children := make([]int64, size.Areas)
		for a := range children {
			children[a] = 5000 + c.Int64N(15000)
		}
		for y := range 6 {
			year := fmt.Sprintf("FY%d-%02d", 2011+y, 12+y)
			total := int64(0)
			for a, area := range size.areas()[1:] {
				total += children[a]
				rows.row("0-17 "+slug(authority(i)), area.id, year, strconv.FormatInt(children[a], 10), "made-up estimate")
				children[a] += c.Int64N(200) - 60
			}
			if size.Areas == 0 {
				total = 40000 + c.Int64N(1000)
			}
			rows.row("0-17 "+slug(authority(i)), "", year, strconv.FormatInt(total, 10), "made-up estimate")
		}
	}
	return rows.Bytes()
}

// papers are the reports: each looks at one section in two or three scorecards.
var papers = []struct {
	slug, title string
	section     int
	cards       int
}{
	{"front-door", "The front door", 0, 3},
	{"timeliness", "Work on time", 1, 2},
	{"assessments", "Assessments", 2, 3},
}

const meetingSlug = "2017-03-22-board"

func paperSlug(i int) string { return "2017-03-22-" + papers[i].slug }

// cardsOf are the scorecards of a report: the first reports have the first
// scorecards, as far as there are enough.
func cardsOf(i int, size Size) []string {
	var ids []string
	for n := range min(papers[i].cards, size.Scorecards) {
		ids = append(ids, slug(authority((3*i+n)%size.Scorecards)))
	}
	return ids
}

func report(i int, size Size) []byte {
	p := papers[i]
	one := p.section%size.filled() + 1
	ids := cardsOf(i, size)
	var b bytes.Buffer
	fmt.Fprintf(&b, `---
title: %s, %s
committee: %s
date: 2017-03-22
as_at: %s
scorecards: [%s]
meetings: [%s]
status: approved
publish_on: 2017-03-14
numbered: true
key_decision: no
director: Chief Executive
authors:
  - Head of Performance
wards: All
summary: >-
  This report compares a few authorities and asks what they can learn from one another.
  The first of them had {{ %s/%d.1 }} %s in the month.
recommendations:
  - That the board notes the position.
other_bodies: no
council_approval: no
exempt: []
approvals:
  - {role: Director of Finance, date: 2017-03-10}
  - {role: Director of Legal Services, date: 2017-03-10}
accountable:
  - Chief Executive
---

## Recommendations

The board is asked to read the figures with care: authorities differ in who lives there.

## Background

Each authority returns its figures every month and says what it makes of them.

## Key issues

`, p.title, last.Words(), committee, last, strings.Join(ids, ", "), meetingSlug, ids[0], one, sectionAt(one-1).noun)
	b.WriteString("| Authority | In the month | Month before | Completed on time |\n| --- | ---: | ---: | ---: |\n")
	for n, id := range ids {
		name := authority((3*i + n) % size.Scorecards)
		fmt.Fprintf(&b, "| %[1]s | {{ %[2]s/%[3]d.1 }} | {{ %[2]s/%[3]d.1 previous }} | {{ %[2]s/%[3]d.2 }} |\n", name, id, one)
	}
	for n, id := range ids {
		name := authority((3*i + n) % size.Scorecards)
		fmt.Fprintf(&b, "\n### %[1]s\n\nThe number of %[4]s in %[1]s {{ %[2]s/%[3]d.1 moved }}, and {{ %[2]s/%[3]d.2 of }} were completed on time.\nThe measure is rated {{ %[2]s/%[3]d.2 rag }}.\n",
			name, id, one, sectionAt(one-1).noun)
	}
	fmt.Fprintf(&b, "\n{{ chart %s/%d.2 }}\n\n## Risks and mitigation\n\nFigures of the newest month may still change; later reports say where they did.\n", ids[0], one)
	return b.Bytes()
}

func meeting(slugs []string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "---\ntitle: %s, 22 March 2017\ncommittee: %s\ndate: 2017-03-22\ntime: \"13:30\"\nvenue: Board room\nstatus: held\npublish_on: 2017-03-14\nitems:\n"+
		"  - {title: Apologies for absence}\n", committee, committee)
	for i, name := range slugs {
		fmt.Fprintf(&b, "  - title: %s\n    report: %s\n", papers[i].title, name)
	}
	b.WriteString("minutes: none\n---\n\nThe board meets in public.\n")
	return b.Bytes()
}
