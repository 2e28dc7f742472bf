// Command nation measures Outturn at the size of a national publisher. It is
// for those who work on the program and is no part of what is published.
//
//	nation write DIR [--scorecards N …]   write a made-up national site
//	nation bench [--dir DIR] [--hugo PATH] write three sizes of it, build each, and print what it cost
//
// See package nation for what the sites hold.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"outturn/internal/nation"
)

const manual = `Usage:
  nation write DIR [--scorecards N] [--indicators N] [--months N] [--areas N] [--returns N] [--seed N]
  nation bench [--dir DIR] [--disk DIR] [--sizes 1,10,153] [--runs N] [--program PATH] [--hugo PATH] [--keep] [--seed N]
`

// errUsage is a command line that is not understood.
var errUsage = errors.New("usage")

func main() {
	// What a benchmark has written is taken away although it is broken off, by
	// someone or by what set it a time.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

func run(ctx context.Context, args []string, out, progress io.Writer) int {
	err := errUsage
	if len(args) > 0 {
		switch args[0] {
		case "write":
			err = write(args[1:], out, progress)
		case "bench":
			err = bench(ctx, args[1:], out, progress)
		}
	}
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprint(progress, manual)
		return 2
	}
	fmt.Fprintf(progress, "nation: %v\n", err)
	return 1
}

// parse reads flags that may stand before or after the arguments.
func parse(flags *flag.FlagSet, args []string) (rest []string, err error) {
	for {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, errUsage
		}
		if flags.NArg() == 0 {
			return rest, nil
		}
		rest, args = append(rest, flags.Arg(0)), flags.Args()[1:]
	}
}

// sizes defines the flags of a size, the national one unless said.
func sizes(flags *flag.FlagSet) (*nation.Size, *uint64) {
	size := nation.National
	flags.IntVar(&size.Indicators, "indicators", size.Indicators, "indicators of a scorecard that have a page")
	flags.IntVar(&size.Months, "months", size.Months, "months of history")
	flags.IntVar(&size.Areas, "areas", size.Areas, "areas of an authority")
	flags.IntVar(&size.Returns, "returns", size.Returns, "monthly returns of a scorecard")
	return &size, flags.Uint64("seed", 1, "the figures differ by it")
}

func write(args []string, out, progress io.Writer) error {
	flags := flag.NewFlagSet("nation write", flag.ContinueOnError)
	flags.SetOutput(progress)
	size, seed := sizes(flags)
	flags.IntVar(&size.Scorecards, "scorecards", size.Scorecards, "authorities")
	rest, err := parse(flags, args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return errUsage
	}
	if err := nation.Write(rest[0], *size, *seed); err != nil {
		return err
	}
	rows, err := countRows(rest[0])
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "wrote %s: %s, %s rows of returns; build it with --today %s\n", rest[0], plural(size.Scorecards, "scorecard"), grouped(int64(rows)), nation.Today)
	return err
}

// numbers reads sizes, and gives them from the smallest.
func numbers(list string) ([]int, error) {
	var all []int
	for word := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < 1 {
			return nil, fmt.Errorf("--sizes %s: write numbers of scorecards, such as 1,10,153", list)
		}
		all = append(all, n)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}
