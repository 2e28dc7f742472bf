//go:build !linux

package publish

import "errors"

func exchangeNames(a, b string) error { return errors.ErrUnsupported }
