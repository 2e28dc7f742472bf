package hosting_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"outturn/internal/hosting"
)

// served is a site in small: a file of each kind, and a snapshot.
var served = map[string]string{
	"index.html":                                  "<p>home",
	"404.html":                                    "<p>not here",
	"early-help/index.html":                       "<p>" + strings.Repeat("early help ", 500),
	"early-help/2017-01/contacts.html":            "<p>contacts",
	"early-help/indicators/3.2.csv":               "period,value\n",
	"early-help/indicators/3.2.csv-metadata.json": "{}",
	"api/early-help/2017-01.json":                 "{}",
	"feed.xml":                                    "<feed/>",
	"sitemap.xml":                                 "<urlset/>",
	"robots.txt":                                  "User-agent: *\n",
	"files/definitions.csv":                       "a,b\n",
	"files/paper.pdf":                             "%PDF-1.4",
	"files/photo.png":                             "\x89PNG",
	"assets/site.3f9a12cd.css":                    strings.Repeat("p{margin:0}", 500),
	"assets/favicon.3f9a12cd.svg":                 "<svg/>",
	"archive/2016-17-q3/index.html":               "<p>frozen",
	"archive/2016-17-q3/assets/site.3f9a12cd.css": "p{}",
	".outturn/manifest.json":                      "{}",
	".well-known/security.txt":                    "Contact: mailto:x@anytown.example\n",
}

// webServer starts a web server with a settings file of docs/hosting, edited
// as its comments ask for; "" where it is not installed.
type webServer struct {
	name    string
	program []string // where it may be
	debian  string   // package
	start   func(t *testing.T, program, settings, root, dir string, port int) *exec.Cmd
	gzips   bool
}

var webServers = []webServer{
	{"nginx", []string{"nginx", "/usr/sbin/nginx"}, "nginx-light", func(t *testing.T, program, settings, root, dir string, port int) *exec.Cmd {
		site := edit(t, settings,
			"listen 80;", fmt.Sprintf("listen 127.0.0.1:%d;", port),
			"/srv/performance/current;", root+";")
		conf := fmt.Sprintf("daemon off;\npid %s/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n", dir)
		for _, temp := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
			conf += fmt.Sprintf("%s_temp_path %s/%s;\n", temp, dir, temp)
		}
		lay(t, dir, "nginx.conf", conf+site+"}\n")
		return exec.Command(program, "-c", filepath.Join(dir, "nginx.conf"), "-p", dir)
	}, true},
	{"Caddy", []string{"caddy"}, "caddy", func(t *testing.T, program, settings, root, dir string, port int) *exec.Cmd {
		site := edit(t, settings,
			"performance.example.gov.uk {", fmt.Sprintf("http://127.0.0.1:%d {", port),
			"/srv/performance/current", root)
		lay(t, dir, "Caddyfile", "{\n\tadmin off\n\tauto_https off\n}\n"+site)
		cmd := exec.Command(program, "run", "--config", filepath.Join(dir, "Caddyfile"), "--adapter", "caddyfile")
		cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
		return cmd
	}, true},
	{"Apache", []string{"apache2", "/usr/sbin/apache2"}, "apache2", func(t *testing.T, program, settings, root, dir string, port int) *exec.Cmd {
		lay(t, filepath.Dir(root), ".htaccess", settings)
		conf := fmt.Sprintf("ServerRoot %s\nPidFile %s/pid\nErrorLog /dev/stderr\nListen 127.0.0.1:%d\nServerName localhost\nDocumentRoot %s\nTypesConfig /dev/null\n", dir, dir, port, root)
		for _, module := range []string{"mpm_event", "authz_core", "mime", "dir", "headers", "alias", "deflate", "filter", "setenvif"} {
			conf += fmt.Sprintf("LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so\n", module, module)
		}
		conf += fmt.Sprintf("Mutex file:%s default\n<Directory %s>\nAllowOverride All\nRequire all granted\n</Directory>\n", dir, filepath.Dir(root))
		if os.Geteuid() == 0 {
			conf += "User www-data\nGroup www-data\n"
		}
		lay(t, dir, "apache.conf", conf)
		return exec.Command(program, "-X", "-f", filepath.Join(dir, "apache.conf"))
	}, true},
}

func edit(t *testing.T, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(text, pairs[i]) != 1 {
			t.Fatalf("%q stands %d times in the settings", pairs[i], strings.Count(text, pairs[i]))
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

func lay(t *testing.T, dir, name, content string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// readable is a folder that a server's own account may read; t.TempDir is not.
func readable(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "hosting")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestRealServersSayWhatTheTableSays(t *testing.T) {
	files := map[string]string{"nginx": "nginx.conf", "Caddy": "Caddyfile", "Apache": ".htaccess"}
	for _, s := range webServers {
		for _, under := range []string{"", "performance/figures/"} {
			name := s.name
			if under != "" {
				name += " under a sub-path"
			}
			t.Run(name, func(t *testing.T) {
				settings := settings[files[s.name]]()
				root := filepath.Join(readable(t), "current")
				for file, content := range served {
					lay(t, root, under+file, content)
				}
				if under != "" {
					old := map[string]string{"nginx": "=404 /404.html;", "Caddy": "rewrite * /404.html", "Apache": "ErrorDocument 404 /404.html"}[s.name]
					settings = edit(t, settings, old, strings.Replace(old, "/404", "/"+under+"404", 1))
				}
				address := s.run(t, settings, root)
				inspect(t, address+under, s)
			})
		}
	}
}

// run starts the server, and gives its address once it answers.
func (s webServer) run(t *testing.T, settings, root string) string {
	t.Helper()
	program := ""
	for _, name := range s.program {
		if found, err := exec.LookPath(name); err == nil && program == "" {
			program = found
		}
	}
	if program == "" {
		why := s.name + " is not installed (Debian: " + s.debian + "), so its settings in docs/hosting were not tried"
		if os.Getenv("CI") == "true" {
			t.Fatal(why)
		}
		t.Skip(why)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	cmd := s.start(t, program, settings, root, readable(t), port)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt) // nginx ends its workers then
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			_ = cmd.Process.Kill()
			<-ended
		}
		if t.Failed() {
			t.Logf("it said:\n%s", &said)
		}
	})
	address := fmt.Sprintf("http://127.0.0.1:%d/", port)
	for range 100 {
		if answer, err := http.Get(address); err == nil {
			answer.Body.Close()
			return address
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s does not answer:\n%s", s.name, &said)
	return ""
}

// fetch asks for a page, as it is or compressed.
func fetch(t *testing.T, address, encoding string) (*http.Response, string) {
	t.Helper()
	ask, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	ask.Header.Set("Accept-Encoding", encoding) // or the client would unpack it in silence
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body := io.Reader(answer.Body)
	if answer.Header.Get("Content-Encoding") == "gzip" {
		if body, err = gzip.NewReader(body); err != nil {
			t.Fatal(err)
		}
	}
	content, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(content)
}

func inspect(t *testing.T, address string, s webServer) {
	for name, content := range served {
		answer, got := fetch(t, address+name, "identity")
		want := hosting.Of(name)
		if strings.HasPrefix(name, ".outturn/") {
			if answer.StatusCode != http.StatusNotFound {
				t.Errorf("%s: status %d", name, answer.StatusCode)
			}
			continue
		}
		if answer.StatusCode != http.StatusOK || got != content {
			t.Errorf("%s: status %d, %q", name, answer.StatusCode, got)
			continue
		}
		if got := answer.Header.Get("Content-Type"); plain(got) != plain(want.ContentType) {
			t.Errorf("%s: Content-Type %q, wanted %q", name, got, want.ContentType)
		}
		if got := answer.Header.Values("Cache-Control"); !slices.Equal(got, []string{want.CacheControl}) {
			t.Errorf("%s: Cache-Control %q, wanted %q", name, got, want.CacheControl)
		}
		if answer.Header.Get("ETag") == "" && answer.Header.Get("Last-Modified") == "" {
			t.Errorf("%s: a copy cannot be asked about", name)
		}
		isData := strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".json")
		if got := answer.Header.Get("Access-Control-Allow-Origin"); (got == "*") != isData {
			t.Errorf("%s: Access-Control-Allow-Origin %q", name, got)
		}
		safe(t, name, answer)
	}
	for _, name := range []string{"", "early-help/"} {
		answer, got := fetch(t, address+name, "identity")
		if answer.StatusCode != http.StatusOK || got != served[name+"index.html"] || plain(answer.Header.Get("Content-Type")) != "text/html;charset=utf-8" ||
			answer.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("/%s: status %d, %v", name, answer.StatusCode, answer.Header)
		}
		safe(t, "/"+name, answer)
	}
	for _, name := range []string{"nothing.html", "early-help/nothing.csv", "assets/old.3f9a12cd.css"} {
		answer, got := fetch(t, address+name, "identity")
		if answer.StatusCode != http.StatusNotFound || got != served["404.html"] {
			t.Errorf("%s: status %d, %q", name, answer.StatusCode, got)
		}
		if got := answer.Header.Get("Content-Type"); plain(got) != "text/html;charset=utf-8" {
			t.Errorf("%s: the page not found is %q", name, got)
		}
		if strings.Contains(answer.Header.Get("Cache-Control"), "max-age") {
			t.Errorf("%s: that there is nothing is kept: %q", name, answer.Header.Get("Cache-Control"))
		}
		safe(t, name, answer)
	}
	if answer, _ := fetch(t, address+"early-help", "identity"); answer.StatusCode/100 != 3 || !strings.HasSuffix(answer.Header.Get("Location"), "early-help/") {
		t.Errorf("early-help: status %d, %s", answer.StatusCode, answer.Header.Get("Location"))
	}
	if answer, _ := fetch(t, address+"early-help/../../../../etc/passwd", "identity"); answer.StatusCode == http.StatusOK {
		t.Error("it leaves its root")
	}
	for _, name := range []string{"early-help/index.html", "assets/site.3f9a12cd.css"} {
		answer, got := fetch(t, address+name, "gzip")
		if answer.Header.Get("Content-Encoding") != "gzip" || got != served[name] || !strings.Contains(answer.Header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s is not compressed: %v", name, answer.Header)
		}
	}
}

// safe holds an answer against the headers that each one must have, once.
func safe(t *testing.T, name string, answer *http.Response) {
	t.Helper()
	for header, want := range map[string]string{
		"Content-Security-Policy": hosting.Policy, "X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "strict-origin-when-cross-origin", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := answer.Header.Values(header); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %s is %q", name, header, got)
		}
	}
	if got := answer.Header.Get("Permissions-Policy"); !strings.Contains(got, "camera=()") {
		t.Errorf("%s: Permissions-Policy is %q", name, got)
	}
}

// plain is a type without what makes no difference in it.
func plain(contentType string) string {
	parts := strings.Split(strings.ToLower(strings.NewReplacer(" ", "", `"`, "").Replace(contentType)), ";")
	slices.Sort(parts[1:])
	return strings.Join(parts, ";")
}
