package nation

import "outturn/internal/period"

// due is one period of a series, as the returns write it.
type due struct {
	period string
	end    period.Month
}

// calendar lists, by frequency, the periods that end in the months of the
// history, the oldest first. All series of the nation share it.
type calendar map[string][]due

func newCalendar(months int) *calendar {
	first := last.Add(1 - months)
	c := calendar{}
	add := func(frequency string, p period.Period) {
		if p.Last() >= first && p.Last() <= last {
			c[frequency] = append(c[frequency], due{p.String(), p.Last()})
		}
	}
	for m := first; m <= last; m = m.Add(1) {
		add("monthly", period.OfMonth(m))
		if m.Number()%3 == 0 {
			add("quarterly", period.OfQuarter(m))
		}
		if m.Number() == 3 {
			add("annual", period.OfFinancialYear(m.FinancialYear()))
		}
	}
	for year := first.AcademicYear(); year <= last.AcademicYear(); year++ {
		for term := 1; term <= 3; term++ {
			add("termly", period.NewTerm(year, term))
		}
	}
	return &c
}

// years are the financial years of the newest returns that have targets: the
// current one and the two before it, in which the annual measures still stand.
func years() []string {
	var list []string
	for y := last.FinancialYear() - 2; y <= last.FinancialYear(); y++ {
		list = append(list, period.OfFinancialYear(y).String())
	}
	return list
}
