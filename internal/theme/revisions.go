package theme

// Revisions is revisions.html: what was changed after it was first published;
// on a large site <scorecard>/revisions.html says it of each scorecard.
type Revisions struct {
	Frame
	Scorecards []RevisedScorecard
}

// RevisedScorecard is what was revised of one scorecard.
type RevisedScorecard struct {
	ID                 string // anchor
	Title, Href, Month string
	Here               Link   // to it, on the page
	Said               string // how many figures were revised, and when last; or that none was
	Measures           []RevisedMeasure
	Months             []RevisedMonth  // whose ratings would differ by today's figures, newest first
	Returns            []RevisedReturn // newest first
	Marked             []MarkedMeasure
	More               Link // where the rest stands, on a large site; Href "" where it is here
}

// RevisedMeasure sums up how the first figures of a measure were revised.
type RevisedMeasure struct {
	Label     string
	Indicator Link
	Revised   string // "4 of 6"
	LeftOut   string // "1 was corrected", or ""
	Mean      string // "+2.1 percentage points"; "" where no figure was counted
	Absolute  string
	Relative  string // "1.7%"; "" where it says nothing, as of a percentage
	Lean      string // a sentence
}

// MarkedMeasure are the figures of a measure that the return which gave them
// first marks as revised: what was published before is not held here.
type MarkedMeasure struct {
	Label     string
	Indicator Link
	Figures   []Field // period, area and part; the figure
}

// RevisedMonth is a month with the ratings that today's figures would give.
type RevisedMonth struct {
	Month Link
	Rows  []AsNow
}

// RevisedReturn is a return with the figures that it was the last to change.
type RevisedReturn struct {
	Return  string // "January 2017, issue 2"
	On      string // "published 30 January 2017"; "" where it is not known
	Figures []RevisedFigure
}

// RevisedFigure is a figure as first returned and as it is now.
type RevisedFigure struct {
	Label          string
	Indicator      Link
	Part           string // the part of the measure, or ""
	Period, Area   string
	First, FirstBy string           // the figure; the return that gave it
	Latest, By     string           // By "" where one of them is no number
	Changes        []RevisionChange // oldest first
}

// RevisionChange is one change of a figure.
type RevisionChange struct {
	Returned   string // "January 2017, issue 2"
	Figure     string
	Reason     string // in words, or ""
	Note       string
	Correction bool // an error was put right
}

// AsNow sets a judgement as it was published beside what today's figures give.
type AsNow struct {
	Label     string
	Indicator Link
	Month     Link   // as at which it was published
	Period    string // of the figure
	WasFigure string
	Was       Rating
	NowFigure string
	Now       Rating
	Why       string // the sentence of the rating as it would be now
	Reason    string // of the revision in words, or ""
}

// Hindsight tells on the page of an older month what was revised of it since.
type Hindsight struct {
	Said string // "" where nothing did
	Rows []AsNow
	More Link // to what was revised
}

// Correction is a notice that an error was put right.
type Correction struct {
	Issue    int    // of the return
	On       string // "30 January 2017" where that is when it was published, "figures taken on 28 January 2017", or ""
	Returned string // "January 2017, issue 2"
	Figures  []string
	More     string // how many figures are not listed
}

// Triangle is a revision triangle: rows are periods, columns the returns in
// which a figure changed, the latest at the right.
type Triangle struct {
	Caption string
	Heads   []string // of the returns
	Rows    []TriangleRow
	Note    string // what is left out, or ""
}

type TriangleRow struct {
	Period  string
	First   string // the figure as first returned
	FirstBy string // "Dec 2016"
	Cells   []TriangleCell
}

// TriangleCell is a figure as it stood with a return.
type TriangleCell struct {
	Text  string
	State string // changed, same, or early: not yet returned
}
