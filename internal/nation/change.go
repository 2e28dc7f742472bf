package nation

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// Change alters one figure of a site that Write has made, as a correction does
// before a month is released: of one scorecard, by its number from 0, one count
// of the newest return. Each call takes one off the numerator, so that a
// rebuild has something to do each time.
func Change(dir string, scorecard int) error {
	file := filepath.Join(dir, "data", slug(authority(scorecard)), last.String()+".csv")
	content, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("changing a figure: %w", err)
	}
	// A ratio whose value is not stated: the change contradicts nothing. The
	// first section states its values, and stands in where there is no second.
	for _, ref := range []string{"2.2", "1.2"} {
		start := bytes.Index(content, []byte("\n"+ref+","+last.String()+",,"))
		if start < 0 {
			continue
		}
		line := content[start+1:]
		line = line[:bytes.IndexByte(line, '\n')]
		cells := bytes.Split(line, []byte(","))
		numerator, err := strconv.Atoi(string(cells[4]))
		if err != nil {
			return fmt.Errorf("changing a figure: %s: %w", file, err)
		}
		cells[4] = strconv.AppendInt(nil, int64(numerator-1), 10)
		changed := append(bytes.Clone(content[:start+1]), bytes.Join(cells, []byte(","))...)
		return os.WriteFile(file, append(changed, content[start+1+len(line):]...), 0o644)
	}
	return fmt.Errorf("changing a figure: %s has no figure to change", file)
}
