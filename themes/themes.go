// Package themes embeds the default theme, so that a site without a themes/
// folder can be built.
package themes

import "embed"

// FS holds the theme's folder, civic.
//
//go:embed all:civic
var FS embed.FS
