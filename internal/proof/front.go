package proof

import (
	"slices"

	"outturn/internal/commentary"
	"outturn/internal/edition"
)

// Sentences stand in front matter too: a section's note on its data, a month's
// caution, why an item is urgent. They are published as they stand and read as
// body text is. Titles are headings: a number in one is read, and never bound.

// What is published of a page's keys as sentences, and is no Text of its own.
var (
	coverSays    = []string{"title", "caution"}
	analysisSays = []string{"data_note"}
	reportSays   = []string{"description", "key_decision", "other_bodies", "council_approval"}
	meetingSays  = []string{"description"}
	itemSays     = []string{"urgent", "to_follow"}
)

// meetingFront is what a meeting's keys say: of its items those that are shown.
func meetingFront(m *edition.Meeting) []commentary.Passage {
	list := m.Text.FrontMatter(meetingSays...)
	for _, passage := range m.Text.FrontMatter(itemSays...) {
		shown := slices.ContainsFunc(m.Items, func(i edition.Item) bool {
			return passage.Says(i.Urgent) || passage.Says(i.ToFollow)
		})
		if shown {
			list = append(list, passage)
		}
	}
	return list
}
