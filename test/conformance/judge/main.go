// Command judge says what one release of CoreDNS makes of a Corefile.
//
// CoreDNS is linked in as a module: its own start-up code reads the text, sets up every plugin and
// makes the servers; the judge stops it before a port is bound. A question is one line of JSON on
// standard input (type question), the answer one line on standard output (type answer). With the
// flag -directives the program prints the plugins of the release in run order and ends.
//
// A question that is not answered within ten seconds is answered with the class "timeout", and the
// program ends with status 3, because work under way cannot be stopped: ask the rest of a new process.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"github.com/coredns/coredns/core/dnsserver"
	_ "github.com/coredns/coredns/core/plugin"
)

// question is a Corefile and what surrounds it.
type question struct {
	ID    string            `json:"id"`
	Text  string            `json:"text"`
	Hex   string            `json:"hex"`   // instead of text: bytes that need not be UTF-8
	Path  string            `json:"path"`  // where the Corefile lies in the working directory, "Corefile" if not given
	Files map[string]string `json:"files"` // what else lies in the working directory
	Env   map[string]string `json:"env"`   // the environment; nothing of the caller's own is seen
}

// answer is the verdict, and what the parser made of the text.
type answer struct {
	ID       string   `json:"id"`
	Accepted bool     `json:"accepted"`
	Class    string   `json:"class,omitempty"`  // why refused: see classify
	Plugin   string   `json:"plugin,omitempty"` // the plugin that was being set up
	File     string   `json:"file,omitempty"`   // the file that the message names
	Line     int      `json:"line,omitempty"`   // the line that the message names
	Message  string   `json:"message,omitempty"`
	Log      []string `json:"log,omitempty"`
	Servers  []server `json:"servers,omitempty"`
	Parse    *parsed  `json:"parse,omitempty"`
}

const limit = 10 * time.Second

func main() {
	if len(os.Args) > 1 && os.Args[1] == "-directives" {
		if err := json.NewEncoder(os.Stdout).Encode(dnsserver.Directives); err != nil {
			fatal(err)
		}
		return
	}
	enclose()
	// Plugins may print; standard output belongs to the answers.
	stdout := os.Stdout
	os.Stdout = os.Stderr
	answerLookupsLocally()
	log.SetFlags(0)
	log.SetOutput(&logged)
	prepare()

	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := json.NewEncoder(stdout)
	out.SetEscapeHTML(false)
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var q question
			if err := json.Unmarshal(line, &q); err != nil {
				fatal(err)
			}
			a, done := within(limit, q)
			if err := out.Encode(a); err != nil {
				fatal(err)
			}
			if !done {
				os.RemoveAll(workingDirectory)
				os.Exit(3)
			}
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			fatal(err)
		}
	}
}

// within judges q, or gives up after the time d.
func within(d time.Duration, q question) (a answer, done bool) {
	result := make(chan answer, 1)
	go func() { result <- judge(q) }()
	select {
	case a = <-result:
		return a, true
	case <-time.After(d):
		a = answer{ID: q.ID, Class: "timeout", Plugin: underWay(), Message: "no answer in time"}
		// With credentials this plugin waits until a server has accepted them.
		if a.Plugin == "etcd" {
			a.Class = "environment"
		}
		return a, false
	}
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, "judge:", err)
	os.Exit(2)
}
