package nation

import (
	"bytes"
	"fmt"
	"strings"

	"outturn/internal/period"
)

// writeText writes a scorecard's folder of content: its page, its sections, and
// for each month the cover with a summary and the analyses of two sections. Of
// the two analyses one speaks in figures, each bound to its source, and one in
// words alone.
func (s *scorecard) writeText(f folder) error {
	dir := "content/" + s.id + "/"
	if err := f.write(dir+"_index.md", s.page()); err != nil {
		return err
	}
	for i := range s.size.sections() {
		if err := f.write(dir+sectionAt(i).id+".md", s.sectionPage(i)); err != nil {
			return err
		}
	}
	filled := s.size.filled()
	for i, month := range s.size.returns() {
		in := dir + month.String() + "/"
		spoken := (2*i + s.index) % filled
		if err := f.write(in+"_index.md", s.cover(i, month, spoken)); err != nil {
			return err
		}
		if err := f.write(in+sectionAt(spoken).id+".md", s.analysis(i, month, spoken)); err != nil {
			return err
		}
		if told := (spoken + 1) % filled; told != spoken {
			if err := f.write(in+sectionAt(told).id+".md", s.account(i, told)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *scorecard) page() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "---\ntitle: %s\nowner: Director of Children's Services\ndefault_tolerance: 10\nfirst_report: %s\ngrades: [%s]\nsections:\n",
		s.name, s.size.returns()[0], strings.Join(grades, ", "))
	for i := range s.size.sections() {
		fmt.Fprintf(&b, "  - %s\n", sectionAt(i).id)
	}
	fmt.Fprintf(&b, "---\n\nThis is the monthly scorecard of %s. It follows children and families from the\nfirst contact with the service to the day on which they need it no longer.\n\n"+
		"Each section says what is counted and who answers for it. Localities are shown\nwherever the figures are kept by locality.\n", s.name)
	return b.Bytes()
}

func (s *scorecard) sectionPage(i int) []byte {
	sec := sectionAt(i)
	return fmt.Appendf(nil, "---\ntitle: %s\ndefinition: %s\nowner: Service Manager for %s\n---\n\n"+
		"All %s of the month are counted, those of other authorities' children left out.\n"+
		"A figure of the newest month is provisional until it has been run again.\n",
		sec.title, sec.meaning, sec.title, sec.noun)
}

// The texts of one month differ from those of the next: what is carried over
// word for word is a finding.
var (
	openings = []string{
		"This month's attention goes to %s.", "The service looked closely at %s.", "Managers discussed %s at length.",
	}
	works = []string{
		"Teams have gone through the cases that were open longest and agreed with each worker what comes next.",
		"A new way of dealing out the work was tried in two localities, and staff say that it spares them journeys.",
		"Records were read by managers from another locality, who found most of them clear and a few of them thin.",
	}
	nexts = []string{
		"Families were asked what they made of the help, and their answers go into the training of new staff.",
		"Partners in schools and in the health service have been told what they can expect, and by when.",
		"The board has asked for a fuller account, which is being written by the service's managers.",
	}
)

func (s *scorecard) cover(i int, month period.Month, spoken int) []byte {
	sec := spoken + 1
	released := month.Add(1)
	var b bytes.Buffer
	fmt.Fprintf(&b, "---\nstatus: approved\npublish_on: %s-20\nextracted: %s-08\nprepared_by: Performance team\n"+
		"signed_off: {by: Director of Children's Services, on: %s-15}\ncontact: performance@nation.example\n---\n\n", released, released, released)
	fmt.Fprintf(&b, openings[(i+s.index)%len(openings)], sectionAt(spoken).noun)
	fmt.Fprintf(&b, "\nTheir number {{ %d.1 moved }}, to {{ %d.1 }}, and {{ %d.2 }} were completed on\ntime, where the target is {{ %d.2 target }}.\n\n%s\n",
		sec, sec, sec, sec, works[i%len(works)])
	return b.Bytes()
}

// analysis is a section's text in figures.
func (s *scorecard) analysis(i int, month period.Month, spoken int) []byte {
	sec, one := sectionAt(spoken), spoken+1
	var b bytes.Buffer
	fmt.Fprintf(&b, "---\ndata_note: Figures of the newest month may still change.\n---\n\n"+
		"There were {{ %[1]d.1 }} %[2]s in %[3]s, against {{ %[1]d.1 previous }} in the month before:\n"+
		"the number {{ %[1]d.1 moved }}. Of all, {{ %[1]d.2 }} were completed on time ({{ %[1]d.2 of }}),\n"+
		"which is {{ %[1]d.2 rag }} against the target of {{ %[1]d.2 target }}.\n\n", one, sec.noun, month.Words())
	if areas := s.size.areas(); len(areas) > 1 {
		fmt.Fprintf(&b, "| Locality | %s | Completed on time |\n| --- | ---: | ---: |\n", sec.title)
		for _, a := range areas[1:] {
			fmt.Fprintf(&b, "| %[1]s | {{ %[2]d.1 area=%[3]s }} | {{ %[2]d.2 area=%[3]s }} |\n", a.name, one, a.id)
		}
		fmt.Fprintf(&b, "| Whole authority | {{ %[1]d.1 }} | {{ %[1]d.2 }} |\n\n", one)
	}
	fmt.Fprintf(&b, "{{ chart %d.2 }}\n\n%s %s\n", one, works[(i+1)%len(works)], nexts[i%len(nexts)])
	return b.Bytes()
}

// account is a section's text in words.
func (s *scorecard) account(i, told int) []byte {
	var b bytes.Buffer
	b.WriteString("---\n---\n\n")
	fmt.Fprintf(&b, openings[(i+1)%len(openings)], sectionAt(told).noun)
	fmt.Fprintf(&b, " %s\n\n%s\n", works[(i+2)%len(works)], nexts[(i+1)%len(nexts)])
	return b.Bytes()
}
