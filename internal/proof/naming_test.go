package proof

import (
	"strings"
	"testing"
)

// Ways in which officers say what a number is of: its measure carried over from
// the sentence, the bullet or the heading before, its period named indirectly,
// its whole left to be understood, its comparator. Each wrong one has its right
// twin. // starts a new paragraph.
var namings = []twins{
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
	{"safeguarding/contacts", "Contacts numbered 1,651, more than at their last peak in November (1,381).", "Contacts numbered 1,651, more than at their last peak in November (1,469)."},
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
	{"early-help/early-help-assessments", "Of the 121 assessments in scope in January, 22 were on time. That leaves 89 that were not.", "Of the 121 assessments in scope in January, 22 were on time. That leaves 99 that were not."},
	{"early-help/triage", "312 of 330 contacts were triaged in time, so 28 were not.", "312 of 330 contacts were triaged in time, so 18 were not."},
	{"early-help/contacts", "Of the 403 contacts, 105 were from South.", "Of the 403 contacts, 105 were from North."},
	{"early-help/contacts", "Early Help received 403 contacts. A third of them came from North.", "Early Help received 403 contacts. Around a quarter of them came from North."},
	{"safeguarding/child-protection", "29 of 42 initial conferences were held within 15 days in January.", "41 of 42 initial conferences were held within 15 days in January."},
	{"safeguarding/placements", "At 66.2% placement stability is better than the statistical neighbour average of 68.2%.", "At 66.2% placement stability is worse than the statistical neighbour average of 68.2%."},
	{"safeguarding/referrals", "Re-referrals over twelve months stand at 28.1%, 4.1 points above our neighbours.", "Re-referrals over twelve months stand at 28.1%, 4.5 points above our neighbours."},
	{"safeguarding/looked-after-children", "In the previous quarter 91 children came into care.", "In the previous quarter 81 children came into care."},
	{"safeguarding/contacts", "Over the last three months there were 4,470 contacts.", "Over the last three months there were 4,407 contacts."},
	{"safeguarding/contacts", "Since October we have had 5,877 contacts.", "Since October we have had 5,788 contacts."},
	{"safeguarding/assessments", "Timeliness of assessments was 92.8% in 2014/15.", "Timeliness of assessments was 88.8% in 2014/15."},
	{"safeguarding/", "The number of children in care was 449 at the end of October, 463 at the end of November and 484 at the end of December.", "The number of children in care was 463 at the end of October, 479 at the end of November and 484 at the end of December."},
	// A table whose heads name no measure, and one of directions.
	{"safeguarding/child-protection", "| Month | In 15 days |\n| --- | ---: |\n| September 2016 | 24 |\n| October 2016 | 41 |\n| November 2016 | 44 |\n| December 2016 | 34 |\n| January 2017 | 41 |", "| Month | In 15 days |\n| --- | ---: |\n| September 2016 | 24 |\n| October 2016 | 41 |\n| November 2016 | 44 |\n| December 2016 | 29 |\n| January 2017 | 41 |"},
	{"safeguarding/", "| Measure | December 2016 | January 2017 | Direction |\n| --- | ---: | ---: | --- |\n| Assessments in 45 working days | 74.4% | 67.7% | Better |", "| Measure | December 2016 | January 2017 | Direction |\n| --- | ---: | ---: | --- |\n| Assessments in 45 working days | 74.4% | 67.7% | Worse |"},
	{"safeguarding/", "| Measure | Q1 | Q2 | Q3 |\n| --- | ---: | ---: | ---: |\n| Contacts | 3,283 | 2,863 | 4,173 |", "| Measure | Q1 | Q2 | Q3 |\n| --- | ---: | ---: | ---: |\n| Contacts | 3,283 | 2,863 | 4,137 |"},
}

func TestWhatANumberIsOfIsCarriedNamedAndCompared(t *testing.T) { tellApart(t, namings) }

// twins are a statement that the figures contradict and one that they bear out.
type twins struct{ where, wrong, right string }

// tellApart fails unless 8 of 10 wrong ones at least are found, and 1 of 20 right
// ones at most is flagged.
func tellApart(t *testing.T, list []twins) {
	t.Helper()
	r := &statementReader{e: publishedEdition(t)}
	found, flagged := 0, 0
	for _, n := range list {
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
	t.Logf("%d of %d found, %d flagged", found, len(list), flagged)
	if found*10 < len(list)*8 || flagged*20 > len(list) {
		t.Errorf("%d of %d wrong ones are found and %d right ones flagged; wanted are 8 in 10 at least, and 1 in 20 at most", found, len(list), flagged)
	}
}

// What an author says of other things between the figures: audits, visits,
// staff, money, what is to come. No return has them, and no measure is meant.
var asides = []string{
	"Nine posts are vacant and four interviews took place in January.",
	"Recruitment to 12 posts has begun.",
	"Twenty-three foster carers attended the awards evening.",
	"The team visited 14 families over the holiday.",
	"A peer review looked at 36 case files; 28 were good.",
	"Training was given to 45 social workers.",
	"The panel met three times and heard 17 cases.",
	"£1.2m was saved against a budget of £34.6m.",
	"An audit of 25 files found that 80% were compliant.",
	"The waiting list has 64 names.",
	"Two of the six teams are fully staffed.",
	"Staff turnover was 12%.",
	"Ofsted inspected 7 of our 11 homes.",
	"Agency staff make up 18% of the workforce.",
	"The service has 140 foster carers, up from 133.",
	"Of these, 12 were sibling groups.",
	"A further 15 are expected in March.",
	"By the end of March we expect 60%.",
	"Around one in ten needed an interpreter.",
	"Nine in ten parents were satisfied.",
	"The new duty system, in its 14th week, covers 24 wards.",
	"It took 37 minutes on average to answer a call.",
	"This was discussed at 18 supervisions in December.",
	"In November 86 members of staff were briefed.",
	"Over Christmas the out of hours team took 212 calls.",
	"About 60% of the work comes from 5 wards.",
	"Each worker holds between 15 and 20 cases.",
	"Between them they made 96 visits in January.",
	"The team dip-sampled 20 of them, of which 17 were satisfactory.",
	"The remaining 30 will be reviewed by 31 March.",
	"This compares with 55 in a typical large authority.",
	"It had been 9 weeks in 2014.",
	"A backlog of 48 was cleared in the month.",
	"A third of the delay was caused by late paperwork.",
	"All 26 team managers have been trained.",
	"Some 40 of them live outside the borough.",
	"The cost was £64,000, or £133 each.",
	"We aim for 90% by June.",
	"The national review in 2015 put the proportion at 42%.",
	"Research suggests that 1 in 4 do.",
	"Half of the team is new.",
	"There are 6.5 full-time posts, of which 2.0 are filled.",
	"Police sent 40% of them.",
	"Around 20 were duplicates.",
	"Only 4 in 10 are boys.",
	"That is 3 for each working day.",
	"Two thirds of the assessments in the sample of 60 were rated good.",
	"The number of foster carers rose by 7 to 140.",
	"The 12 who left were all teenagers.",
	"It has 19 beds.",
	"The number on the waiting list fell from 64 to 58.",
	"Vacancies stand at 11% of the establishment.",
	"Three new managers began on 9 January and a fourth starts on 1 March.",
}

func TestAsidesAreHeldAgainstNoMeasure(t *testing.T) {
	r := &statementReader{e: publishedEdition(t)}
	flagged, all := 0, 0
	for _, lead := range []struct{ where, text string }{
		{"early-help/contacts", "Early Help received 403 contacts in January."},
		{"safeguarding/looked-after-children", "There were 482 looked after children at the end of January."},
		{"safeguarding/assessments", "Timeliness of assessments was 67.7% in January."},
		{"safeguarding/", "At the end of January 330 children were subject to a child protection plan, compared with 331 in December."},
		{"early-help/", "In South the number of open cases rose to 482."},
	} {
		scorecard, section, _ := strings.Cut(lead.where, "/")
		for _, aside := range asides {
			all++
			if problems := r.found(t, scorecard, section, lead.text+" "+aside); len(problems) > 0 {
				flagged++
				t.Logf("flagged: %s %s\n\t%s", lead.text, aside, told(problems))
			}
		}
	}
	if flagged*25 > all {
		t.Errorf("%d of %d asides are flagged, more than 1 in 25", flagged, all)
	}
}
