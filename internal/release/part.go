package release

import "strings"

// part is an element whose words are kept apart from those of its page.
type part struct {
	as     string // what it is kept as: its class, or the name of an item
	name   string
	within int  // elements of its name that are open in it
	leads  bool // it has a link
	words  strings.Builder
}

// classes are those of the elements that are kept; what an officer wrote stands
// in prose.
var classes = map[string]bool{"prose": true, "caution": true, "correction": true, "events": true, "facts": true, "issue": true}

// items are kept one by one, by the class of the element that has them.
var items = map[string]string{"li": "correction", "dd": "events"}

// keeps reports whether an element is open that is kept so.
func (s *scanner) keeps(as string) bool {
	for _, p := range s.parts {
		if p.as == as {
			return true
		}
	}
	return false
}

func (s *scanner) startParts(t tag) {
	for _, p := range s.parts {
		p.words.WriteByte(' ')
		p.leads = p.leads || t.name == "a"
		if t.name == p.name && !t.alone {
			p.within++
		}
	}
	if t.alone {
		return
	}
	for class := range strings.FieldsSeq(t.attr("class")) {
		if classes[class] && !s.keeps(class) {
			s.parts = append(s.parts, &part{as: class, name: t.name})
		}
	}
	if list := items[t.name]; list != "" && s.keeps(list) && !s.keeps(t.name) {
		s.parts = append(s.parts, &part{as: t.name, name: t.name})
	}
}

func (s *scanner) endParts(name string) {
	open := s.parts[:0]
	for _, p := range s.parts {
		p.words.WriteByte(' ')
		switch {
		case p.name != name:
		case p.within > 0:
			p.within--
		default:
			s.keep(p)
			continue
		}
		open = append(open, p)
	}
	s.parts = open
}

// keep takes in an element that has ended.
func (s *scanner) keep(p *part) {
	// The program's own caution leads to what has changed since, or lists what an issue changed.
	if p.as != "caution" || p.name == "p" && !p.leads {
		s.kept[p.as] = append(s.kept[p.as], oneLine(p.words.String()))
	}
}
