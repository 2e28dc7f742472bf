package deliver

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Parse reads a target as people write it: a folder, sftp://… or s3://…. The
// error is a *Misuse.
func Parse(text string) (Target, error) {
	scheme, _, remote := strings.Cut(text, "://")
	if !remote {
		if text == "" {
			return nil, &Misuse{"name a target: a folder, sftp://user@host/path or s3://bucket/prefix"}
		}
		return Folder{text}, nil
	}
	u, err := url.Parse(text)
	if err != nil {
		return nil, &Misuse{fmt.Sprintf("the target is no address: %v", err.(*url.Error).Err)} // without the text: it may hold a secret
	}
	switch scheme {
	case "sftp":
		return parseAccount(u)
	case "s3":
		return parseBucket(u)
	}
	return nil, &Misuse{fmt.Sprintf("%s:// is no target; there are a folder, sftp://user@host/path and s3://bucket/prefix", scheme)}
}

// options reads what stands behind the question mark.
func options(u *url.URL, known map[string]*string) error {
	given, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return &Misuse{fmt.Sprintf("what follows the ? of the target cannot be read: %v", err)}
	}
	var names []string
	for name := range known {
		names = append(names, name)
	}
	slices.Sort(names)
	for name, values := range given {
		to, ok := known[name]
		if !ok {
			return &Misuse{fmt.Sprintf("%q after the ? of the target is not known; there are %s", name, strings.Join(names, " and "))}
		}
		*to = values[len(values)-1]
	}
	return nil
}
