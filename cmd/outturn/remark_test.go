package main

import (
	"bytes"
	"testing"

	"outturn/internal/deliver"
)

func TestWhatStandsAtTheTargetIsToldOfOneAndOfMany(t *testing.T) {
	for _, c := range []struct {
		altered, strange []string
		target           deliver.Target
		want             string
	}{
		{[]string{"a"}, []string{"b"}, nil,
			"note: 1 file there was changed by something else, and is sent anew: a\nnote: 1 file there is not of this site, and left as it is: b\n"},
		{[]string{"a", "b"}, []string{"c", "d"}, nil,
			"note: 2 files there were changed by something else, and are sent anew: a, b\nnote: 2 files there are not of this site, and left as they are: c, d\n"},
		{nil, []string{"c", "d"}, deliver.Folder{}, "note: 2 files there are not of this site, and not taken into the new release: c, d\n"},
	} {
		var told bytes.Buffer
		remark(&terminal{err: &told}, c.target, &deliver.Delivery{Plan: deliver.Plan{Altered: c.altered, Strange: c.strange}})
		if told.String() != c.want {
			t.Errorf("told %q, want %q", told.String(), c.want)
		}
	}
}
