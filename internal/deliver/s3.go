package deliver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go/logging"

	"outturn/internal/hosting"
)

// Of the two libraries that everybody uses for object storage this is Amazon's:
// its owner releases it weekly and lives from it, while the other's owner has
// archived the server that it was made for. It brings no module that is not its own.

// bucket is a target in object storage that speaks Amazon's S3.
type bucket struct {
	name, prefix     string // prefix ends with a slash, or is empty
	endpoint, region string // empty: as the vendor's settings say
}

// parseBucket reads s3://bucket/prefix?endpoint=…&region=….
func parseBucket(u *url.URL) (Target, error) {
	b := bucket{name: u.Host, prefix: strings.Trim(path.Clean("/"+u.Path), "/")}
	if b.prefix != "" {
		b.prefix += "/"
	}
	if err := options(u, map[string]*string{"endpoint": &b.endpoint, "region": &b.region}); err != nil {
		return nil, err
	}
	switch {
	case u.User != nil:
		return nil, &Misuse{"a key is never written into the target: the environment has it (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE)"}
	case b.name == "" || u.Port() != "":
		return nil, &Misuse{"the target names no bucket; write it as s3://bucket/prefix"}
	}
	if b.endpoint != "" {
		e, err := url.Parse(b.endpoint)
		if err != nil || e.Scheme != "https" && e.Scheme != "http" || e.Host == "" || e.User != nil {
			return nil, &Misuse{fmt.Sprintf("the endpoint %q is no address; write it as https://s3.example.net", b.endpoint)}
		}
	}
	return b, nil
}

func (b bucket) String() string {
	s := "s3://" + b.name + "/" + b.prefix
	if b.endpoint != "" {
		s += "?endpoint=" + b.endpoint
	}
	return s
}

// Look implements Target.
func (b bucket) Look(ctx context.Context, site *Site, opt Options) (*Delivery, error) {
	o, err := b.open(ctx)
	if err != nil {
		return nil, err
	}
	return look(ctx, b, o, site, opt)
}

// open reads the settings and keys of the environment; nothing is sent yet.
func (b bucket) open(ctx context.Context) (*objects, error) {
	settings := []func(*config.LoadOptions) error{
		// What a busy service refuses is asked for again, within some ten seconds.
		config.WithRetryer(func() aws.Retryer {
			return retry.NewStandard(func(o *retry.StandardOptions) { o.MaxAttempts, o.MaxBackoff = 6, 3*time.Second })
		}),
		// Checksums that newer services know and others refuse are sent where a
		// call demands them. The signature covers the bytes as it is.
		config.WithRequestChecksumCalculation(aws.RequestChecksumCalculationWhenRequired),
		config.WithResponseChecksumValidation(aws.ResponseChecksumValidationWhenRequired),
		// It tells of its search for a key on standard error; where it finds none,
		// explain says what to do.
		config.WithLogger(logging.Nop{}),
	}
	if b.region != "" {
		settings = append(settings, config.WithRegion(b.region))
	}
	c, err := config.LoadDefaultConfig(ctx, settings...)
	if err != nil {
		return nil, fmt.Errorf("read the settings for object storage: %w", err)
	}
	if c.Region == "" {
		c.Region = "us-east-1" // what services without regions expect in a signature
	}
	client := s3.NewFromConfig(c, func(o *s3.Options) {
		if b.endpoint != "" {
			o.BaseEndpoint = aws.String(b.endpoint)
			o.UsePathStyle = true
		}
	})
	return &objects{bucket: b, client: client}, nil
}

// objects is the store of a bucket.
type objects struct {
	bucket
	client *s3.Client
}

func (o *objects) Close() error { return nil }

func (o *objects) served() string { return hosting.Version() }

func (o *objects) list(ctx context.Context) (map[string]object, error) {
	found := map[string]object{}
	pages := s3.NewListObjectsV2Paginator(o.client, &s3.ListObjectsV2Input{Bucket: &o.name, Prefix: &o.prefix})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, o.explain(err)
		}
		for _, item := range page.Contents {
			name := strings.TrimPrefix(aws.ToString(item.Key), o.prefix)
			if name == "" || strings.HasSuffix(name, "/") {
				continue // what some consoles make so that a folder is to be seen
			}
			found[name] = object{aws.ToInt64(item.Size), aws.ToString(item.ETag)}
		}
	}
	return found, nil
}

// explain turns what stops most people into what they can do.
func (o *objects) explain(err error) error {
	var answer interface{ ErrorCode() string }
	const keys = "the key comes from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, from AWS_PROFILE, or from the machine's role"
	switch {
	case errors.As(err, &answer):
		switch answer.ErrorCode() {
		case "NoSuchBucket":
			return refuse("make it, or look at how its name is written", "there is no bucket %s at that service", o.name)
		case "SignatureDoesNotMatch", "InvalidAccessKeyId":
			return refuse(keys, "the service does not know the key, or its secret is another")
		case "AccessDenied", "Forbidden":
			return refuse("let the key list, read, write and delete under s3://"+o.name+"/"+o.prefix, "the key may not list %s", o.name)
		case "PermanentRedirect", "AuthorizationHeaderMalformed":
			return refuse("name the bucket's region: ?region=eu-west-2", "the bucket %s is in another region than %s", o.name, o.client.Options().Region)
		}
	case strings.Contains(err.Error(), "get credentials"): // it has no type of its own
		return refuse(keys, "there is no key for %s", o.bucket)
	}
	return err
}

func (o *objects) read(ctx context.Context, name string) ([]byte, error) {
	out, err := o.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &o.name, Key: aws.String(o.prefix + name)})
	var missing *s3types.NoSuchKey
	if errors.As(err, &missing) {
		return nil, fs.ErrNotExist
	}
	if err != nil {
		return nil, err
	}
	defer shut(out.Body)
	return io.ReadAll(out.Body)
}

func (o *objects) write(ctx context.Context, name string, data []byte, _ time.Time) (string, error) {
	h := hosting.Of(name)
	if strings.HasPrefix(name, stateFolder) {
		h.CacheControl = "no-store"
	}
	out, err := o.client.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &o.name, Key: aws.String(o.prefix + name), Body: bytes.NewReader(data),
		ContentType: &h.ContentType, CacheControl: &h.CacheControl,
	})
	if err != nil {
		return "", err
	}
	return aws.ToString(out.ETag), nil
}

func (o *objects) remove(ctx context.Context, name string) error {
	_, err := o.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &o.name, Key: aws.String(o.prefix + name)})
	return err
}
