package main

import (
	"bytes"
	"strings"
	"testing"

	"outturn/internal/archive"
)

// A forged bag can name another program, by which differences are no fault: then
// nothing may say that it is as it was made.
func TestSnapshotIsSaidToBeAsItWasMadeOnlyWhereThatIsShown(t *testing.T) {
	const noted = "ab12"
	differs := []archive.Difference{{Page: "index.html", Gone: true}}
	for _, x := range []struct {
		name   string
		of     archive.Verification
		faults int
		noted  string
		broken bool
		want   string
	}{
		{"whole", archive.Verification{Version: version, Rebuilt: true}, 0, "", false, "2016-17-q3 is as it was made: 0 files, fingerprint ab12"},
		{"changed", archive.Verification{Version: version}, 2, "", true, "outturn: 2016-17-q3 is not what it was: 2 errors"},
		{"forged", archive.Verification{Version: version, Rebuilt: true, Differences: differs}, 0, "", true, "which does not show that it is as it was made"},
		{"forged with another version", archive.Verification{Version: "0.9", Rebuilt: true, Differences: differs}, 0, "", false, "which does not show that it is as it was made"},
		{"of another version, and noted", archive.Verification{Version: "0.9", Rebuilt: true, Differences: differs}, 0, noted, false, "2016-17-q3 is as it was made"},
		{"sources that cannot be read", archive.Verification{Version: "0.9", Unmade: 1}, 0, "", true, "2016-17-q3 is what its own lists say, which does not show that it is as it was made: 0 files, fingerprint ab12\n" +
			"outturn: 2016-17-q3 cannot be made again from its sources: 1 error\n  it was made by outturn 0.9, and this is " + version},
		{"made anew", archive.Verification{Version: version}, 0, "cd34", true, "2016-17-q3 is another bag than the one that was noted: its fingerprint is ab12"},
	} {
		var said bytes.Buffer
		x.of.ID, x.of.Fingerprint = "2016-17-q3", noted
		broken := (&terminal{err: &said}).verified(x.of, x.faults, true, x.noted)
		if broken != x.broken || !strings.Contains(said.String(), x.want) {
			t.Errorf("%s: broken %v, and said\n%s", x.name, broken, said.String())
		}
	}
}
