// Package prose reads sentences of a performance report into what they claim:
// numbers with their units, the part that each plays ("from 35.4%", "against a
// target of 86%", "an increase of 136"), the periods that are named, and words
// of direction, of a multiple, of a streak or of an extreme.
//
//	for _, s := range prose.Read("Contacts rose to 403, compared with 267 in December.", january) {
//		for _, f := range s.Figures {
//			fmt.Println(f.Typed, f.Role) // 403 now; 267 then
//		}
//	}
//
// It knows the language and no figure: whether a claim is true is for who holds
// the data. It reads by tables of word patterns (each tried only at the words
// with which it can begin, see row), in the order of the sentence;
// what no pattern knows is read as nothing and not guessed at. Numbers that are
// no figures are left out: parts of names (Section 47, Year 11, Key Stage 2),
// ages, laws, dates, times, pages, telephone numbers, and lengths of time
// (within 45 working days). A number that cannot be read (18..2%) is kept apart,
// as malformed.
//
// The package is pure. Places are characters of the text that was read, from 0.
package prose

import (
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// Sentence is one sentence of a text.
type Sentence struct {
	Text       string
	Start, End int    // characters of the text
	Words      []Word // in order, signs included
	Figures    []Figure
	Malformed  []Malformed
	Whens      []When
	Shares     []Share
	Moves      []Move
	Directions []Direction
	Streaks    []Streak
	Extremes   []Extreme
	Multiples  []Multiple
	Trends     []Trend
}

// Figure is a number that stands for a measured thing, or a reference to one.
type Figure struct {
	Start, End  int // characters, its signs included
	First, Last int // of Words
	Typed       string
	Value       quantity.Decimal
	Unit        Unit
	Per         int64 // of PerPeople: 10000 for "per 10,000"
	Role        Role
	Hedge       Hedge
	Spelled     bool // written as a word: nine, a third
	Fraction    bool // a third, one in five: Value is its percentage, rounded
	High        int  // of a range, the figure at its upper end; -1
	Ref         int  // of a reference, its number in the text; -1 for a typed number
}

// Unit is what stands beside a number.
type Unit uint8

const (
	Plain     Unit = iota
	Percent        // 18.2%, a third
	Points         // percentage points
	PerPeople      // 244.0 per 10,000
	Money          // £4.2m
	Days
)

// Role is the part that a number plays in its sentence.
type Role uint8

const (
	Value      Role = iota // it says how much
	Now                    // "to 403", "now stands at 403"
	Then                   // "compared with 267", "from 267"
	Change                 // "by 136", "an increase of 136"
	Target                 // "against a target of 86%"
	Average                // "an average of 44 a month"
	Projection             // "will have reached … by the end of the year"
	Sum                    // "together 82.9%"
	Range                  // either end of "some 1,300 to 1,600"
)

// String is the role's name, for tests.
func (r Role) String() string {
	return [...]string{"value", "now", "then", "change", "target", "average", "projection", "sum", "range"}[r]
}

// Hedge says how a number is meant.
type Hedge uint8

const (
	Exact   Hedge = iota
	About         // about, some, around
	Almost        // nearly, just under: a little less than
	Beyond        // just over: a little more than
	Above         // more than, over
	AtLeast       // at least
	Below         // less than, fewer than, under
	AtMost        // at most, up to
)

// Malformed is a number that cannot be read.
type Malformed struct {
	Start, End int
	Typed      string
	Mend       string
}

// Share is a part, a whole and a rate that a sentence puts together: "22 of 121
// (18.2%)". Each is a number of Figures, or -1.
type Share struct {
	Part, Whole, Rate int
	Loose             bool // the whole stands at the head of the clause: "Of the 121 assessments …"
}

// Move is a way from one figure to another: "from 1,287 to 1,651, an increase of
// 364". Each is a number of Figures, or -1.
type Move struct {
	From, To int
	By       []int // what it says of the size: 364, 28%
	Sense    Sense
}

// When is a period that a sentence names.
type When struct {
	First, Last int // of Words
	Kind        WhenKind
	Period      period.Period // of Named and Since; of a month without its year the newest by the text's month
	NoYear      bool          // the year was not written
	Base        bool          // it is what is compared with: "than in December", "since April"
}

// WhenKind is how a period is named.
type WhenKind uint8

const (
	Named        WhenKind = iota // December 2016, quarter 3, 2015/16
	ThisMonth                    // this month, in the month
	PreviousOne                  // the month before, last month, the previous quarter
	YearAgo                      // a year ago, the same month last year
	LastYear                     // last year
	ToDate                       // the year to date, so far this year
	RollingMonth                 // rolling, over twelve months
	Since                        // since October
	Recent                       // the last three months: Months of them
)

// Direction is a word of movement or of judgement.
type Direction struct {
	Word  int // of Words
	Sense Sense
	Noun  bool // an increase, the fall
}

// Sense is which way a word points.
type Sense uint8

const (
	NoSense Sense = iota
	Rise
	Fall
	Better
	Worse
	Same
)

// Streak is "for the sixth month running".
type Streak struct {
	First, Last int // of Words
	Count       int
	Unit        string // month, quarter, year
	AtLeast     bool   // "in each of the last six months": it may have gone on for longer
}

// Extreme is "the highest since April".
type Extreme struct {
	First, Last int
	Sense       Sense // Rise: the highest; Fall: the lowest; Better, Worse
	Rank        int   // 1; 2 for "the second highest"
	When        int   // of Whens: since which, or within which; -1
	Ever        bool  // ever recorded, on record
	Months      int   // for so many months, this one with them; 0: it is not said
	Year        bool  // within the year at least: a two-year low, more than in any other month
}
