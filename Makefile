# The only front door. "make help" lists what it does.
#
# Needs Go and make; "make test" also Node (axe-core and the HTML checker come
# from npm, pinned by a lock file) and, on Debian as root, installs the browser
# itself. Where there is no apt, the browser tests are skipped and say so,
# unless CI=true.

GO         ?= go
VERSION    := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
BUILD      := $(GO) build -buildvcs=false -trimpath -ldflags "-X main.version=$(VERSION)"
# The race detector needs a C compiler.
RACE       := $(shell test "$$($(GO) env CGO_ENABLED)" = 1 && echo -race)
# These judge and draw, and touch nothing outside their arguments; their tests are quick.
PURE       := ./internal/diag ./internal/period ./internal/quantity ./internal/score ./internal/chart ./internal/theme
# The packages with benchmarks; internal/browsertest is a module of its own.
BENCHED     = $(shell grep -rl '^func Benchmark' --include='*_test.go' --exclude-dir=browsertest cmd internal | xargs -n 1 dirname | sort -u | sed 's|^|./|')
STATICCHECK = $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: site program test check format vet tools servers browser bench screenshots clean help

site: program ## build the program and, with it, the site into public/
	bin/outturn build

program:
	$(BUILD) -o bin/outturn ./cmd/outturn

test: format vet servers ## run everything: format, vet, all tests, the browser tests, HTML validity
	$(GO) test $(RACE) -skip '^TestKilled' ./internal/...
	$(GO) test -run '^TestKilled' ./internal/... # a process that is killed a few hundred times races nothing
	$(GO) test ./cmd/... ./themes/...
	$(MAKE) --no-print-directory browser

check: format vet ## what every commit must pass, in under a minute once compiled
	$(STATICCHECK) ./...
	cd internal/browsertest && $(STATICCHECK) ./...
	$(GO) test $(RACE) $(PURE) ./internal
	$(GO) mod tidy -diff
	cd internal/browsertest && $(GO) mod tidy -diff

format:
	@unformatted=$$(gofmt -l cmd internal themes) && test -z "$$unformatted" || { echo "gofmt would change:"; echo "$$unformatted"; exit 1; }

vet:
	$(GO) vet ./...
	cd internal/browsertest && $(GO) vet ./...

tools: ## install what the browser tests need (Debian, as root), and what npm brings
	internal/browsertest/tools.sh

servers: ## install the servers that publishing is tried against (Debian, as root)
	internal/hosting/tools.sh

browser: tools ## open the built site in a browser and test what readers count on
	cd internal/browsertest && $(GO) test -count=1 .

bench: program ## measure: the packages with benchmarks and the preview in a browser, on the sample and a national site; then builds of 1, 10 and 153 scorecards, in memory and on a disk (DISK=folder), beside cp -r (HUGO=path times Hugo too)
	nation=$$(mktemp -d) && trap 'rm -rf "$$nation"' EXIT && $(GO) run ./cmd/nation write "$$nation" && export OUTTURN_NATION="$$nation" && \
	$(GO) test -run '^$$' -bench . -benchmem $(BENCHED) && \
	cd internal/browsertest && $(GO) test -run '^$$' -bench . -benchtime 40x
	$(GO) run ./cmd/nation bench --program bin/outturn $(if $(DISK),--disk "$(DISK)") $(if $(HUGO),--hugo "$(HUGO)")

screenshots: tools ## take the pictures of the README anew, from a fresh build
	cd internal/browsertest && $(GO) run ./screenshots

clean: ## remove what can be made again
	rm -rf bin .public.outturn internal/browsertest/node_modules
	find public -mindepth 1 ! -name .gitkeep -delete

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
