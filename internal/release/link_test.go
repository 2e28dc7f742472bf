package release

import (
	"testing"

	"outturn/internal/anytown"
)

func TestALinkThatLeadsNowhereStopsARelease(t *testing.T) {
	const report = "content/reports/march.md"
	site := map[string]string{
		"content/site.yaml": anytown.Settings + "base_url: https://www.anytown.example/figures/\n",
		report:              anytown.Paper("2017-03-22", "status: approved\npublish_on: 2017-03-14", "Contacts rose."),
	}
	built := map[string]string{"index.html": string(pageWith(`<p id="top-of-it">x</p>`)), "about/data.html": string(pageWith(`<h2 id="sources">Sources</h2>`)), "files/a b.csv": "ref\n"}
	for _, c := range []struct{ link, twin, said string }{
		{"../about/dato.html", "../about/data.html", `a link leads to what is not on the site, "about/dato.html"`},
		{"../about/data.html#source", "../about/data.html#sources", `a link leads to the place "#source", which is not on about/data.html`},
		{"#beneath", "#within", `a link leads to the place "#beneath", which is not on reports/march.html`},
		{"../reports/", "../", `a link leads to what is not on the site, "reports/index.html"`},
		{"../files/a%20c.csv", "../files/a%20b.csv", `a link leads to what is not on the site, "files/a c.csv"`},
		{"https://www.anytown.example/figures/abut/data.html", "https://www.anytown.example/figures/about/data.html", `a link leads to what is not on the site, "abut/data.html"`},
		{"/figures/none.html", "/figures/about/data.html#sources", `a link leads to what is not on the site, "none.html"`},
		{"../archive/2016-17-q3/index.html", "https://elsewhere.example/none.html", `a link leads to a page that is not in the archive, "archive/2016-17-q3/index.html"`},
		{"../../../out.html", "mailto:a@anytown.example", `a link leads to what is not on the site, "../../out.html"`},
	} {
		page := func(to string) map[string]string {
			files := map[string]string{"reports/march.html": string(pageWith(`<p id="within"><a href="` + to + `">Where figures come from</a></p>`))}
			for name, text := range built {
				files[name] = text
			}
			return files
		}
		release{council: site, on: "2017-03-22", papers: page(c.link)}.wants(t, c.link, "public/reports/march.html: error: "+c.said+" [broken-link]")
		release{council: site, on: "2017-03-22", papers: page(c.twin)}.wants(t, c.twin)
	}
}

func TestAFaultIsToldWhereTheOfficerWroteItAndOnce(t *testing.T) {
	const report = "content/reports/march.md"
	site := map[string]string{report: anytown.Paper("2017-03-22", "status: approved", "See [here](../index.html#none).")}
	body := `<a href="../index.html#none">here</a><a href="../index.html#none">here</a>`
	files := map[string]string{"index.html": string(pageWith("")), "reports/march.html": string(pageWith(body)), "reports/may.html": string(pageWith(body))}
	release{council: site, on: "2017-03-22", papers: files}.wants(t, "a report's",
		report+`:8:5: warning: a link reads "here", which says nothing to who hears the links alone (reports/march.html), and so on 1 other page [link-words]`,
		report+`:8:12: error: a link leads to the place "#none", which is not on index.html (reports/march.html), and so on 1 other page [broken-link]`)
}

func TestAPictureThatThePageLoadsMustBeThere(t *testing.T) {
	files := map[string]string{"index.html": string(pageWith(`<img src="assets/map.png" alt="Map"><a href="data:text/plain,x">The text</a>`))}
	release{on: "2017-03-22", papers: files}.wants(t, "not there",
		`public/index.html: error: the page loads what is not on the site, "assets/map.png" [broken-link]`)
	files["assets/map.png"] = "png"
	release{on: "2017-03-22", papers: files}.wants(t, "there")
}

func TestALinkIsNotBrokenByAPartThatCouldNotBeMade(t *testing.T) {
	r := release{on: "2017-03-22", broken: true, public: map[string]string{"about/accessibility.html": "x"},
		card: map[string]string{"care/index.html": string(pageWith(`<a href="../index.html">Home</a>`))}}
	r.wants(t, "the home page could not be made")
	if _, ready := r.run(t); ready.Pages {
		t.Error("the pages are said to be made")
	}
}
