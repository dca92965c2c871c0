package main

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/coredns/caddy"
	"github.com/coredns/caddy/caddyfile"
	"github.com/coredns/coredns/core/dnsserver"
)

// errStopped ends a start in which everything went well, before ports are bound.
var errStopped = errors.New("stopped by the judge")

// The state of the one judgement that is under way.
var (
	finished int32 // how many directives of the release have been executed for all server blocks
	servers  []server
	logged   logBuffer

	workingDirectory string // to be removed when the judgement is given up
)

// logBuffer collects what CoreDNS logs during a judgement.
type logBuffer struct {
	mu    sync.Mutex
	bytes bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bytes.Write(p)
}

// take empties the buffer and returns at most ten of its lines.
func (b *logBuffer) take() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	text := strings.TrimSpace(b.bytes.String())
	b.bytes.Reset()
	if text == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	if len(lines) > 10 {
		lines = lines[:10]
	}
	return lines
}

// prepare hooks into CoreDNS: caddy calls back when a directive has been executed for all server blocks.
// After the last one the servers are made and the start is stopped.
func prepare() {
	caddy.Quiet = true
	dnsserver.Quiet = true
	for i, name := range dnsserver.Directives {
		n := int32(i + 1)
		caddy.RegisterParsingCallback("dns", name, func(ctx caddy.Context) error {
			atomic.StoreInt32(&finished, n)
			if int(n) < len(dnsserver.Directives) {
				return nil
			}
			_, err := ctx.MakeServers()
			if err != nil {
				return err
			}
			servers = describe(ctx)
			return errStopped
		})
	}
}

// underWay names the directive whose setup was running last, "" if none was.
func underWay() string {
	n := int(atomic.LoadInt32(&finished))
	if n < 0 || n >= len(dnsserver.Directives) {
		return ""
	}
	return dnsserver.Directives[n]
}

func judge(q question) (a answer) {
	a.ID = q.ID
	if q.Path == "" {
		q.Path = "Corefile"
	}
	text := []byte(q.Text)
	if q.Hex != "" {
		b, err := hex.DecodeString(q.Hex)
		if err != nil {
			fatal(err)
		}
		text = b
	}
	dir, leave := enter(q, text)
	defer leave()
	servers = nil
	atomic.StoreInt32(&finished, -1)
	logged.take()

	defer func() {
		if r := recover(); r != nil {
			a.Accepted, a.Class, a.Plugin, a.Message = false, "panic", underWay(), fmt.Sprint(r)
		}
		a.Log = logged.take()
		for i := range a.Log {
			a.Log[i] = localise(a.Log[i], dir)
		}
	}()

	p, err := parse(q.Path, text, dir)
	a.Parse = p
	if err == nil {
		// The parser's warnings come again below.
		logged.take()
		atomic.StoreInt32(&finished, 0)
		_, err = caddy.Start(caddy.CaddyfileInput{Contents: text, Filepath: q.Path, ServerTypeName: "dns"})
		if err == errStopped {
			a.Accepted, a.Servers = true, servers
			return a
		}
		if err == nil {
			fatal(errors.New("CoreDNS was not stopped"))
		}
	}
	a.Class, a.Plugin = classify(p, err)
	a.Message = localise(err.Error(), dir)
	a.File, a.Line = place(a.Message)
	return a
}

// classify names the stage that refused the text: "syntax" and "unknown-directive" before any plugin is
// asked, "servers" for the keys of server blocks and for making servers of them, "setup" for a plugin,
// "environment" for a plugin that misses only a cloud service, its credentials or the cluster.
func classify(p *parsed, err error) (class, plugin string) {
	switch {
	case p.Error != nil && strings.Contains(p.Error.Message, "Unknown directive"):
		return "unknown-directive", ""
	case p.Error != nil:
		return "syntax", ""
	case strings.HasPrefix(err.Error(), "error inspecting server blocks") || underWay() == "":
		return "servers", ""
	case missing.MatchString(err.Error()):
		return "environment", underWay()
	}
	return "setup", underWay()
}

// missing matches what plugins say that speak to a service while they are set up.
var missing = regexp.MustCompile(`(?i)RequestError|request send failed|StatusCode: 0|default credentials|failed to get region|dial tcp|IMDS|oauth2|\bMSI\b|in-cluster config|serviceaccount/`)

// located matches the place that caddy puts before the reason (Dispenser.Err and SyntaxErr), the first one
// if a plugin wrapped it.
var located = regexp.MustCompile(`(?:^|[\s])([^\s:]+):(\d+) - (?:Error during parsing|Syntax error)`)

func place(message string) (file string, line int) {
	m := located.FindStringSubmatch(message)
	if m == nil {
		return "", 0
	}
	line, _ = strconv.Atoi(m[2])
	return m[1], line
}

// parsed is what caddyfile.Parse returns.
type parsed struct {
	Blocks []block  `json:"blocks"`
	Error  *failure `json:"error"`
}

type block struct {
	Keys       []string           `json:"keys"`
	Directives map[string][]token `json:"directives"`
}

// token is [text, line, file]; the file is as the parser sees it, relative to the working directory.
type token [3]interface{}

type failure struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Message string `json:"message"`
}

// parse groups the tokens of text by server block and directive, with imports expanded.
func parse(path string, text []byte, dir string) (*parsed, error) {
	found, err := caddyfile.Parse(path, bytes.NewReader(text), dnsserver.Directives)
	p := &parsed{Blocks: []block{}}
	for _, f := range found {
		b := block{Keys: f.Keys, Directives: map[string][]token{}}
		for name, tokens := range f.Tokens {
			for _, t := range tokens {
				file := t.File
				if file == "" {
					file = path
				}
				b.Directives[name] = append(b.Directives[name], token{t.Text, t.Line, localise(file, dir)})
			}
		}
		p.Blocks = append(p.Blocks, b)
	}
	if err != nil {
		p.Error = &failure{Message: localise(err.Error(), dir)}
		p.Error.File, p.Error.Line = place(p.Error.Message)
	}
	return p, err
}

// localise makes the paths in s relative to the working directory.
func localise(s, dir string) string {
	return strings.Replace(s, dir+string(filepath.Separator), "", -1)
}

// enter makes a fresh working directory that holds the text and the files of q, and sets the environment
// of q and nothing else. leave undoes it.
func enter(q question, text []byte) (dir string, leave func()) {
	dir, err := os.MkdirTemp("", "judge")
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		fatal(err)
	}
	workingDirectory = dir
	write := func(name string, content []byte) {
		p := filepath.Join(dir, filepath.Clean("/"+name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			fatal(err)
		}
		if err := os.WriteFile(p, content, 0o644); err != nil {
			fatal(err)
		}
	}
	write(q.Path, text)
	for name, content := range q.Files {
		write(name, []byte(content))
	}
	if err := os.Chdir(dir); err != nil {
		fatal(err)
	}
	os.Clearenv()
	for name, value := range surroundings {
		os.Setenv(name, value)
	}
	for name, value := range q.Env {
		os.Setenv(name, value)
	}
	return dir, func() {
		os.Chdir("/")
		os.RemoveAll(dir)
	}
}

// surroundings is the environment of every judgement: plugins for Kubernetes and for clouds find what they
// need to be set up, and nobody to speak to.
var surroundings = map[string]string{
	"KUBERNETES_SERVICE_HOST":   "127.0.0.1",
	"KUBERNETES_SERVICE_PORT":   "6443",
	"AWS_REGION":                "us-east-1",
	"AWS_ACCESS_KEY_ID":         "none",
	"AWS_SECRET_ACCESS_KEY":     "none",
	"AWS_MAX_ATTEMPTS":          "1",
	"AWS_EC2_METADATA_DISABLED": "true",
	"GCE_METADATA_HOST":         "127.0.0.1:1",
}
