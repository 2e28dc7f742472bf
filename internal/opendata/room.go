package opendata

import (
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// Room is what the downloads of one measure after the other are written in. A
// figure is read once and written to both of them, so that what the CSV has read
// the JSON finds there. A room serves one caller at a time.
type Room struct {
	of      Series
	rows    []byte // of the CSV
	figures []byte // of the JSON, each with the comma that parts it from the one before
}

// read writes the figures of the measure and its parts, area by area, in a fixed
// order.
func (r *Room) read(s Series) {
	if r.of == s {
		return
	}
	r.of, r.rows, r.figures = s, r.rows[:0], r.figures[:0]
	d := drafts.Get().(*draft)
	defer drafts.Put(d)
	for _, ind := range s.measures() {
		for _, area := range append([]string{s.View.Whole()}, s.View.Areas(ind.Ref)...) {
			r.run(d, ind, area)
		}
	}
}

// run writes the figures of a measure, or of a part, in one area. They are nearly
// all that there is to write: what a row begins with is put together once, and so
// is what nearly every row ends with, that there is nothing to remark.
func (r *Room) run(d *draft, ind *dataset.Indicator, area string) {
	s := r.of
	head := make([]byte, 0, 256)
	for _, text := range []string{s.Scorecard, ind.Ref, ind.Name, area, s.View.AreaName(area)} {
		head = append(appendCell(head, safe(text)), ',')
	}
	entry := appendText([]byte(","+margin[:1+2*2]+`{"ref":`), ind.Ref)
	entry = append(appendText(append(entry, `,"area":`...), area), `,"period":"`...)
	unit := "," + ind.Unit.String() + ","
	var end, jsonEnd string // of a figure of which there is nothing to remark,
	var ends period.Month   // returned for this month
	csv, json := r.rows, r.figures
	for f := range s.View.Figures(ind.Ref, area) {
		at := d.spell(f.Period)
		csv = append(append(csv, head...), at.days...)
		value := len(csv)
		csv = append(appendPublished(csv, ind, f.Value), unit...)
		numerator := len(csv)
		csv = append(appendNumber(csv, f.Numerator), ',')
		denominator := len(csv)
		csv = append(appendNumber(csv, f.Denominator), ',')
		remarks := len(csv)

		json = append(append(append(json, entry...), at.period...), `","value":`...)
		if ind.Unit == quantity.Grade { // its word is no cell
			json = appendPublishedOrNull(json, ind, f.Value)
		} else {
			json = appendCellOrNull(json, csv[value:numerator-len(unit)])
		}
		json = appendCellOrNull(append(json, `,"numerator":`...), csv[numerator:denominator-1])
		json = appendCellOrNull(append(json, `,"denominator":`...), csv[denominator:remarks-1])

		if f.Marks == "" && !f.Revised && f.Note == "" {
			if month := f.Vintage.Month; end == "" || ends != month {
				ends, end = month, ",,"+d.month(month)+","+crlf
				jsonEnd = `,"mark":null,"revised_from":null,"returned":"` + d.month(month) + `","note":null}`
			}
			csv, json = append(csv, end...), append(json, jsonEnd...)
			continue
		}
		var earlier dataset.Number
		if f.Revised {
			earlier = f.Earlier
		}
		symbols := Symbols(*f)
		if len(symbols) > 0 {
			csv = appendCell(csv, "["+strings.Join(symbols, "][")+"]")
		}
		csv = append(appendPublished(append(csv, ','), ind, earlier), ',')
		csv = append(append(csv, d.month(f.Vintage.Month)...), ',')
		csv = append(appendCell(csv, safe(f.Note)), crlf...)
		json = appendTextOrNull(append(json, `,"mark":`...), strings.Join(symbols, " "))
		json = appendPublishedOrNull(append(json, `,"revised_from":`...), ind, earlier)
		json = append(append(json, `,"returned":"`...), d.month(f.Vintage.Month)...)
		json = append(appendTextOrNull(append(json, `","note":`...), f.Note), '}')
	}
	r.rows, r.figures = csv, json
}

// appendPublished adds a figure as published to a CSV; a grade is its word.
func appendPublished(csv []byte, ind *dataset.Indicator, n dataset.Number) []byte {
	if n.Has && ind.Unit == quantity.Grade {
		return appendCell(csv, safe(ind.Format(n.Decimal)))
	}
	n.Decimal = ind.Publish(n.Decimal)
	return appendNumber(csv, n)
}

// appendNumber adds a number with its decimals as they are; nothing where it is
// not there.
func appendNumber(csv []byte, n dataset.Number) []byte {
	if n.Has {
		csv = n.Decimal.AppendString(csv)
	}
	return csv
}

// appendCellOrNull adds to a JSON the number that a cell of the CSV holds.
func appendCellOrNull(json, cell []byte) []byte {
	if len(cell) == 0 {
		return append(json, null...)
	}
	return append(json, cell...)
}
