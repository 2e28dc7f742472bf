package nation

import (
	"fmt"
	"strings"
)

// The names of authorities are put together from these. No council is called
// any of them.
var (
	firstNames = []string{
		"Alderwick", "Brackenholt", "Cinderbourne", "Dunmarsh", "Ellerwick", "Fernhallow",
		"Gorsecombe", "Hazelthorpe", "Ivelcote", "Juniperfold", "Kestrelby", "Larchminster",
		"Mossgarth", "Netherquay", "Orlestone", "Plovermere", "Quarrendale", "Rushenford",
	}
	secondNames = []string{"Vale", "Moor", "Haven", "Heath", "Wold", "Marches", "Levels", "Edge", "Bay"}
)

// authority names one. Neighbours in the list differ in both parts.
func authority(i int) string {
	round, first := i/len(firstNames), i%len(firstNames)
	name := firstNames[first] + " " + secondNames[(round+first)%len(secondNames)]
	if again := round / len(secondNames); again > 0 {
		name += fmt.Sprintf(" %d", again+1)
	}
	return name
}

func slug(name string) string {
	return strings.ReplaceAll(strings.ToLower(name), " ", "-")
}

// area is a part of an authority; the first is the whole of it.
type area struct{ id, name string }

func (s Size) areas() []area {
	areas := []area{{"whole", "Whole authority"}}
	for i := range s.Areas {
		name := fmt.Sprintf("Locality %d", i+1)
		if points := []string{"North", "South", "East", "West"}; i < len(points) {
			name = points[i]
		}
		areas = append(areas, area{slug(name), name})
	}
	return areas
}

// section is a group of measures about one kind of work.
type section struct {
	id, title string
	noun      string // what is counted, in the plural: stands in the names of its measures
	meaning   string // the definition on its page
}

var sections = []section{
	{"contacts", "Contacts", "contacts", "A contact is a request for help or advice about a child or family."},
	{"referrals", "Referrals", "referrals", "A referral is a contact that a social worker has decided to act on."},
	{"assessments", "Assessments", "assessments", "An assessment finds out what a child and the family need."},
	{"enquiries", "Enquiries", "enquiries", "An enquiry is made where a child may be suffering harm."},
	{"protection-plans", "Protection plans", "protection plans", "A protection plan says what is done, and by whom, to keep a child from harm."},
	{"reviews", "Reviews", "reviews", "A review asks whether a plan is still the right one."},
	{"visits", "Visits", "visits", "A visit is one to the child, in which the child was seen."},
	{"placements", "Placements", "placements", "A placement is the home in which a looked-after child lives."},
	{"pathway-plans", "Pathway plans", "pathway plans", "A pathway plan says how a young person is helped on the way out of care."},
	{"support-plans", "Support plans", "support plans", "A support plan says what help a family has agreed with the service."},
}

// perSection is how many measures a section has.
const perSection = 10

// sectionAt is the section of a number from 0. Past the end of the list the
// sections come again, numbered.
func sectionAt(i int) section {
	s := sections[i%len(sections)]
	if again := i / len(sections); again > 0 {
		s.id += fmt.Sprintf("-%d", again+1)
		s.title += fmt.Sprintf(" (%d)", again+1)
	}
	return s
}

// sections is how many sections a scorecard has, and filled how many of them
// hold the two measures of which the texts speak.
func (s Size) sections() int { return (s.Indicators + perSection - 1) / perSection }
func (s Size) filled() int   { return (s.Indicators + perSection - 2) / perSection }
