package hosting

import (
	"fmt"
	"slices"
	"strings"
)

// Netlify is the file _headers, which Netlify and Cloudflare Pages read at a
// site's root. There a header that two rules set has both values, so no path
// may be told its copies twice: the rest is left to the hosts, which ask for
// every page whether it is the newest, as we do.
func Netlify() string {
	var b strings.Builder
	b.WriteString(note("#", "Netlify, Cloudflare Pages: outturn publish --headers puts it at the site's root"))
	b.WriteString("\n/*\n")
	for _, h := range everywhere {
		fmt.Fprintf(&b, "  %s: %s\n", h.name, h.value)
	}
	// The paths of copies as near as these hosts can write them: styles and scripts
	// have their fingerprint; the list of snapshots is taken with the snapshots.
	for _, path := range []string{"/assets/*.css", "/assets/*.js"} {
		fmt.Fprintf(&b, "\n%s\n  Cache-Control: %s\n", path, copies[1].control)
	}
	fmt.Fprintf(&b, "\n/archive/*\n  Cache-Control: %s\n", copies[0].control)
	b.WriteString("\n/*.csv\n  Access-Control-Allow-Origin: *\n")
	b.WriteString("\n/*.json\n  Access-Control-Allow-Origin: *\n")
	fmt.Fprintf(&b, "\n/*.csv-metadata.json\n  Content-Type: %s\n", Of("x.csv-metadata.json").ContentType)
	return b.String()
}

// Nginx is a server for nginx 1.18 and later.
func Nginx() string {
	var b strings.Builder
	b.WriteString(note("#", "nginx: in /etc/nginx/conf.d/, or sites-enabled/"))
	b.WriteString("\n# For how long a copy is good.\nmap $uri $outturn_copies {\n")
	fmt.Fprintf(&b, "    default %q;\n", fresh)
	for _, c := range copies {
		fmt.Fprintf(&b, "    \"~%s\" %q;\n", c.path, c.control)
	}
	b.WriteString("}\n\n# Open data may be read by any page in the world.\nmap $uri $outturn_open {\n    default \"\";\n")
	fmt.Fprintf(&b, "    \"~%s\" \"*\";\n}\n", open)
	b.WriteString(`
server {
    listen 80;
    server_name performance.example.gov.uk;
    root /srv/performance/current;  # of outturn publish /srv/performance
    index index.html;
    etag on;
    server_tokens off;

    # A page not found answers as such, with the site's own page.
    error_page 404 403 =404 /404.html;  # a site under a sub-path: /sub-path/404.html

`)
	for _, h := range everywhere {
		fmt.Fprintf(&b, "    add_header %s %q always;\n", h.name, h.value)
	}
	b.WriteString("    add_header Cache-Control $outturn_copies;\n    add_header Access-Control-Allow-Origin $outturn_open;\n\n    types {\n")
	var special, texts, shrink []string
	for _, t := range kinds {
		// nginx knows the types of text by this, and says the encoding itself.
		name := strings.Replace(t.contentType, "; charset=utf-8", "", 1)
		if quoted := fmt.Sprintf("%q", name); name != "text/html" { // which it always has in these lists
			if name != t.contentType {
				texts = append(texts, quoted)
			}
			if t.text {
				shrink = append(shrink, quoted)
			}
		}
		ext, plain := extension(t.path)
		if !plain {
			special = append(special, fmt.Sprintf("    location ~ \"%s\" {\n        types { }\n        default_type %q;\n    }\n", t.path, name))
			continue
		}
		fmt.Fprintf(&b, "        %q %s;\n", name, strings.Join(ext, " "))
	}
	fmt.Fprintf(&b, "    }\n    default_type %s;\n    charset utf-8;\n    charset_types %s;\n\n", Of("").ContentType, strings.Join(texts, " "))
	b.WriteString(strings.Join(special, ""))
	b.WriteString(`    location ~ "/\.(?!well-known/)" {
        return 404;  # what publish keeps at the target, and what others hide
    }

    gzip on;
    gzip_vary on;
    gzip_min_length 1000;
    gzip_proxied any;
`)
	fmt.Fprintf(&b, "    gzip_types %s;\n", strings.Join(shrink, " "))
	b.WriteString(`    # With the module libnginx-mod-http-brotli-filter also: brotli on; brotli_types as above.
}
`)
	return b.String()
}

// Caddyfile is a site for Caddy 2.
func Caddyfile() string {
	var b strings.Builder
	b.WriteString(note("#", "Caddy 2: /etc/caddy/Caddyfile"))
	b.WriteString("\n(outturn_everywhere) {\n\theader {\n")
	for _, h := range everywhere {
		fmt.Fprintf(&b, "\t\t%s %q\n", h.name, h.value)
	}
	b.WriteString(`	}
}

performance.example.gov.uk {
	root * /srv/performance/current
	encode zstd gzip

	# For how long a copy is good, and of which type a file is.
	map {path} {outturn_copies} {
`)
	for _, c := range copies {
		fmt.Fprintf(&b, "\t\t~%s %q\n", c.path, c.control)
	}
	fmt.Fprintf(&b, "\t\tdefault %q\n\t}\n\tmap {path} {outturn_type} {\n", fresh)
	for _, t := range kinds {
		fmt.Fprintf(&b, "\t\t~%s %q\n", t.path, t.contentType)
	}
	fmt.Fprintf(&b, "\t\tdefault %q\n\t}\n", Of("").ContentType)
	fmt.Fprintf(&b, `
	import outturn_everywhere
	@found file {path} {path}/index.html
	@page file {path}/index.html
	@data path_regexp %s
	@hidden {
		path */.*
		not path */.well-known/*
	}

	route {
		error @hidden 404
		header @found Cache-Control {outturn_copies}
		header @found Content-Type {outturn_type}
		header @page Content-Type "text/html; charset=utf-8"
		header @data Access-Control-Allow-Origin *
		file_server
	}

	handle_errors {
		import outturn_everywhere
		rewrite * /404.html # a site under a sub-path: /sub-path/404.html
		header Content-Type "text/html; charset=utf-8"
		file_server
	}
}
`, open)
	return b.String()
}

// Apache is an .htaccess for Apache 2.4.
func Apache() string {
	var b strings.Builder
	b.WriteString(note("#", "Apache 2.4: as .htaccess in the folder above current/, or in the site's root\n# where publish sends it by SFTP (publish leaves it alone), or inside <Directory>"))
	b.WriteString(`
Options -Indexes +FollowSymLinks
DirectoryIndex index.html
ErrorDocument 404 /404.html
AddDefaultCharset off
FileETag MTime Size

# What publish keeps at the target, and what others hide.
RedirectMatch 404 "/\.(?!well-known/)"

`)
	for _, t := range slices.Backward(kinds) { // of two that fit the later counts
		ext, plain := extension(t.path)
		if plain {
			fmt.Fprintf(&b, "AddType \"%s\" %s\n", t.contentType, "."+strings.Join(ext, " ."))
			continue
		}
		fmt.Fprintf(&b, "<If \"%%{REQUEST_URI} =~ m#%s#\">\n    ForceType \"%s\"\n</If>\n", t.path, t.contentType)
	}
	b.WriteString("\n<IfModule mod_headers.c>\n")
	for _, h := range everywhere {
		fmt.Fprintf(&b, "    Header always set %s \"%s\"\n", h.name, h.value)
	}
	b.WriteString("\n    # For how long a copy is good; of two that fit the later counts.\n")
	fmt.Fprintf(&b, "    Header set Cache-Control \"%s\"\n", fresh)
	for _, c := range slices.Backward(copies) {
		fmt.Fprintf(&b, "    Header set Cache-Control \"%s\" \"expr=%%{REQUEST_URI} =~ m#%s#\"\n", c.control, c.path)
	}
	b.WriteString("\n    # Open data may be read by any page in the world.\n")
	fmt.Fprintf(&b, "    Header set Access-Control-Allow-Origin \"*\" \"expr=%%{REQUEST_URI} =~ m#%s#\"\n</IfModule>\n", open)
	types := strings.Join(shrinking(), " ")
	fmt.Fprintf(&b, "\n<IfModule mod_brotli.c>\n    AddOutputFilterByType BROTLI_COMPRESS %s\n</IfModule>\n", types)
	fmt.Fprintf(&b, "<IfModule !mod_brotli.c>\n    <IfModule mod_deflate.c>\n        AddOutputFilterByType DEFLATE %s\n    </IfModule>\n</IfModule>\n", types)
	return b.String()
}

func note(mark, what string) string {
	return fmt.Sprintf("%s %s.\n%s Written by go test ./internal/hosting -update from the table in\n%s internal/hosting; change that, never this.\n", mark, what, mark, mark)
}

// extension reads a path that is a file name's end and no more.
func extension(path string) (ext []string, plain bool) {
	switch path {
	case `\.jpe?g$`:
		return []string{"jpg", "jpeg"}, true
	}
	name, ok := strings.CutPrefix(strings.TrimSuffix(path, "$"), `\.`)
	if !ok || strings.ContainsAny(name, `.-/\?*+[(`) {
		return nil, false
	}
	return []string{name}, true
}

// shrinking are the types that shrink when they are compressed, each once.
func shrinking() (types []string) {
	for _, t := range kinds {
		name, _, _ := strings.Cut(t.contentType, ";")
		if t.text && !slices.Contains(types, name) {
			types = append(types, name)
		}
	}
	return types
}
