// Package deliver puts a built site where it is served, so that no reader meets
// a half of it: a page is whole, old or new, and what it links to is there.
//
// A target is one of three (see [Parse]):
//
//	/srv/performance                        a folder, which a web server serves
//	sftp://user@host/var/www/performance    a folder on another machine
//	s3://bucket/prefix?endpoint=…&region=…  object storage
//
// # A folder
//
// Each release is a folder of its own and is complete before anybody sees it;
// the link current is then exchanged in one rename. The web server's root is
// TARGET/current.
//
//	TARGET/
//	    current -> releases/20170322T093000Z-1a2b3c4d5e6f
//	    releases/20170322T093000Z-1a2b3c4d5e6f/         the site
//	    releases/20170322T093000Z-1a2b3c4d5e6f.json     what it holds, and the release before it
//	    releases.json                                   the log of releases
//	    publishing                                      held during a delivery
//
// A file that did not change is a hard link to that of the release before, so
// a release costs what changed. Every file of the release that is public is read
// and hashed before: a byte that changed on the disk is not handed on. What stands in
// releases/ under a name that is not of this form is another's, and left alone.
// [Folder.LookBack] finds the way back by one, but never to a release that is no
// longer as it was published, or that has what was taken back since.
//
// # Object storage, and a folder on another machine
//
// There one file can be replaced in one step, and no more. So the order makes it
// safe: what pages link to first (assets, data, attachments), then pages that
// are new (nothing leads to them yet), then pages that changed, then the home
// page, feed and sitemap; what the site no longer has is removed last, when
// nothing leads to it any more. Whenever the process dies a reader who comes in
// by the home page meets whole pages and no broken link.
//
// What the target holds is known from a record that is kept there, under
// .outturn/, as far as a listing of the target bears it out: each file has a
// tag (the ETag of object storage; the time of a file) that is compared.
//
//	.outturn/manifest.json       path, size, SHA-256 and tag of every file
//	.outturn/sent-000001.json    the same of files that a delivery under way has sent
//	.outturn/releases.json       the log of releases
//	.outturn/publishing.json     held during a delivery
//
// A delivery first takes out of the manifest what it is about to change, and
// names all that it is about to send. So after a death the next one knows what
// is there, what it must send again, and what is ours to remove. A file that is in
// no record of ours is neither replaced nor removed, unless Options.TakeOver says so.
// No record names the target: some hosts show to anybody what lies in .outturn/.
//
// One delivery at a time writes there: another is refused, and where the one that
// holds the place has died the next waits for forty seconds of its silence.
//
// # What it will not do
//
// Deliver what was not built: every byte is held against the manifest of the
// build. Change a frozen snapshot that is already public.
package deliver

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"time"
)

// Target is a place that a site can be delivered to.
type Target interface {
	// Look compares the site with what is there. It changes nothing. The
	// Delivery is to be closed.
	Look(ctx context.Context, site *Site, opt Options) (*Delivery, error)
	String() string // as a log may name it: no secrets
}

// Options of a delivery.
type Options struct {
	// Withdrawn are the snapshots (archive/<id>) that may change: they were
	// withdrawn, and their pages now say so.
	Withdrawn []string
	// Hidden, where it is not nil, tells a page or file that the site has and holds
	// back now, such as a report that became exempt. A folder's release that has one is
	// neither come back to nor kept.
	Hidden func(name string) bool
	// TakeOver treats the files of a target that holds no record of ours as
	// ours, so that they may be replaced and removed.
	TakeOver bool
	// MaxRemovals limits what may be removed; the zero value is the default.
	MaxRemovals Limit
	// Waiting, where it is not nil, is told before a delivery waits so long to see
	// whether another, at work at the same target or dead, goes on.
	Waiting func(time.Duration)
	// Keep is how many releases a folder keeps, the new one included; 0 is
	// DefaultKeep. One that has a withdrawn snapshot in full, or what is Hidden, is
	// never kept.
	Keep int
}

// DefaultKeep is how many releases a folder keeps: a month's, with those of
// the corrections that may follow it.
const DefaultKeep = 5

// Delivery is what there is to do at a target.
type Delivery struct {
	Plan
	target Target
	site   *Site
	public distant
	carry  func(ctx context.Context, r Release, progress func(done, total int)) (Result, error)
	close  func() error
}

// Public is the site that readers of the target have now: the SHA-256 of each
// file as far as it is known, and the files themselves.
func (d *Delivery) Public() (fs.FS, map[string][sha256.Size]byte) {
	return d.public, d.public.sums
}

// Close ends the connection.
func (d *Delivery) Close() error {
	if d.close == nil {
		return nil
	}
	return d.close()
}

// Carry does what the plan says. The release needs its Time and Day; Fill
// says the rest. It is refused where the plan has a Refusal. Where it fails every
// page at the target is whole, and carrying a new delivery completes it.
// progress, where it is not nil, is told how many files were sent or removed;
// the calls do not overlap.
func (d *Delivery) Carry(ctx context.Context, r Release, progress func(done, total int)) (Result, error) {
	if err := d.Refusal(); err != nil {
		return Result{}, err
	}
	return d.carry(ctx, d.Fill(r), progress)
}

// Fill says of a release what the site and the plan say; its Time and Day stay.
func (d *Delivery) Fill(r Release) Release {
	r.Target, r.Digest, r.Files, r.Bytes = d.target.String(), d.site.Digest(), len(d.site.files), d.site.Bytes()
	r.Added, r.Changed, r.Removed = d.Count(Add), d.Count(Change), d.Count(Remove)
	return r
}

// Result says what a delivery did.
type Result struct {
	Sent, Removed, Unchanged int   // files
	Bytes                    int64 // of the files sent
	// Release is what stands at the target now.
	Release Release
	// Cleared is how many earlier releases were removed from a folder because they
	// had what was taken back since.
	Cleared int
	// Fresh is true where nothing had to be done: no release was made.
	Fresh bool
}

// Release is one line of the log of releases.
type Release struct {
	Time     time.Time `json:"time"`               // when it was carried out
	Day      string    `json:"day"`                // by which publish_on was judged, 2017-03-22
	Target   string    `json:"target,omitempty"`   // never in what is kept at the target itself
	Name     string    `json:"release,omitempty"`  // the folder in releases/
	Before   string    `json:"before,omitempty"`   // the folder of the release before it
	Digest   string    `json:"digest"`             // of the whole site, see Site.Digest
	Files    int       `json:"files"`              // of the whole site
	Bytes    int64     `json:"bytes"`              // of the whole site
	Added    int       `json:"added"`              // files by this release, as are
	Changed  int       `json:"changed"`            //
	Removed  int       `json:"removed"`            //
	Rollback bool      `json:"rollback,omitempty"` // the site is that of an earlier release
}

// Refusal says why nothing was delivered, and what would help. Nothing was
// touched.
type Refusal struct {
	Why  string
	Mend string
}

func (r *Refusal) Error() string { return r.Why + "\n  mend: " + r.Mend }

// Misuse is a target that cannot be one as it is written.
type Misuse struct{ Why string }

func (m *Misuse) Error() string { return m.Why }

func refuse(mend, format string, args ...any) error {
	return &Refusal{Why: fmt.Sprintf(format, args...), Mend: mend}
}

// shut closes what is only read or already given up: its error changes nothing.
func shut(c io.Closer) { _ = c.Close() }
