package proof

import "testing"

// Each list was read blind once, by what the lists before it had led to: of the
// right ones of the first 10 of 61 were flagged, of the second 2 of 60, of the
// third 4 of 59, of the fourth 7 of 50. All have been used since, and hold what
// stands; the floors are a little under it.
func TestComparisonToldWronglyIsFoundAndItsTwinLeftAlone(t *testing.T) {
	tellTwinsApart(t, "comparison.md", 88, 2)
}

// What those lists led to, one by one: each right sentence was flagged, for the
// reason named, and its twin is wrong.
var comparings = []pleading{
	{"a name in brackets is of the figure after it", "safeguarding/child-protection", "Conferences on time are 97.6% (neighbours 85.7%, England 74.7%).", "Conferences on time are 97.6% (neighbours 74.7%, England 85.7%)."},
	{"a name in brackets, another measure", "safeguarding/assessments", "Timeliness of assessments was 67.7% (England 81.5%, neighbours 79.8%).", "Timeliness of assessments was 67.7% (England 79.8%, neighbours 81.5%)."},
	{"a name in brackets, the figure before them", "safeguarding/assessments", "Timeliness of assessments was 67.7% (England 81.5%).", "Timeliness of assessments was 76.7% (England: in all 81.5%)."},
	{"an area in brackets is of the figure after it", "early-help/childrens-centres", "Registration is 93% (North 98%, South 95%, Central 87%).", "Registration is 93% (North 98%, South 87%, Central 95%)."},
	{"an area before a comma is of the figure before it", "early-help/early-help-assessments", "In January 20.0% in North (8 of 40), 8.0% in South and 32.3% in Central were on time.", "In January 20.0% in North (8 of 50), 8.0% in South and 32.3% in Central were on time."},
	{"a figure with a name", "safeguarding/assessments", "Timeliness of assessments was 67.7%, behind 81.5% in England and 79.8% with neighbours.", "Timeliness of assessments was 67.7%, behind 79.8% in England and 81.5% with neighbours."},
	{"a short name of a comparator", "safeguarding/referrals", "The rolling re-referral rate is 28.1% (SN 23.6%, England 24.0%).", "The rolling re-referral rate is 28.1% (SN 24.6%, England 24.0%)."},
	{"a movement without by", "safeguarding/looked-after-children", "Looked after children increased 11.6% on the outturn.", "Looked after children increased 16.1% on the outturn."},
	{"a movement without by, from a month of the year before", "safeguarding/looked-after-children", "Looked after children increased 12.1% on January 2016, from 430 to 482.", "Looked after children increased 21.1% on January 2016, from 430 to 482."},
	{"a movement of an earlier month", "safeguarding/contacts", "Contacts fell by 12.4% in December.", "Contacts fell by 14.2% in December."},
	{"a movement of an earlier month, in number", "safeguarding/contacts", "Contacts fell by 182 in December.", "Contacts fell by 281 in December."},
	{"a relative change in brackets", "safeguarding/children-in-need", "The number of CIN including CPP is 2,015, down from 2,140 (5.8%) and from a November high of 2,272.", "The number of CIN including CPP is 2,015, down from 2,140 (8.5%) and from a November high of 2,272."},
	{"what it went from in the month", "safeguarding/assessments", "Measured in January, assessments in 45 working days went from 74.4% to 67.7% overall.", "Measured in January, assessments in 45 working days went from 77.4% to 67.7% overall."},
	{"what it went from in an earlier month", "safeguarding/assessments", "In December timeliness of assessments fell from 77.9% to 74.4%.", "In December timeliness of assessments fell from 82.5% to 74.4%."},
	{"what it came from in an earlier month", "safeguarding/contacts", "In December decisions in one working day recovered to 80.2% from 55.8%.", "In December decisions in one working day recovered to 80.2% from 58.5%."},
	{"what it went from in a quarter", "early-help/childrens-centres", "In quarter 3 engagement went from 36% to 43%.", "In quarter 3 engagement went from 26% to 43%."},
	{"what it went from in a year", "safeguarding/placements", "In 2015/16 stability went from 71.9% to 72.7%.", "In 2015/16 stability went from 71.6% to 72.7%."},
	{"a range given a colour", "safeguarding/assessments", "Timeliness from 83% to 86% counts as amber.", "Timeliness from 80% to 86% counts as amber."},
	{"a range given a colour, without from", "safeguarding/assessments", "For timeliness of assessments 83% to 85.9% is amber.", "For timeliness of assessments 83% to 88% is amber."},
	{"all above a figure given a colour", "safeguarding/assessments", "Timeliness of assessments above 90% is green.", "Timeliness of assessments at 67.7% is green."},
	{"plus or minus", "safeguarding/looked-after-children", "The target rate of looked after children is 73.5 plus or minus 2.", "The target rate of looked after children is 73.5 plus or minus 5."},
	{"plus or minus, of two bands", "safeguarding/children-in-need", "The target for CIN per 10,000 is 346.4 plus or minus 5, with an amber band of plus or minus 15.", "The target for CIN per 10,000 is 346.4 plus or minus 5, with an amber band of plus or minus 12."},
	{"a profile", "early-help/families-for-change", "By January 680 families had been engaged, behind the profile of 735.", "By January 680 families had been engaged, behind the profile of 753."},
	{"longer than the target", "safeguarding/adoptions", "A2 took 208.4 days, longer than the target of 121.", "A1 took 374.7 days, longer than the target of 487."},
	{"days above the target", "safeguarding/adoptions", "A2 is 87.4 days above its target of 121.", "A2 is 74.8 days above its target of 121."},
	{"a quarter by its number alone", "safeguarding/contacts", "Contacts in the third quarter (4,137) were well up on the second (2,863).", "Contacts in the third quarter (4,137) were well up on the second (2,683)."},
	{"the rolling year to a month", "safeguarding/child-protection", "ICPCs per 10,000 fell from 105.9 (2015/16) to 78.0 (rolling year to January).", "ICPCs per 10,000 fell from 105.9 (2015/16) to 87.0 (rolling year to January)."},
	{"the ends of a range, each with its name", "safeguarding/caseloads", "Caseloads run from 2.8 in the exploitation team to 17.9 in CIN South.", "Caseloads run from 2.8 in the exploitation team to 19.7 in CIN South."},
	{"one measure against another", "safeguarding/assessments", "662 assessments were completed against 508 started; in December it was 609 against 455.", "662 assessments were completed against 580 started; in December it was 609 against 455."},
	{"a range after its colour", "safeguarding/contacts", "Timeliness of decisions is amber between 92% and 95%; at 79.8% it is red.", "Timeliness of decisions is amber between 92% and 98%; at 79.8% it is red."},
	{"what a colour begins at", "early-help/triage", "In January 94.5% were triaged on time (amber; green is 100%).", "In January 94.5% were triaged on time (green)."},
	{"a movement between quarters", "safeguarding/contacts", "In quarter 3 there were 4,137 contacts, 44.5% more than in quarter 2.", "In quarter 3 there were 4,137 contacts, 54.4% more than in quarter 2."},
	{"movements of two months", "safeguarding/children-in-need", "Open CIN cases fell by 124 in January (1,809 to 1,685), after a fall of 137 in December.", "Open CIN cases fell by 124 in January (1,809 to 1,685), after a fall of 173 in December."},
	{"movements from two months", "early-help/contacts", "Contacts were up 50.9% on December and 45.0% on November.", "Contacts were up 50.9% on December and 54.0% on November."},
	{"a target and a figure of another time", "safeguarding/child-protection", "8.8% had a second plan within two years, against a target of less than 4% and 4.7% at year end.", "8.8% had a second plan within two years, against a target of less than 5% and 4.7% at year end."},
	{"against its target, in brackets", "early-help/childrens-centres", "Registration is two points short of target (93% against 95%).", "Registration is three points short of target (93% against 95%)."},
	{"brackets like those before", "early-help/initial-contacts", "Timeliness by locality: North 36.4% (36.8% in December), South 37.0% (7.0%), Central 32.3% (29.7%).", "Timeliness by locality: North 36.4% (36.8% in December), South 37.0% (7.0%), Central 32.3% (27.9%)."},
	{"within two figures", "safeguarding/child-protection", "Plan numbers have been within 305 and 332 since May.", "Plan numbers have been at 305 and 332 since May."},
	{"fewer than in any", "safeguarding/looked-after-children", "Fewer children left care in January (12) than in any month since July (9).", "More children left care in January (12) than were admitted (21)."},
	{"two previous months", "early-help/initial-contacts", "Of 90 families 28 (31.1%) were seen within three days, compared with 28 of 118 and 23 of 91 in the two previous months.", "Of 90 families 28 (31.1%) were seen within three days, compared with 28 of 118 and 23 of 90 in the two previous months."},
	{"a year ago, of three months", "early-help/neets", "Our EET figure of 70.1% for looked after young people compares with 74.7% a year ago.", "Our EET figure of 70.1% for looked after young people compares with 77.4% a year ago."},
	{"a count with another month's share", "early-help/early-help-assessments", "22 of 121 were on time (30.2% in December).", "22 of 121 were on time (28.2%)."},
}

func TestComparisonThatWasBlamedIsNotAndItsTwinIs(t *testing.T) {
	plead(t, publishedEdition(t), comparings)
}

// What was let pass, for a reason that it had by chance.
func TestComparisonThatWasLetPassIsBlamedAndItsTwinIsNot(t *testing.T) {
	plead(t, publishedEdition(t), []pleading{
		{"two pairs changed over: a part and its whole leave each other", "safeguarding/placements", "Placements were stable for 96 of 145 children in January and 98 of 145 in December.", "Placements were stable for 98 of 145 children in January and 96 of 145 in December."},
		{"a target that is a comparator named nearby", "safeguarding/placements", "Stability was 66.2% (target 70%; England 68.0%; statistical neighbours 68.2%).", "Stability was 66.2% (target 68%; England 68.0%; statistical neighbours 68.2%)."},
		{"a tolerance without of", "safeguarding/plans", "Plans for children in need were up to date for 87.5% (tolerance 85%, target 90%).", "Plans for children in need were up to date for 87.5% (tolerance 83%, target 90%)."},
		{"a share in brackets after its period", "safeguarding/adoptions", "33.3% of adoptions in January were within 12 months (3 of 9), and 41.4% in the year to date (12 of 29).", "33.3% of adoptions in January were within 12 months (3 of 9), and 41.4% in the year to date (12 of 26)."},
		{"longer than a comparator", "safeguarding/adoptions", "The A1 score of 374.7 days is shorter than the statistical neighbour average of 546.5.", "The A1 score of 374.7 days is longer than the statistical neighbour average of 546.5."},
	})
}
