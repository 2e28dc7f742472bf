package release

import (
	"strings"
	"testing"
)

func TestWhatAPublicMonthToldBesideItsFiguresStaysInTheOpen(t *testing.T) {
	const (
		correction = `<div class="caution correction"><p>Put right:</p><ul><li>1.1 was 21.</li></ul></div>`
		caution    = `<p class="caution">A third had not come in.</p>`
		later      = `<p class="caution">Some figures have changed: <a href="index.html">since</a>.</p>`
		published  = `<dl class="facts"><div><dt>Published</dt><dd>20 March 2017</dd></div></dl>`
		event      = `<dl class="events"><div><dt>1 March 2017</dt><dd>New system.</dd></div></dl>`
		page       = "care/2017-01/index.html"
	)
	held := func(now string) release {
		return release{
			on: "2017-03-22", public: map[string]string{careMonth: monthJSON("1", ""), page: string(pageWith(correction + caution + published + event))},
			card: map[string]string{careMonth: monthJSON("1", ""), page: string(pageWith(now))},
		}
	}
	held(published+later+event+correction+caution).wants(t, "all of it in another order, and what has changed since")
	held(caution+published+event).wants(t, "a correction",
		`data/care/2017-01.csv: error: January 2017 told of a correction, and would no more: "1.1 was 21." [public-correction]`)
	held(correction+`<div class="correction"><li>1.1 was 20.</li></div>`+caution+published+event).wants(t, "another beside it")
	held(`<div class="correction"><li>1.1 was 20.</li></div>`+caution+published+event).wants(t, "a correction that reads otherwise",
		`data/care/2017-01.csv: warning: January 2017 tells of a correction, "1.1 was 21.", and would tell otherwise [public-words]`)
	held(correction+published+event).wants(t, "a caution",
		careCover+`: warning: January 2017 was published with a caution that would be gone or read otherwise: "A third had not come in." [public-words]`)
	held(correction+caution+`<dl class="facts"><dd>2 March 2017</dd></dl>`+event).wants(t, "the day",
		careCover+`:2:1: warning: January 2017 is public with the day 20 March 2017, which its page would bear no more [public-words]`)
	held(correction+caution+published+`<dl class="events"><dd>New computer.</dd></dl>`).wants(t, "an event",
		`data/care/events.csv: warning: an event that the pages tell, "New system.", would be gone or read otherwise [public-words]`)
}

func TestNoticesAreFoundHoweverTheirTagsAreWritten(t *testing.T) {
	for _, c := range []struct{ page, cautions, corrections, events, days string }{
		{page: `<P class=caution>A third &lt; all.</P>`, cautions: "A third < all."},
		{page: `<p title="a < b > c" class="wide caution">A third.</p>`, cautions: "A third."},
		{page: `<!-- <p class="caution">A third.</p> --><script>"<p class='caution'>"</script>`},
		{page: "<p class=\"caution\">See <a\nhref=\"x\">since</a>.</p>"},
		{page: `<p class="precaution">A third.</p><p>caution</p>`},
		{page: `<div class="caution correction"><ul><li>1.1 was <b>21</b>.<ul><li>So it was.</li></ul></li><LI>1.2</LI></ul></div><li>1.3</li>`, corrections: "1.1 was 21 . So it was.|1.2"},
		{page: `<dl class='events'><dt>1 March 2017</dt><dd title="</dd>">New system.</dd></dl><dd>none</dd>`, events: "New system."},
		{page: `<dl class="facts"><dt>Published</dt><dd>20&nbsp;March 2017</dd></dl><p class="issue">Issue 2, 2017-03-22</p>`, days: "20 March 2017|2017-03-22"},
	} {
		n := noticesOn(scan(pageWith(c.page)))
		if got := [4]string{strings.Join(n.cautions, "|"), strings.Join(n.corrections, "|"), strings.Join(n.events, "|"), strings.Join(n.days, "|")}; got != [4]string{c.cautions, c.corrections, c.events, c.days} {
			t.Errorf("%s: found %q", c.page, got)
		}
	}
}

func TestADayIsReadAsPagesWriteIt(t *testing.T) {
	for words, want := range map[string]string{"20 January 2017": "2017-01-20", "2 March 2017": "2017-03-02", "2017-03-02": "2017-03-02", "31 February 2017": "", "soon": ""} {
		if got, ok := dayOf(words); ok != (want != "") || ok && got.String() != want {
			t.Errorf("%s is read as %s (%v)", words, got, ok)
		}
	}
}
