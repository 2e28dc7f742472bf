package prose

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// The cues leave untried only what cannot match: read without them, every
// statement of the corpora says the same.
func TestCuesChangeNothingThatIsRead(t *testing.T) {
	var texts []string
	for _, c := range readings {
		texts = append(texts, c.sentence)
	}
	for _, file := range []string{"careful.md", "careless.md"} {
		raw, err := os.ReadFile("../proof/testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, strings.Split(string(raw), "\n")...)
	}
	for _, text := range texts {
		fast := Read(text, january)
		heedless = true
		slow := Read(text, january)
		heedless = false
		if !reflect.DeepEqual(fast, slow) {
			t.Errorf("%q is read as %+v, and without cues as %+v", text, fast, slow)
		}
	}
}
