// Command outturn turns a council's monthly CSV figures and Markdown commentary
// into its public website of performance reports.
//
//	outturn build     build the site into public/
//	outturn serve     preview it while it is written
//	outturn check     list every finding in data and commentary
//	outturn explain   say how a figure was rated, step by step
//	outturn draft     write a first draft of a month's commentary
//	outturn publish   put the built site where it is served
//	outturn archive   freeze a quarter, verify it, say what changed since
//
// Exit status: 0 done; 1 errors in the inputs, nothing written; 2 wrong usage;
// 3 the machine failed.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/alecthomas/kong"

	"outturn/internal/period"
)

// Exit statuses (contract, section 7).
const (
	done         = 0
	inputErrors  = 1
	wrongUsage   = 2
	machineFault = 3
)

type commands struct {
	Site    string           `help:"The site's folder." default:"." placeholder:"DIR"`
	Version kong.VersionFlag `help:"Print the version."`

	Build   buildCommand   `cmd:"" help:"Build the site."`
	Serve   serveCommand   `cmd:"" help:"Preview the site: rebuild on save, bring the browser up to date."`
	Check   checkCommand   `cmd:"" help:"List every finding in data and commentary."`
	Explain explainCommand `cmd:"" help:"Say how a figure was rated, step by step."`
	Draft   draftCommand   `cmd:"" help:"Write a first draft of a month's commentary."`
	Archive archiveCommand `cmd:"" help:"Quarterly snapshots: make, verify, list, compare and withdraw them."`
	Publish publishCommand `cmd:"" help:"Put the built site where it is served."`
}

// terminal is where a command prints, and what it knows of the world outside
// its arguments.
type terminal struct {
	out, err io.Writer
	site     string
}

// usage is wrong usage: exit status 2.
type usage struct{ error }

// errInputs is an end with findings that were already printed: exit status 1.
var errInputs = errors.New("errors in the inputs")

// version is set by the linker: -ldflags "-X main.version=…".
var version = "dev"

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is main without the process: what testscript calls.
func run(args []string, stdout, stderr io.Writer) (status int) {
	var c commands
	parser, err := kong.New(&c,
		kong.Name("outturn"),
		kong.Description("A council's monthly figures and commentary as its public website of performance reports."),
		kong.UsageOnError(),
		kong.Vars{"version": version},
		kong.Writers(stdout, stderr),
		// --help and --version end the command, not the process.
		kong.Exit(func(code int) { panic(exit(code)) }),
	)
	if err != nil {
		fmt.Fprintln(stderr, "outturn:", err)
		return machineFault
	}
	defer func() {
		if p := recover(); p != nil {
			code, ok := p.(exit)
			if !ok {
				fmt.Fprintf(stderr, "outturn: this is a fault of the program, not of your files: %v\n", p)
				fmt.Fprintln(stderr, "  mend: tell who looks after outturn, with the command and this line; nothing was changed")
				code = machineFault
			}
			status = int(code)
		}
	}()
	ctx, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(stderr, "outturn:", err)
		fmt.Fprintln(stderr, "  mend: outturn --help lists the commands and their words")
		return wrongUsage
	}
	err = ctx.Run(&terminal{out: stdout, err: stderr, site: c.Site})
	var wrong usage
	switch {
	case err == nil:
		return done
	case errors.Is(err, errInputs):
		return inputErrors
	case errors.As(err, &wrong):
		fmt.Fprintln(stderr, "outturn:", err)
		return wrongUsage
	}
	fmt.Fprintln(stderr, "outturn:", err)
	return machineFault
}

type exit int

// lastSecond is that of the year 9999: a date has four figures for its year.
const lastSecond = 253402300799

// today is the day by which publish_on is judged: --today, else
// SOURCE_DATE_EPOCH (reproducible-builds.org, version 1.1), else the machine's
// date. Nothing else in the program reads a clock for what it writes.
func today(flag string) (period.Date, error) {
	if flag != "" {
		d, err := period.ParseDate(flag)
		if err != nil {
			return 0, usage{fmt.Errorf("--today %s is not a date; write it as 2017-03-22", strconv.Quote(flag))}
		}
		return d, nil
	}
	now, err := clock()
	if err != nil {
		return 0, err
	}
	return period.NewDate(now.Year(), int(now.Month()), now.Day()), nil
}

// clock is the moment of a run: SOURCE_DATE_EPOCH, else the machine's time.
func clock() (time.Time, error) {
	epoch := os.Getenv("SOURCE_DATE_EPOCH")
	if epoch == "" {
		return time.Now(), nil
	}
	n, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil || n < 0 || n > lastSecond {
		return time.Time{}, usage{fmt.Errorf("SOURCE_DATE_EPOCH %s is not a number of seconds since 1970", strconv.Quote(epoch))}
	}
	return time.Unix(n, 0).UTC(), nil
}

// asAt reads --as-at.
func asAt(flag string) (period.Month, error) {
	if flag == "" {
		return 0, nil
	}
	m, err := period.ParseMonth(flag)
	if err != nil {
		return 0, usage{fmt.Errorf("--as-at %s is not a month; write it as 2017-01", strconv.Quote(flag))}
	}
	return m, nil
}
