package check

import (
	"strings"
	"testing"
)

// Ways in which officers say what a number is of: its measure carried over from
// the sentence, the bullet or the heading before, its period named indirectly,
// its whole left to be understood, its comparator. Each wrong one has its right
// twin. // starts a new paragraph.
var namings = []struct{ where, wrong, right string }{
	// The measure is that of the sentence before.
	{"early-help/customer-feedback", "Ten exit surveys came back in January. November had seen 17.", "Ten exit surveys came back in January. November had seen 31."},
	{"early-help/early-help-assessments", "Partners made seven assessments in January. In October they managed 12.", "Partners made seven assessments in January. In July they managed 12."},
	{"safeguarding/looked-after-children", "There were 482 looked after children at the end of January. Twelve months earlier the figure was 403.", "There were 482 looked after children at the end of January. Twelve months earlier the figure was 430."},
	{"safeguarding/contacts", "Contacts reached 1,651 in January. The busiest month before that was November, with 1,381.", "Contacts reached 1,651 in January. The busiest month before that was November, with 1,469."},
	{"safeguarding/assessments", "662 assessments were completed. The month before it had been 455.", "662 assessments were completed. The month before it had been 609."},
	{"early-help/open-cases", "We had 1,285 cases open at the end of January. By locality there were 281 in North, 522 in South and 482 in Central.", "We had 1,285 cases open at the end of January. By locality there were 281 in North, 482 in South and 522 in Central."},
	{"safeguarding/caseloads", "The largest caseload in key safeguarding teams and in LAC is reported monthly. In LAC the largest was 19 in January.", "The largest caseload in key safeguarding teams and in LAC is reported monthly. In LAC the largest was 18 in January."},
	{"safeguarding/child-protection", "At the end of January 330 children were subject to a plan. In September numbers stood at 315.", "At the end of January 330 children were subject to a plan. In September numbers stood at 305."},
	{"early-help/contacts", "Contacts rose to 403.\n\n- North: 105\n- South: 152\n- Central: 146", "Contacts rose to 403.\n\n- North: 105\n- South: 146\n- Central: 152"},
	{"safeguarding/", "## Re-referrals\n\nThe rolling twelve-month rate is 26.1%.", "## Re-referrals\n\nThe rolling twelve-month rate is 28.1%."},
	{"safeguarding/", "- **Dental checks:** 84.0% in January, 95.0% target.\n- **Health assessments:** 95.3% at the end of January.", "- **Health assessments:** 92.7% at the end of January.\n- **Reviews:** 98.2% in January."},
	// The period is named indirectly.
	{"safeguarding/contacts", "In the third quarter there were 4,173 contacts.", "In the third quarter there were 4,137 contacts."},
	{"safeguarding/contacts", "Between July and September 2,683 contacts were received.", "Between July and September 2,863 contacts were received."},
	{"safeguarding/section-47", "The first half of the year saw 620 investigations started.", "The first half of the year saw 602 investigations started."},
	{"safeguarding/contacts", "Quarter 2 brought 2,863 contacts; quarter 3, 4,317.", "Quarter 2 brought 2,863 contacts; quarter 3, 4,137."},
	{"safeguarding/assessments", "Timeliness was 67.7%, against 96.6% in the same month of 2016.", "Timeliness was 67.7%, against 92.7% in the same month of 2016."},
	{"safeguarding/looked-after-children", "There were 482 looked after children, compared with 422 in January last year.", "There were 482 looked after children, compared with 430 in January last year."},
	{"safeguarding/looked-after-children", "Looked after children numbered 407 at 31 March 2016.", "Looked after children numbered 432 at 31 March 2016."},
	{"safeguarding/looked-after-children", "At year end we looked after 407 children.", "At year end we looked after 432 children."},
	{"safeguarding/section-47", "For the whole of last year the number of section 47 investigations started was 1,091.", "For the whole of last year the number of section 47 investigations started was 954."},
	{"safeguarding/contacts", "Contacts peaked at 1,651, the most since November (1,381).", "Contacts peaked at 1,651, the most since November (1,469)."},
	{"early-help/establishment", "The workforce stands at 325 contracts (December 330, November 327).", "The workforce stands at 325 contracts (December 327, November 330)."},
	{"early-help/establishment", "Contracts are down to 325, from 330 in December.", "Contracts are down to 325, from 327 and 330 in the two months before."},
	// Counts and their wholes.
	{"early-help/early-help-assessments", "Of the 121 assessments that fell due in January, 35 were completed in time.", "Of the 121 assessments that fell due in January, 22 were completed in time."},
	{"early-help/early-help-assessments", "In South just 10 of 50 assessments were completed within 35 working days.", "In South just 4 of 50 assessments were completed within 35 working days."},
	{"early-help/initial-contacts", "South saw 8 of its 37 families in time.", "South saw 10 of its 37 families in time."},
	{"early-help/early-help-assessments", "22 of the 116 assessments due in January were on time.", "22 of the 121 assessments due in January were on time."},
	{"early-help/open-cases", "South has 482 of the 1,285 open cases, or 41%.", "South has 482 of the 1,285 open cases, or 38%."},
	{"early-help/contacts", "Of 403 contacts, 105 (31%) came from North.", "Of 403 contacts, 105 (26%) came from North."},
	{"early-help/early-help-assessments", "Around a third of assessments were completed within 35 working days in January.", "Just under one in five assessments were completed within 35 working days in January."},
	{"early-help/open-cases", "Central holds half of the open cases (522).", "Central holds two in five of the open cases (522)."},
	{"safeguarding/child-protection", "All 42 initial conferences in January were held on time.", "41 of the 42 initial conferences in January were held on time."},
	// Two measures, one sentence.
	{"safeguarding/looked-after-children", "Health and dental assessments were up to date for 64.1% and 92.7% respectively.", "The number of looked after children and the admissions were 482 and 10 respectively."},
	{"safeguarding/looked-after-children", "In January 12 children came into care and 10 left.", "In January 10 children came into care and 12 left."},
	{"safeguarding/assessments", "508 assessments were completed in January and 662 started.", "662 assessments were completed in January and 508 started."},
	// Comparators.
	{"safeguarding/looked-after-children", "At 80.9 per 10,000 our rate is above statistical neighbours (60.0) and England (75.8).", "Our rate of looked after children is above that of statistical neighbours (75.8) and England (60.0)."},
	{"safeguarding/placements", "Placement stability was 66.2%; our neighbours managed 72.0%.", "Placement stability was 66.2%; our neighbours managed 68.2%."},
	{"safeguarding/care-leavers", "68.0% of care leavers are in employment, education or training; nationally it is 50.4%.", "68.0% of care leavers are in employment, education or training; nationally it is 48.0%."},
	{"safeguarding/child-protection", "97.6% of conferences were on time, well above the top quartile of 85.7%.", "97.6% of conferences were on time, well above the top quartile of 88.5%."},
	// What is of no measure, or has not come.
	{"safeguarding/looked-after-children", "98.1% of reviews were held on time in January.", "Each reviewing officer is to have between 50 and 70 children, and a panel of 12 meets on 30 June 2017."},
	{"safeguarding/plans", "87.6% of children in need have an up to date plan.", "87.6% of children in need have a plan, and 87.5% have one that is up to date."},
}

func TestWhatANumberIsOfIsCarriedNamedAndCompared(t *testing.T) {
	r := &statementReader{e: publishedEdition(t)}
	found, flagged := 0, 0
	for _, n := range namings {
		scorecard, section, _ := strings.Cut(n.where, "/")
		if problems := r.found(t, scorecard, section, n.wrong); len(problems) > 0 {
			found++
		} else {
			t.Logf("missed: %s %s", n.where, n.wrong)
		}
		if problems := r.found(t, scorecard, section, n.right); len(problems) > 0 {
			flagged++
			t.Logf("flagged: %s %s\n\t%s", n.where, n.right, told(problems))
		}
	}
	t.Logf("%d of %d found, %d flagged", found, len(namings), flagged)
}
