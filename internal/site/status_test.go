package site

import "testing"

func TestWhatIsReturnedIsToldOfOneAndOfMany(t *testing.T) {
	for _, c := range []struct {
		onTime, due int
		want        string
	}{
		{1, 1, "1 of 1 measure has the figure that is due"},
		{0, 1, "0 of 1 measure has the figure that is due"},
		{1, 8, "1 of 8 measures has the figure that is due"},
		{0, 8, "0 of 8 measures have the figure that is due"},
		{7, 8, "7 of 8 measures have the figure that is due"},
	} {
		if got := returnedOnTime(c.onTime, c.due); got != c.want {
			t.Errorf("told %q, want %q", got, c.want)
		}
	}
}
