package build

import (
	"reflect"
	"strings"
	"testing"
)

func TestRecordReadsBackAsWritten(t *testing.T) {
	r := record{Inputs: "x", Files: 3, Warnings: 1, Parts: map[string]partRecord{
		"homes":       {ID: "homes", Key: "k", hanging: hanging{Others: map[string]string{"repairs": "d"}}, Warnings: 1, Files: 2, Summary: []byte(`{"ID":"homes","Pages":["homes/index.html"]}`)},
		documentsPart: {ID: documentsPart, Key: "k2", Files: 1, Summary: []byte(`{}`)},
		"empty":       {ID: "empty", Key: "k3", Summary: []byte{}},
	}}
	text, err := r.encode()
	if err != nil {
		t.Fatal(err)
	}
	again, parts := readRecord(text)
	if got := parts(); again.Inputs != r.Inputs || again.Files != r.Files || again.Warnings != r.Warnings || !reflect.DeepEqual(got, r.Parts) {
		t.Errorf("wrote %+v, read %+v with %+v", r, again, got)
	}
	for cut := range len(text) - 1 { // but for its last line end
		if _, parts := readRecord(text[:cut]); reflect.DeepEqual(parts(), r.Parts) {
			t.Errorf("cut at %d of %d it is read as whole", cut, len(text))
		}
	}
}

func TestPanicOfAPartIsAnErrorThatNamesIt(t *testing.T) {
	err := caught("homes", func() error { panic("an index beyond a list") })
	if err == nil || !strings.Contains(err.Error(), "homes") || !strings.Contains(err.Error(), "an index beyond a list") {
		t.Errorf("%v", err)
	}
	if err := caught("homes", func() error { return nil }); err != nil {
		t.Error(err)
	}
}
