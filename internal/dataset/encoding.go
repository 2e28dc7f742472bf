package dataset

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"outturn/internal/diag"
)

// decode turns a file's bytes into text with LF line ends. The rule is fixed,
// never a guess by frequency (contract, section 2): a byte order mark decides,
// else valid UTF-8 is UTF-8, else the file is Windows-1252 and says so in a
// warning. The second result is false where nothing can be read.
func decode(file string, raw []byte, problems *diag.List) (string, bool) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")):
		raw = raw[3:]
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		return decodeUTF16(file, raw[2:], false, problems)
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return decodeUTF16(file, raw[2:], true, problems)
	}
	if at := bytes.IndexByte(raw, 0); at >= 0 {
		p := problems.Errorf(byteAt(file, raw, at), "bad-encoding",
			"the file holds a NUL byte: it is not text")
		p.Hint = "save it from the spreadsheet as “CSV UTF-8 (comma delimited)”"
		return "", false
	}
	if utf8.Valid(raw) {
		return plainLines(string(raw)), true
	}
	// The five bytes that Windows-1252 leaves undefined prove that it is
	// neither; x/text would turn them into C1 controls without a word.
	for at, b := range raw {
		switch b {
		case 0x81, 0x8D, 0x8F, 0x90, 0x9D:
			p := problems.Errorf(byteAt(file, raw, at), "bad-encoding",
				"byte %02X is neither UTF-8 nor Windows-1252", b)
			p.Hint = "save it from the spreadsheet as “CSV UTF-8 (comma delimited)”"
			return "", false
		}
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		problems.Errorf(diag.Place{File: file}, "bad-encoding", "the file cannot be read as Windows-1252: %v", err)
		return "", false
	}
	at := firstInvalid(raw)
	p := problems.Warnf(byteAt(file, raw, at), "ambiguous-encoding",
		"the file is not UTF-8; it was read as Windows-1252")
	p.Hint = "check that “" + around(string(text), len(decodedBefore(raw, at))) + "” reads right, and save the file as “CSV UTF-8 (comma delimited)”"
	return plainLines(string(text)), true
}

// plainLines makes every line end LF: an old spreadsheet writes CR alone. A byte
// order mark that was put before another says nothing more.
func plainLines(text string) string {
	text = strings.TrimLeft(text, "\uFEFF")
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

func decodeUTF16(file string, raw []byte, bigEndian bool, problems *diag.List) (string, bool) {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		a, b := uint16(raw[2*i]), uint16(raw[2*i+1])
		if bigEndian {
			a, b = b, a
		}
		units[i] = b<<8 | a
	}
	runes := utf16.Decode(units)
	line, column := 1, 1
	bad := func(message string) (string, bool) {
		p := problems.Errorf(diag.Place{File: file, Line: line, Column: column}, "bad-encoding", "%s", message)
		p.Hint = "save it from the spreadsheet as “CSV UTF-8 (comma delimited)”"
		return "", false
	}
	for _, r := range runes {
		switch r {
		case 0:
			return bad("the file holds a NUL character: it is not text")
		case utf8.RuneError:
			return bad("the file begins as UTF-16 but is not: a character is broken")
		case '\n':
			line, column = line+1, 1
			continue
		}
		column++
	}
	if len(raw)%2 != 0 {
		return bad("the file begins as UTF-16 but ends within a character")
	}
	return plainLines(string(runes)), true
}

// firstInvalid is the offset of the first byte that is not UTF-8.
func firstInvalid(raw []byte) int {
	for at := 0; at < len(raw); {
		r, n := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
	return len(raw)
}

// byteAt is the place of a byte in a file of one-byte characters or of UTF-8
// up to that byte; a line ends at LF, CRLF or CR.
func byteAt(file string, raw []byte, at int) diag.Place {
	before := plainLines(string(raw[:at]))
	line := 1 + strings.Count(before, "\n")
	last := before[strings.LastIndexByte(before, '\n')+1:]
	return diag.Place{File: file, Line: line, Column: 1 + utf8.RuneCountInString(last)}
}

func decodedBefore(raw []byte, at int) string {
	text, _ := charmap.Windows1252.NewDecoder().Bytes(raw[:at])
	return string(text)
}

// around is the word about a byte offset of text, for the officer to judge.
func around(text string, at int) string {
	ends := func(r rune) bool { return r == ',' || r == '"' || r == '\n' || r == '\r' || r == ' ' || r == ';' }
	from := strings.LastIndexFunc(text[:at], ends) + 1
	to := strings.IndexFunc(text[at:], ends)
	if to < 0 {
		to = len(text) - at
	}
	word := []rune(text[from : at+to])
	if len(word) > 30 {
		word = word[:30]
	}
	return string(word)
}
