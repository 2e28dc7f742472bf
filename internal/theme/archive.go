package theme

// Archive is archive/index.html: the snapshots of the site.
type Archive struct {
	Frame
	Snapshots []ArchiveSnapshot // newest first
	Compared  bool              // there are pages of what changed from one to the next
}

// ArchiveSnapshot is one snapshot; what it does not have is "".
type ArchiveSnapshot struct {
	ID                string // 2016-17-q3
	Quarter           string // "October to December 2016 (quarter 3)"
	AsAt, Made        string // "December 2016"; "20 February 2017"
	Version           string // of the program that made it
	Files, Size       string // "212"; "4.1 MB"
	Fingerprint       string // SHA-256 in figures
	First             Link   // its home page
	Reports           []Link // its scorecards and committee reports
	Changes           Link   // what changed since the snapshot before
	Changed           []Field
	Withdrawn, Reason string // the day in words; why
}

// Differences is archive/<a>-to-<b>.html: what changed between two snapshots.
type Differences struct {
	Frame
	From, To Link // their home pages, by quarter
	Counts   []Field
	Ratings  []DifferentRating
	Figures  []DifferentFigure
	Rules    []DifferentRule
	Added    []DifferentMeasure
	Dropped  []DifferentMeasure
	Words    []DifferentText
}

// DifferentMeasure names a measure with the page that it has in a snapshot.
type DifferentMeasure struct {
	Scorecard, Label string
	Indicator        Link
}

// DifferentRating is a measure whose rating changed.
type DifferentRating struct {
	DifferentMeasure
	Was, Now             Rating
	WasFigure, NowFigure string
	Reason               string
}

// DifferentFigure is a figure that was revised.
type DifferentFigure struct {
	DifferentMeasure
	Period, Area string // Area "" for the whole authority
	Was, Now, By string
	Returned     string // "January 2017"
	Reason       string // "Late data"; "" where the return gives none
	Note         string
}

// DifferentRule is a target, a definition or a rule of rating that changed, of a
// measure or of all those of a scorecard; Was "" where it is new,
// Now "" where it is gone.
type DifferentRule struct {
	DifferentMeasure
	What, Was, Now string
}

// DifferentText is a text with the paragraphs that were taken out and put in.
type DifferentText struct {
	Page     string // which text it is
	Was, Now []string
}
