package nation

import (
	"strconv"
)

const returnHeader = "ref,period,area,value,numerator,denominator,mark,note,rating,rating_reason,reason\n"

// returned is a monthly return, from 0 for the oldest. Each must be made in its
// turn: it revises figures of those before.
func (s *scorecard) returned(i int) []byte {
	t := table{buf: []byte(returnHeader), areas: s.size.areas()}
	if i == 0 {
		t.buf = append(make([]byte, 0, 48*len(s.series)*s.size.Months*(s.size.Areas+1)), t.buf...)
	}
	month := s.size.returns()[i]
	byHand := s.chance.IntN(len(s.series))
	for n, one := range s.series {
		newest := -1
		for p, d := range one.periods {
			switch first := s.first(one, d); {
			case first == i:
				newest = p
				for a := range one.figures[p] {
					r := remark{}
					switch {
					case a == 0 && one.moving && d.end == month:
						r.mark = "p"
					case a == 0 && p == one.breaks && p > 0:
						r.mark, r.note = "b", "counted in another way from this month"
					case a == 0 && one.figures[p][0].mark == "e":
						r.note = "estimated from the weeks that were recorded"
					}
					if a == 0 && n == byHand && one.aim == meets && d.end == month {
						r.rating, r.why = "amber", "the figure waits for an audit"
					}
					t.row(one, p, a, r)
				}
			case first >= 0 && first == i-1 && one.moving && p+1 < len(one.periods) && s.first(one, one.periods[p+1]) != i-1:
				// The newest month of the return before is run again.
				t.revised(one, p, s.revise(one, p), "late_data")
			}
		}
		if newest >= 6 && i > 0 && one.moving && s.chance.IntN(6) == 0 {
			t.revised(one, newest-5, s.revise(one, newest-5), "correction")
		}
		if one.ytd == "reported" && newest >= 0 {
			t.toDate(one, newest)
		}
	}
	return t.buf
}

// remark is what a row says beside its figures.
type remark struct{ mark, note, rating, why, reason string }

// table is a return as it is written.
type table struct {
	buf   []byte
	areas []area
}

func (t *table) text(s string) { t.buf = append(append(t.buf, s...), ',') }

func (t *table) number(n int64) { t.buf = append(strconv.AppendInt(t.buf, n, 10), ',') }

// row writes one figure. Of two ratios one states its value as well as its
// counts, some with the sign; money is written as people write it.
func (t *table) row(one *series, p, a int, r remark) {
	f := &one.figures[p][a]
	t.text(one.ref)
	t.text(one.periods[p].period)
	if a > 0 {
		t.text(t.areas[a].id)
	} else {
		t.text("")
	}
	withheld := f.mark == "x" || f.mark == "c"
	switch {
	case withheld:
		t.text(",,")
	case one.form == graded:
		t.text(grades[f.num] + ",,")
	case one.form == tenths:
		t.buf = appendDecimal(t.buf, f.num, 1)
		t.text(",,")
	case one.unit == "money":
		t.money(f.num)
		t.text(",")
	case one.form == ratio:
		if one.section%2 == 0 {
			t.buf = appendDecimal(t.buf, rounded(f.num, f.den, one.per(), one.decimals), one.decimals)
			if one.unit == "percent" && one.section%4 == 0 {
				t.buf = append(t.buf, '%')
			}
		}
		t.text("")
		t.number(f.num)
		t.number(f.den)
	default:
		t.number(f.num)
		t.text(",")
	}
	if r.mark == "" || withheld {
		r.mark = f.mark
	}
	t.text(r.mark)
	t.text(r.note)
	t.text(r.rating)
	t.text(r.why)
	t.buf = append(append(t.buf, r.reason...), '\n')
}

// revised writes a figure that was revised, and the whole authority's.
func (t *table) revised(one *series, p, area int, reason string) {
	t.row(one, p, 0, remark{reason: reason})
	if area > 0 {
		t.row(one, p, area, remark{reason: reason})
	}
}

// toDate states the year to date of people who are counted once: fewer than the
// sum of the months.
func (t *table) toDate(one *series, p int) {
	months := one.periods[p].end.OfFinancialYear()
	sum := int64(0)
	for i := max(0, p-months+1); i <= p; i++ {
		sum += one.figures[i][0].num
	}
	t.text(one.ref)
	t.text(yearToDate())
	t.text("")
	t.number(sum * 7 / 10)
	t.buf = append(t.buf, ",,,,,,\n"...)
}

// money writes an amount with its sign and, from a thousand up, grouped.
func (t *table) money(n int64) {
	if n < 1000 {
		t.buf = append(strconv.AppendInt(append(t.buf, "£"...), n, 10), ',')
		return
	}
	t.buf = append(t.buf, "\"£"...)
	t.buf = appendGrouped(t.buf, n)
	t.buf = append(t.buf, "\","...)
}

func appendGrouped(buf []byte, n int64) []byte {
	if n < 1000 {
		return strconv.AppendInt(buf, n, 10)
	}
	buf = append(appendGrouped(buf, n/1000), ',')
	return append(buf, byte('0'+n/100%10), byte('0'+n/10%10), byte('0'+n%10))
}

// rounded is a ratio at its published decimals, as an integer: half away from
// zero, exactly.
func rounded(num, den, per int64, decimals int) int64 {
	for range decimals {
		per *= 10
	}
	return (2*num*per + den) / (2 * den)
}

// appendDecimal writes an integer that counts units of the last decimal.
func appendDecimal(buf []byte, n int64, decimals int) []byte {
	if decimals == 0 {
		return strconv.AppendInt(buf, n, 10)
	}
	unit := int64(1)
	for range decimals {
		unit *= 10
	}
	buf = append(strconv.AppendInt(buf, n/unit, 10), '.')
	for unit /= 10; unit > 0; unit /= 10 {
		buf = append(buf, byte('0'+n/unit%10))
	}
	return buf
}
