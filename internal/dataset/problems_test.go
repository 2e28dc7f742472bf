package dataset

import (
	"strings"
	"testing"

	"outturn/internal/diag"
)

// Each row is one slip, and the whole of what the officer reads.
var slips = []struct {
	name  string
	files files
	want  string
}{
	{"a letter in a number", files{"2017-01.csv": "ref,period,area,value\n1.1,,,7\n1.2,,,9O.5\n"}, `
data/housing/2017-01.csv:3:8: error: value "9O.5" is not a number (indicator 1.2, January 2017) [bad-number]
    1.2,,,9O.5
           ^
  mend: write 90.5, or leave it blank with a mark such as x
`},
	{"a decimal comma", files{"2017-01.csv": "ref,period,area,value\n1.2,2016-12,,\"94,5\"\n"}, `
data/housing/2017-01.csv:2:17: error: value "94,5" is not a number (indicator 1.2, December 2016) [bad-number]
    1.2,2016-12,,"94,5"
                    ^
  mend: write the decimal point as a full stop: 94.5
`},
	{"a percentage of a count", files{"2017-01.csv": "ref,value\n1.1,12%\n"}, `
data/housing/2017-01.csv:2:7: error: value "12%" is a percentage, but the unit is count (indicator 1.1, January 2017) [bad-number]
    1.1,12%
          ^
  mend: take the % away, or put the unit right in indicators.csv
`},
	{"a number for a grade", files{"2017-01.csv": "ref,value\n2.1,3\n"}, `
data/housing/2017-01.csv:2:5: error: value "3" is not a grade (indicator 2.1, January 2017) [bad-number]
    2.1,3
        ^
  mend: write one of inadequate, requires improvement, good, outstanding
`},
	{"a slip in a grade", files{"2017-01.csv": "ref,value\n2.1,goood\n"}, `
data/housing/2017-01.csv:2:5: error: value "goood" is not a grade (indicator 2.1, January 2017) [bad-number]
    2.1,goood
        ^
  mend: did you mean good?
`},
	{"neither value nor mark", files{"2017-01.csv": "ref,value,mark\n1.1,,p\n"}, `
data/housing/2017-01.csv:2:5: error: the row has neither a value nor a mark (indicator 1.1, January 2017) [bad-number]
    1.1,,p
        ^
  mend: write the value, or a mark such as x (not available)
`},
	{"a number over nothing", files{"2017-01.csv": "ref,numerator,denominator\n1.2,3,0\n"}, `
data/housing/2017-01.csv:2:7: error: 3 over 0 gives no value (indicator 1.2, January 2017) [bad-number]
    1.2,3,0
          ^
  mend: put the denominator right, or write the value or a mark such as x
`},
	{"a number over nothing beside a value", files{"2017-01.csv": "ref,value,numerator,denominator\n1.2,50,5,0\n"}, `
data/housing/2017-01.csv:2:10: error: 5 over 0 gives no value, and 50 is stated (indicator 1.2, January 2017) [bad-number]
    1.2,50,5,0
             ^
  mend: put the denominator right, or leave numerator and denominator empty and let the value stand alone
`},
	{"an empty return", files{"2017-01.csv": ""}, `
data/housing/2017-01.csv: error: the file is empty: it needs a header with the columns ref [missing-header]
  mend: write as its first line: ref,period,area,value
`},
	{"an interval's slip keeps its sign", files{"targets.csv": "ref,period,target,amber\n1.2,2016-17,95,>9O\n"}, `
data/housing/targets.csv:2:18: error: amber ">9O" is not an interval [bad-interval]
    1.2,2016-17,95,>9O
                     ^
  mend: write >90
`},
	{"a mark in brackets", files{"2017-01.csv": "ref,value,mark\n1.1,7,p [r]\n"}, `
data/housing/2017-01.csv:2:9: error: mark "[r]" is not known [bad-mark]
    1.1,7,p [r]
            ^
  mend: write r, without brackets; several marks have a space between them
`},
	{"a value beside x", files{"2017-01.csv": "ref,value,mark\n1.1,7,x\n"}, `
data/housing/2017-01.csv:2:7: error: mark "x" stands without a value, and here is one (indicator 1.1, January 2017) [bad-mark]
    1.1,7,x
          ^
  mend: take the mark or the value away
`},
	{"an unknown ref", files{"2017-01.csv": "ref,value\n1.l,7\n"}, `
data/housing/2017-01.csv:2:1: error: ref "1.l" is not in data/housing/indicators.csv [unknown-ref]
    1.l,7
    ^
  mend: did you mean 1.1?
`},
	{"an unknown area", files{"2017-01.csv": "ref,area,value\n1.1,nrth,7\n"}, `
data/housing/2017-01.csv:2:5: error: area "nrth" is not one of this site's [unknown-area]
    1.1,nrth,7
        ^
  mend: did you mean north?
`},
	{"a period to come", files{"2017-01.csv": "ref,period,value\n1.1,2017-02,7\n"}, `
data/housing/2017-01.csv:2:5: error: February 2017 begins after January 2017, the month of this return [bad-period]
    1.1,2017-02,7
        ^
  mend: a return holds what is known by its month; put the period right
`},
	{"a year with a slash", files{"2017-01.csv": "ref,period,value\n1.1,2016/17,7\n"}, `
data/housing/2017-01.csv:2:9: error: period "2016/17" is not a period [bad-period]
    1.1,2016/17,7
            ^
  mend: write 2016-17
`},
	{"a row twice", files{"2017-01.csv": "ref,period,area,value\n1.1,,north,7\n1.2,,,8\n1.1,2017-01,north,9\n"}, `
data/housing/2017-01.csv:4:1: error: indicator 1.1, January 2017, North already stands on line 2 [duplicate-row]
    1.1,2017-01,north,9
    ^
  mend: keep one of the two rows; a correction belongs in a second issue or a later return
`},
	{"rows too short and too long", files{"2017-01.csv": "ref,value,mark\n1.1,7\n1.2,7,,8\n"}, `
data/housing/2017-01.csv:2:5: error: the row has 2 cells, the header has 3 [ragged-row]
    1.1,7
        ^
  mend: give every row a cell for each column, empty ones too
data/housing/2017-01.csv:3:8: error: the row has 4 cells, the header has 3 [ragged-row]
    1.2,7,,8
           ^
  mend: put quotes around a cell that holds a comma, or take out the cell beyond the header
`},
	{"a comma without its quotes", files{"2017-01.csv": "ref,period,area,value,numerator,denominator,mark,note\n1.1,,,1,064,,,\n1.1,2016-17-YTD,,2,215,,,,\n1.1,2016-12,,1,064,,p,,\n" +
		"1.1,2016-11,,12,12,,,\n1.2,,,95,6,,,,\n1.2,2016-11,,50,120,,,\n1.2,2016-12,,50,100,200,,,\n2.2,2016-12,,£435,922,100,,,\n"}, `
data/housing/2017-01.csv:2:9: error: value 1 and numerator 064 are 1,064 without its quotes (indicator 1.1, January 2017) [bad-number]
    1.1,,,1,064,,,
            ^
  mend: put quotes around a figure that holds a comma: "1,064"; else write numerator and denominator both, or neither
data/housing/2017-01.csv:3:20: error: the row has 9 cells, the header has 8, and value 2 and numerator 215 are 2,215 without its quotes (indicator 1.1, April 2016 to January 2017 (year to date)) [ragged-row]
    1.1,2016-17-YTD,,2,215,,,,
                       ^
  mend: put quotes around a cell that holds a comma, such as "1,064"; else mend this cell, and take out the one beyond the header
data/housing/2017-01.csv:4:16: error: the row has 9 cells, the header has 8, and value 1 and numerator 064 are 1,064 without its quotes (indicator 1.1, December 2016) [ragged-row]
    1.1,2016-12,,1,064,,p,,
                   ^
  mend: put quotes around a cell that holds a comma, such as "1,064"; else mend this cell, and take out the one beyond the header
data/housing/2017-01.csv:6:10: error: the row has 9 cells, the header has 8, and value 95 and numerator 6 are 95,6 without its quotes (indicator 1.2, January 2017) [ragged-row]
    1.2,,,95,6,,,,
             ^
  mend: put quotes around a cell that holds a comma, such as "1,064"; else mend this cell, and take out the one beyond the header
data/housing/2017-01.csv:8:27: warning: the row has 9 cells, the header has 8; those beyond it are empty [ragged-row]
    1.2,2016-12,,50,100,200,,,
                              ^
  mend: put quotes around a cell that holds a comma, such as "1,064"; else take out the empty cells of this row and of those like it
data/housing/2017-01.csv:9:19: error: the row has 9 cells, the header has 8, and value £435 and numerator 922 are £435,922 without its quotes (indicator 2.2, December 2016) [ragged-row]
    2.2,2016-12,,£435,922,100,,,
                      ^
  mend: put quotes around a cell that holds a comma, such as "1,064"; else mend this cell, and take out the one beyond the header
`},
	{"counts beside what they are of, and a comma too many in every row", files{"2017-01.csv": "ref,period,area,value,numerator,denominator,note\n" +
		"1.1,,,187,,250,\n1.1,2016-12,,187,187,,,\n1.1,2016-11,,187,187,250,,\n1.1,2016-10,,187,,,203,\n1.2,,,31.5,40,,,\n1.1,2016-09,,12,250,,\n"}, `
data/housing/2017-01.csv:3:24: warning: the row has 8 cells, the header has 7; those beyond it are empty [ragged-row]
    1.1,2016-12,,187,187,,,
                           ^
  mend: put quotes around a cell that holds a comma, such as "1,064"; else take out the empty cells of this row and of those like it
data/housing/2017-01.csv:7:17: warning: value 12 and numerator 250 may be 12,250 without its quotes (indicator 1.1, September 2016) [bad-number]
    1.1,2016-09,,12,250,,
                    ^
  mend: put quotes around a figure that holds a comma: "12,250"; else write numerator and denominator both, or neither
`},
	{"a comma without its quotes before a note", files{"2017-01.csv": "ref,value,note\n1.1,1,264,\n1.2,7,2 of 30,\n1.1,7O,,\n"}, `
data/housing/2017-01.csv:2:7: error: the row has 4 cells, the header has 3, and value 1 and note 264 are 1,264 without its quotes (indicator 1.1, January 2017) [ragged-row]
    1.1,1,264,
          ^
  mend: put quotes around a cell that holds a comma, such as "1,064"; else mend this cell, and take out the one beyond the header
data/housing/2017-01.csv:3:15: warning: the row has 4 cells, the header has 3; those beyond it are empty [ragged-row]
    1.2,7,2 of 30,
                  ^
  mend: put quotes around a cell that holds a comma, such as "1,064"; else take out the empty cells of this row and of those like it
data/housing/2017-01.csv:4:6: error: the row has 4 cells, the header has 3, and value "7O" is not a number (indicator 1.1, January 2017) [ragged-row]
    1.1,7O,,
         ^
  mend: put quotes around a cell that holds a comma, such as "1,064"; else mend this cell, and take out the one beyond the header
`},
	{"a comma without its quotes in a register", files{"indicators.csv": "ref,section,name,good,unit,lag\n1.1,repairs,Repairs, with visits,low,count,\n1.2,repairs,Lettings,low,count,,\n"}, `
data/housing/indicators.csv:2:22: error: the row has 7 cells, the header has 6, and good "with visits" is not known [ragged-row]
    1.1,repairs,Repairs, with visits,low,count,
                         ^
  mend: put quotes around a cell that holds a comma, such as "1,064"; else mend this cell, and take out the one beyond the header
data/housing/indicators.csv:3:33: warning: the row has 7 cells, the header has 6; those beyond it are empty [ragged-row]
    1.2,repairs,Lettings,low,count,,
                                    ^
  mend: put quotes around a cell that holds a comma, such as "1,064"; else take out the empty cells of this row and of those like it
`},
	{"a column without a name", files{"2017-01.csv": "ref,value,,\n1.1,7,,\n1.2,8,,9\n2.2,8,,9\n"}, `
data/housing/2017-01.csv:1:12: error: column 4 has no name, and holds "9" on line 3 [unknown-header]
    ref,value,,
               ^
  mend: name it in the header, or empty it
`},
	{"one thing twice in a register", files{"targets.csv": "ref,period,area,target,from,note\n1.2,2016-17,,95,,\n1.2,2016-17,north,90,,\n1.2,2016-17,,97,2017-01,\n1.2,2016-17,,98,,raised\n1.2,FY2016-17,north,90.0,,agreed\n",
		"benchmarks.csv":       "ref,comparator,period,value\n1.2,england,2015-16,81\n1.2,neighbours,2015-16,80\n1.2,england,2015-16,82\n",
		"data/populations.csv": "population,area,period,value\n0-17,,2015-16,5\n0-17,north,2015-16,2\n0-17,,2015-16,6\n"}, `
data/housing/benchmarks.csv:4:1: error: benchmark england of indicator 1.2 for 2015/16 (April 2015 to March 2016) already stands on line 2 [duplicate-row]
    1.2,england,2015-16,82
    ^
  mend: keep one of the two rows, or give the newer one the month from which it counts, under from
data/housing/targets.csv:5:1: error: the target of indicator 1.2 for 2016/17 (April 2016 to March 2017) already stands on line 2 [duplicate-row]
    1.2,2016-17,,98,,raised
    ^
  mend: keep one of the two rows, or give the newer one the month from which it counts, under from
data/housing/targets.csv:6:1: warning: the target of indicator 1.2 for 2016/17 (April 2016 to March 2017) already stands on line 3 [duplicate-row]
    1.2,FY2016-17,north,90.0,,agreed
    ^
  mend: keep one of the two rows, or give the newer one the month from which it counts, under from
data/populations.csv:4:1: error: population 0-17 for 2015/16 (April 2015 to March 2016) already stands on line 2 [duplicate-row]
    0-17,,2015-16,6
    ^
  mend: keep one of the two rows, or give the newer one the month from which it counts, under from
`},
	{"a date for a month", files{"2017-02.csv": "ref,period,value\n1.1,01/02/2017,7\n1.1,20/02/2017,7\n", "targets.csv": "ref,period,target,from\n1.2,2016-17,95,01/02/2017\n"}, `
data/housing/2017-02.csv:2:7: error: period "01/02/2017" is not a period [bad-period]
    1.1,01/02/2017,7
          ^
  mend: write 2017-02 for the month, or 2017-02-01 for the day
data/housing/2017-02.csv:3:7: error: period "20/02/2017" is not a period [bad-period]
    1.1,20/02/2017,7
          ^
  mend: write 2017-02-20
data/housing/targets.csv:2:18: error: from "01/02/2017" is not a month [bad-period]
    1.2,2016-17,95,01/02/2017
                     ^
  mend: write 2017-02
`},
	{"a comma in a count", files{"2017-01.csv": "ref,value\n1.1,\"1,87\"\n1.1,\"18,7\"\n1.1,\"1,8.7\"\n"}, `
data/housing/2017-01.csv:2:7: error: value "1,87" is not a number (indicator 1.1, January 2017) [bad-number]
    1.1,"1,87"
          ^
  mend: a count is a whole number, and its commas part groups of three figures: write 187 if that is meant
data/housing/2017-01.csv:3:8: error: value "18,7" is not a number (indicator 1.1, January 2017) [bad-number]
    1.1,"18,7"
           ^
  mend: a count is a whole number, and its commas part groups of three figures: write 187 if that is meant
data/housing/2017-01.csv:4:7: error: value "1,8.7" is not a number (indicator 1.1, January 2017) [bad-number]
    1.1,"1,8.7"
          ^
  mend: write it without the comma if it is 18.7; commas part groups of three figures
`},
	{"a mark in the place of a value", files{"2017-01.csv": "ref,value,mark\n1.1,x,\n1.2,C,\n"}, `
data/housing/2017-01.csv:2:5: error: value "x" is not a number (indicator 1.1, January 2017) [bad-number]
    1.1,x,
        ^
  mend: leave it blank, and write x as its mark
data/housing/2017-01.csv:3:5: error: value "C" is not a number (indicator 1.2, January 2017) [bad-number]
    1.2,C,
        ^
  mend: leave it blank, and write c as its mark
`},
	{"half a fraction", files{"2017-01.csv": "ref,value,numerator,denominator\n1.2,,7,\n1.1,,,7\n"}, `
data/housing/2017-01.csv:2:8: error: the row has a numerator, and neither a denominator nor a value (indicator 1.2, January 2017) [bad-number]
    1.2,,7,
           ^
  mend: write the denominator, or the value
data/housing/2017-01.csv:3:6: error: the row has a denominator, and neither a numerator nor a value (indicator 1.1, January 2017) [bad-number]
    1.1,,,7
         ^
  mend: write the numerator, or the value
`},
	{"a separator for Excel", files{"2017-01.csv": "sep=,\nref,value\n1.1,7\n"}, `
data/housing/2017-01.csv:1:1: error: the first line is for Excel alone, and no header [missing-header]
    sep=,
    ^
  mend: take the line out: the file begins with its header
`},
	{"a title above the header", files{"2017-01.csv": "Housing, January 2017,\n\n\"ref\", Value,note\n1.1,7,\n"}, `
data/housing/2017-01.csv:1:1: error: the header stands on line 3, and what stands above it is no part of the file [missing-header]
    Housing, January 2017,
    ^
  mend: take out what stands above line 3
`},
	{"no header", files{"2017-01.csv": "1.1,,,7,,\n1.2,,,50,22,44\n"}, `
data/housing/2017-01.csv:1:1: error: the file has no header: none of the names of its columns stands in its first line [missing-header]
    1.1,,,7,,
    ^
  mend: write it above that line: ref,period,area,value; or, where the line is meant for it, put the names right
`},
	{"a header twice", files{"2017-01.csv": "ref,value,value,value\n1.1,,7,\n1.2,,50,\n"}, `
data/housing/2017-01.csv:1:11: error: column "value" stands twice [unknown-header]
    ref,value,value,value
              ^
  mend: take one of them out: which of the two counts cannot be known
data/housing/2017-01.csv:1:17: error: column "value" stands twice [unknown-header]
    ref,value,value,value
                    ^
  mend: take one of them out: which of the two counts cannot be known
`},
	{"refs that a spreadsheet changed", files{"2017-01.csv": "ref,value\n02-Jan,good\n2.l,good\n03-Jan,7\nJan-01,7\n"}, `
data/housing/2017-01.csv:2:1: error: ref "02-Jan" is not in data/housing/indicators.csv [unknown-ref]
    02-Jan,good
    ^
  mend: a spreadsheet made a date of it: write 2.1, and give the column the format Text there
data/housing/2017-01.csv:3:1: error: ref "2.l" is not in data/housing/indicators.csv [unknown-ref]
    2.l,good
    ^
  mend: did you mean 2.1?
data/housing/2017-01.csv:4:1: error: ref "03-Jan" is not in data/housing/indicators.csv [unknown-ref]
    03-Jan,7
    ^
  mend: add it there, or put the ref right here
data/housing/2017-01.csv:5:1: error: ref "Jan-01" is not in data/housing/indicators.csv [unknown-ref]
    Jan-01,7
    ^
  mend: add it there, or put the ref right here
`},
	{"two byte order marks", files{"2017-01.csv": "\ufeff\ufeffref,value\n1.1,7O\n"}, `
data/housing/2017-01.csv:2:6: error: value "7O" is not a number (indicator 1.1, January 2017) [bad-number]
    1.1,7O
         ^
  mend: write 70, or leave it blank with a mark such as x
`},
	{"quotes astray", files{"2017-01.csv": "ref,value,note\n1.1,7,the \"new\" form\n1.2,8,\"left open\n"}, `
data/housing/2017-01.csv:2:11: error: a quote stands inside a cell that does not begin with one [ragged-row]
    1.1,7,the "new" form
              ^
  mend: put quotes around the whole cell and double those within: "the ""new"" form"
data/housing/2017-01.csv:3:7: error: a cell that begins with a quote does not end with one [ragged-row]
    1.2,8,"left open
          ^
  mend: end the cell with a quote and double those within: "the ""new"" form"
`},
	{"headers", files{"2017-01.csv": "ref,valeu,ref,,mark\n1.1,1,2,3,p\n", "targets.csv": "ref,target\n1.1,5\n", "events.csv": ""}, `
data/housing/2017-01.csv:1:5: error: column "valeu" is not known here [unknown-header]
    ref,valeu,ref,,mark
        ^
  mend: did you mean value?
data/housing/2017-01.csv:1:11: error: column "ref" stands twice [unknown-header]
    ref,valeu,ref,,mark
              ^
  mend: take one of them out: which of the two counts cannot be known
data/housing/2017-01.csv:1:15: error: column 4 has no name [unknown-header]
    ref,valeu,ref,,mark
                  ^
  mend: name it, or take it out; the columns are ref, period, area, value, numerator, denominator, mark, note, rating, rating_reason, reason
data/housing/events.csv: error: the file is empty: it needs a header with the columns date, label [missing-header]
  mend: write as its first line: date,label
data/housing/targets.csv:1:1: error: the column "period" is missing [missing-header]
    ref,target
    ^
  mend: add it to the header; this file needs ref, period
`},
	{"a header's slip hides no rows", files{"2017-01.csv": "ref,valeu\n1.1,7\n1.2,9O\n", "2017-02.csv": "ref,Outturn\n1.1,7\n1.2,9O\n"}, `
data/housing/2017-01.csv:1:5: error: column "valeu" is not known here [unknown-header]
    ref,valeu
        ^
  mend: did you mean value?
data/housing/2017-01.csv:3:6: error: value "9O" is not a number (indicator 1.2, January 2017) [bad-number]
    1.2,9O
         ^
  mend: write 90, or leave it blank with a mark such as x
data/housing/2017-02.csv:1:5: error: column "outturn" is not known here [unknown-header]
    ref,Outturn
        ^
  mend: the columns are ref, period, area, value, numerator, denominator, mark, note, rating, rating_reason, reason
`},
	{"a ref's slip hides no other", files{"2017-01.csv": "ref,period,value,mark,reason\n9.9,2017-13,9O,q,late\n"}, `
data/housing/2017-01.csv:2:1: error: ref "9.9" is not in data/housing/indicators.csv [unknown-ref]
    9.9,2017-13,9O,q,late
    ^
  mend: add it there, or put the ref right here
data/housing/2017-01.csv:2:10: error: period "2017-13" is not a period [bad-period]
    9.9,2017-13,9O,q,late
             ^
  mend: the second year follows the first: write 2017-18, or a month from 2017-01 to 2017-12
data/housing/2017-01.csv:2:16: error: mark "q" is not known [bad-mark]
    9.9,2017-13,9O,q,late
                   ^
  mend: write one of x (not available), z (not applicable), c (confidential), p (provisional), e (estimated), b (break in series), u (low reliability), low, r (revised)
data/housing/2017-01.csv:2:18: error: reason "late" is not known [bad-key]
    9.9,2017-13,9O,q,late
                     ^
  mend: write one of late_data, correction, definition
`},
	{"sections that cannot have a page", files{"indicators.csv": "ref,section,name,good,unit\n1.1,repairs; a/b,One,low,count\n1.2,Index,Two,high,percent\n1.3,Repairs,Three,low,count\n1.4,;,Four,low,count\n"}, `
data/housing/indicators.csv:2:14: error: section "a/b" cannot be the name of a page [unknown-section]
    1.1,repairs; a/b,One,low,count
                 ^
  mend: write letters, digits, - and _ only, such as looked-after-children; its title stands in its page of content/
data/housing/indicators.csv:3:5: error: section "Index" cannot be the name of a page [unknown-section]
    1.2,Index,Two,high,percent
        ^
  mend: write letters, digits, - and _ only, such as looked-after-children; its title stands in its page of content/
data/housing/indicators.csv:4:5: error: section "Repairs" would have the same page as repairs [unknown-section]
    1.3,Repairs,Three,low,count
        ^
  mend: write one section in one way: repairs
data/housing/indicators.csv:5:5: error: section ";" names none [bad-key]
    1.4,;,Four,low,count
        ^
  mend: write the section that has its page
`},
	{"a grade is no fraction", files{"2017-01.csv": "ref,numerator,denominator\n2.1,1,2\n"}, `
data/housing/2017-01.csv:2:1: error: the row has neither a value nor a mark (indicator 2.1, January 2017) [bad-number]
    2.1,1,2
    ^
  mend: write the value, or a mark such as x (not available)
`},
	{"semicolons", files{"2017-01.csv": "ref;value\n1.1;7\n"}, `
data/housing/2017-01.csv:1:4: error: the columns are not separated by commas [missing-header]
    ref;value
       ^
  mend: save the file from the spreadsheet as “CSV UTF-8 (comma delimited)”; if it still has semicolons, set the list separator of Windows to a comma first (Region, Additional settings)
`},
	{"encodings", files{"2017-01.csv": "ref,value,note\n1.1,7,caf\xe9\n", "2017-02.csv": "ref,note\n1.1,\x81\n", "2017-03.csv": "r\x00"}, `
data/housing/2017-01.csv:2:10: warning: the file is not UTF-8; it was read as Windows-1252 [ambiguous-encoding]
  mend: check that “café” reads right, and save the file as “CSV UTF-8 (comma delimited)”
data/housing/2017-02.csv:2:5: error: byte 81 is neither UTF-8 nor Windows-1252 [bad-encoding]
  mend: save it from the spreadsheet as “CSV UTF-8 (comma delimited)”
data/housing/2017-03.csv:1:2: error: the file holds a NUL byte: it is not text [bad-encoding]
  mend: save it from the spreadsheet as “CSV UTF-8 (comma delimited)”
`},
	{"indicators", files{"indicators.csv": "ref,section,name,good,unit,decimals,parent,replaced_by,from\n" +
		"1.1,a,One,hihg,count,,,,\n1.1,a,Again,high,cuont,9,,,\n1 1,a,Same file,high,count,,,,\n1-1,a,Same file,high,count,,,,\n" +
		"1.2,,No section,low,count,,1.1,,January 2017\n1.3,a,Part of a part,low,count,,1.2,1.9,\n/x,a,Bad,low,count,,,,\n"}, `
data/housing/indicators.csv:2:11: error: good "hihg" is not known [bad-key]
    1.1,a,One,hihg,count,,,,
              ^
  mend: did you mean high?
data/housing/indicators.csv:3:1: error: indicator 1.1 is already defined on line 2 [duplicate-ref]
    1.1,a,Again,high,cuont,9,,,
    ^
  mend: give one of them another ref, or the later definition the month from which it counts
data/housing/indicators.csv:3:18: error: unit "cuont" is not known [bad-key]
    1.1,a,Again,high,cuont,9,,,
                     ^
  mend: did you mean count?
data/housing/indicators.csv:3:24: error: decimals "9" is not a whole number from 0 to 6 [bad-number]
    1.1,a,Again,high,cuont,9,,,
                           ^
data/housing/indicators.csv:5:1: error: indicator 1-1 would have the same file name as 1 1 [duplicate-ref]
    1-1,a,Same file,high,count,,,,
    ^
  mend: give one of them a ref that differs in more than case, spaces, : and -
data/housing/indicators.csv:6:5: error: section is empty [bad-key]
    1.2,,No section,low,count,,1.1,,January 2017
        ^
  mend: write the section that has its page
data/housing/indicators.csv:6:33: error: from "January 2017" is not a month [bad-period]
    1.2,,No section,low,count,,1.1,,January 2017
                                    ^
  mend: write 2017-01
data/housing/indicators.csv:7:33: error: parent "1.2" is itself a part [unknown-ref]
    1.3,a,Part of a part,low,count,,1.2,1.9,
                                    ^
  mend: name an indicator that stands on the scorecard
data/housing/indicators.csv:7:37: error: replaced_by "1.9" is not in data/housing/indicators.csv [unknown-ref]
    1.3,a,Part of a part,low,count,,1.2,1.9,
                                        ^
  mend: add it there, or put the ref right here
data/housing/indicators.csv:8:1: error: ref "/x" holds a character that a ref may not [bad-key]
    /x,a,Bad,low,count,,,,
    ^
  mend: write letters, digits, . - _ : and single spaces, a letter or digit first
`},
	{"targets", files{"targets.csv": "ref,period,target,green,amber,profile,kind,by\n" +
		"1.2,2016-17,9O,,,,,\n1.2,2015-16,95,>=englnd,,,,\n1.2,2014-15,95,> 9x,,,,\n1.2,2013-14,95,>=95,,linear,,\n1.2,AY2016-17,95,,,,lcal,2017\n1.2,2016-17-YTD,95,,,,,\n"}, `
data/housing/targets.csv:2:14: error: target "9O" is not a number (target of indicator 1.2) [bad-number]
    1.2,2016-17,9O,,,,,
                 ^
  mend: write 90, or leave it blank with a mark such as x
data/housing/targets.csv:3:18: error: green names "englnd", which is no comparator of this site [unknown-comparator]
    1.2,2015-16,95,>=englnd,,,,
                     ^
  mend: did you mean england?
data/housing/targets.csv:4:19: error: green "> 9x" is not an interval [bad-interval]
    1.2,2014-15,95,> 9x,,,,
                      ^
  mend: write >=95, >90, <=4, <23, 14..22 or 158.8+-5
data/housing/targets.csv:5:22: error: profile linear does not go with green or amber intervals [bad-interval]
    1.2,2013-14,95,>=95,,linear,,
                         ^
  mend: leave green and amber empty (the bands follow from the target), or take linear away
data/housing/targets.csv:6:5: error: a target cannot stand for "AY2016-17" [bad-period]
    1.2,AY2016-17,95,,,,lcal,2017
        ^
  mend: write a financial year, a quarter, a month or a window of months; for an academic period the financial year of its last month counts
data/housing/targets.csv:6:21: error: kind "lcal" is not known [bad-key]
    1.2,AY2016-17,95,,,,lcal,2017
                        ^
  mend: did you mean local?
data/housing/targets.csv:6:30: error: by "2017" is not a month [bad-period]
    1.2,AY2016-17,95,,,,lcal,2017
                                 ^
  mend: write a month as 2017-01
data/housing/targets.csv:7:5: error: period "2016-17-YTD" does not say in which month it ends [bad-period]
    1.2,2016-17-YTD,95,,,,,
        ^
  mend: write the months: 2016-04/2017-01
`},
	{"registers", files{"benchmarks.csv": "ref,comparator,period,value,mark\n1.2,englnd,2015-16,7,\n1.2,england,2015-16,,\n1.2,england,2015-16,7,c\n",
		"events.csv":           "date,label,ref,section,area,break\n30/01/2017,Move,1.1,,,\n2017-02-01,Move,1.7,reprs,norht,maybe\n2017-02-01,,,,,\n",
		"data/populations.csv": "population,area,period,value\n0-17,,2015-16,0\n0-17,east,2015-16-YTD,12\n"}, `
data/housing/benchmarks.csv:2:5: error: comparator "englnd" is not one of this site's [unknown-comparator]
    1.2,englnd,2015-16,7,
        ^
  mend: did you mean england?
data/housing/benchmarks.csv:3:21: error: the row has neither a value nor a mark (indicator 1.2) [bad-number]
    1.2,england,2015-16,,
                        ^
  mend: write the value, or a mark such as x (not available)
data/housing/benchmarks.csv:4:23: error: mark "c" stands without a value, and here is one [bad-mark]
    1.2,england,2015-16,7,c
                          ^
  mend: take the mark or the value away
data/housing/events.csv:2:1: error: date "30/01/2017" is not a date [bad-date]
    30/01/2017,Move,1.1,,,
    ^
  mend: write 2017-01-30
data/housing/events.csv:3:17: error: ref "1.7" is not in data/housing/indicators.csv [unknown-ref]
    2017-02-01,Move,1.7,reprs,norht,maybe
                    ^
  mend: add it there, or put the ref right here
data/housing/events.csv:3:21: error: section "reprs" is not one of this scorecard's [unknown-section]
    2017-02-01,Move,1.7,reprs,norht,maybe
                        ^
  mend: the sections are repairs, lettings
data/housing/events.csv:3:27: error: area "norht" is not one of this site's [unknown-area]
    2017-02-01,Move,1.7,reprs,norht,maybe
                              ^
  mend: did you mean north?
data/housing/events.csv:3:33: error: break "maybe" is not known [bad-key]
    2017-02-01,Move,1.7,reprs,norht,maybe
                                    ^
  mend: write one of yes, no
data/housing/events.csv:4:12: error: label is empty [bad-key]
    2017-02-01,,,,,
               ^
  mend: write in a few words what happened
data/populations.csv:2:15: error: value "0" is not more than 0 (population 0-17) [bad-number]
    0-17,,2015-16,0
                  ^
  mend: a population is what rates are divided by; leave the row out where it is not known
data/populations.csv:3:6: error: area "east" is not one of this site's [unknown-area]
    0-17,east,2015-16-YTD,12
         ^
  mend: the areas of site.yaml are ambleton, north, south, unknown
data/populations.csv:3:11: error: period "2015-16-YTD" does not say in which month it ends [bad-period]
    0-17,east,2015-16-YTD,12
              ^
  mend: write the months: 2015-04/2016-01
`},
	{"actions", files{"actions.csv": "ref,action\nA1,Mend the roof\nA1,Again\n,Nothing\n", "2017-01-actions.csv": "ref,rating\nA1,blue\nA1,green\nA2,green\n"}, `
data/housing/2017-01-actions.csv:2:4: error: rating "blue" is not known [bad-key]
    A1,blue
       ^
  mend: write one of green, amber, red, none
data/housing/2017-01-actions.csv:3:1: error: action A1 already stands on line 2 [duplicate-row]
    A1,green
    ^
  mend: keep one of the two rows
data/housing/2017-01-actions.csv:4:1: error: action "A2" is not in data/housing/actions.csv [unknown-ref]
    A2,green
    ^
  mend: did you mean A1?
data/housing/actions.csv:3:1: error: action A1 already stands on line 2 [duplicate-ref]
    A1,Again
    ^
  mend: give one of them another ref, or the later one the month from which it counts
data/housing/actions.csv:4:1: error: ref is empty [bad-key]
    ,Nothing
    ^
  mend: number the action
`},
	{"calculations", files{"indicators.csv": "ref,section,name,good,unit,calculation\n" +
		"1,a,n,high,count,\n2,a,n,high,count,value('9')\n3,a,n,high,count,'1' * 0.5\n4,a,n,high,count,rollin('1')\n5,a,n,high,count,\"rate('1', population('0-17'), 10)\"\n" +
		"6,a,n,high,count,'1' +\n7,a,n,high,count,'8' + 1\n8,a,n,high,count,'9.1' - '1'\n9.1,a,n,high,count,'7' * 2\n10,a,n,high,count,len('1') ** 2\n11,a,n,high,count,1 + 1\n" +
		"12,a,n,high,count,percent('1')\n13,a,n,high,count,\"value('1', 2, 3)\"\n"}, `
data/housing/indicators.csv:3:25: error: ref "9" is not in data/housing/indicators.csv [unknown-ref]
    2,a,n,high,count,value('9')
                            ^
  mend: add it there, or put the ref right here
data/housing/indicators.csv:4:24: error: a calculation may not hold a decimal point or an exponent [bad-calculation]
    3,a,n,high,count,'1' * 0.5
                           ^
  mend: write it with whole numbers, such as 1 / 2 for 0.5
data/housing/indicators.csv:5:18: error: function "rollin" is not known [bad-calculation]
    4,a,n,high,count,rollin('1')
                     ^
  mend: did you mean rolling?
data/housing/indicators.csv:6:41: error: population "0-17" is not in data/populations.csv [bad-calculation]
    5,a,n,high,count,"rate('1', population('0-17'), 10)"
                                            ^
  mend: add it there, or put its name right here
data/housing/indicators.csv:7:22: error: the calculation cannot be read: it ends too early [bad-calculation]
    6,a,n,high,count,'1' +
                         ^
  mend: write it as rate('3.1', population('0-17'), 10000)
data/housing/indicators.csv:8:18: error: the calculation of 7 goes round in a ring: 7 -> 8 -> 9.1 -> 7 [cyclic-calculation]
    7,a,n,high,count,'8' + 1
                     ^
  mend: a series may not be worked out from itself: state one of them in the returns
data/housing/indicators.csv:11:28: error: operator "**" is not known in a calculation [bad-calculation]
    10,a,n,high,count,len('1') ** 2
                               ^
  mend: the operators are + - * /
data/housing/indicators.csv:12:19: error: the calculation names no series [bad-calculation]
    11,a,n,high,count,1 + 1
                      ^
  mend: name one by its ref, as in value('3.1')
data/housing/indicators.csv:13:19: error: percent takes 2 arguments, and is given 1 [bad-calculation]
    12,a,n,high,count,percent('1')
                      ^
  mend: write it as percent('1.3', '1.1')
data/housing/indicators.csv:14:20: error: value takes 1 argument, and is given 3 [bad-calculation]
    13,a,n,high,count,"value('1', 2, 3)"
                       ^
  mend: write it as value('3.1')
`},
	{"returns by other names", files{"2017-01.csv": "ref\n", "2017-4.csv": "", "2017_05.csv": "", "2017-06.csv.txt": "", "201708.CSV": "", "April 2017 final.csv": "", "Jul-17.csv": "", "return 09-2017.csv": "", "2017-1.csv": "", "2017-3-actions.csv": "", "2017-02 or 2017-03.csv": "", "return.csv": "", "data/2017-04.csv": ""}, `
data/2017-04.csv: warning: no file of this name is read [stray-file]
  mend: move it to the folder of its scorecard and name it 2017-04.csv, or take it out
data/housing/2017-1.csv: warning: no file of this name is read [stray-file]
  mend: rename it 2017-01.2.csv to make it a second issue, or take it out
data/housing/2017-02 or 2017-03.csv: warning: no file of this name is read [stray-file]
  mend: name a return by its month, such as 2017-01.csv, or take it out of data/
data/housing/2017-3-actions.csv: warning: no file of this name is read [stray-file]
  mend: rename it 2017-03-actions.csv to make it the month's update of the actions, or take it out
data/housing/2017-4.csv: warning: no file of this name is read [stray-file]
  mend: rename it 2017-04.csv to make it the month's return, or take it out
data/housing/2017-06.csv.txt: warning: no file of this name is read [stray-file]
  mend: rename it 2017-06.csv to make it the month's return, or take it out
data/housing/2017_05.csv: warning: no file of this name is read [stray-file]
  mend: rename it 2017-05.csv to make it the month's return, or take it out
data/housing/201708.CSV: warning: no file of this name is read [stray-file]
  mend: rename it 2017-08.csv to make it the month's return, or take it out
data/housing/April 2017 final.csv: warning: no file of this name is read [stray-file]
  mend: rename it 2017-04.csv to make it the month's return, or take it out
data/housing/Jul-17.csv: warning: no file of this name is read [stray-file]
  mend: rename it 2017-07.csv to make it the month's return, or take it out
data/housing/return 09-2017.csv: warning: no file of this name is read [stray-file]
  mend: rename it 2017-09.csv to make it the month's return, or take it out
data/housing/return.csv: warning: no file of this name is read [stray-file]
  mend: name a return by its month, such as 2017-01.csv, or take it out of data/
`},
	{"stray files", files{"2017-01.csv": "ref\n", "2017-01 - Copy.csv": "", "2017-13.csv": "", "indicator.csv": "", "~$book.xlsx": "", "book.xlsx": "", "readme.txt": "",
		".gitkeep": "", "data/housing/deep/2017-01.csv": "", "data/notes.txt": "", "data/empty/.gitkeep": "", "data/other/2017-01.csv": "", "2017-01-actions.csv": "ref\n"}, `
data/housing/2017-01 - Copy.csv: warning: no file of this name is read [stray-file]
  mend: rename it 2017-01.2.csv to make it a second issue, or take it out
data/housing/2017-01-actions.csv: warning: the file is not read: an update needs actions.csv in its folder [stray-file]
  mend: add what it needs, or take this one out
data/housing/2017-13.csv: warning: no file of this name is read [stray-file]
  mend: 2017-13 is not a month: name a return by its month, such as 2017-01.csv
data/housing/book.xlsx: warning: no file of this name is read [stray-file]
  mend: a workbook is not read: import it (outturn import), or save its sheet as CSV
data/housing/deep: warning: no file of this name is read [stray-file]
  mend: take it out of data/
data/housing/indicator.csv: warning: no file of this name is read [stray-file]
  mend: rename it indicators.csv, or take it out
data/housing/readme.txt: warning: no file of this name is read [stray-file]
  mend: take it out of data/
data/housing/~$book.xlsx: warning: no file of this name is read [stray-file]
  mend: it is the lock of an open workbook: close the workbook, or take the file out
data/notes.txt: warning: no file of this name is read [stray-file]
  mend: take it out of data/
data/other/2017-01.csv: warning: the file is not read: the folder has neither indicators.csv nor actions.csv [stray-file]
  mend: add what it needs, or take this one out
`},
}

func TestEverySlipIsToldWhereItStands(t *testing.T) {
	for _, slip := range slips {
		t.Run(strings.ReplaceAll(slip.name, " ", "_"), func(t *testing.T) {
			all := files{}
			if _, own := slip.files["indicators.csv"]; !own {
				all["indicators.csv"] = definitions
			}
			for name, text := range slip.files {
				all[name] = text
			}
			var problems diag.List
			Load(all.fsys(), settings(), &problems)
			if got := told(&problems); got != strings.TrimPrefix(slip.want, "\n") {
				t.Errorf("got:\n%s\nwant:%s", got, slip.want)
			}
		})
	}
}
