// Command values says what Go, the DNS library and CoreDNS make of a word.
//
// It reads JSON arrays on standard input, a line each: the name of a function and its arguments, all strings.
// It answers a line each: {"value": ...} or {"error": "..."}; {"panic": "..."} when the function gave up.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

type answer struct {
	Value any    `json:"value,omitempty"`
	Error string `json:"error,omitempty"`
	Panic string `json:"panic,omitempty"`
}

// functions is filled by the other files; which of them are built depends on the release (build tags).
var functions = map[string]func(args []string) (any, error){}

func call(name string, args []string) (a answer) {
	defer func() {
		if r := recover(); r != nil {
			a = answer{Panic: fmt.Sprint(r)}
		}
	}()
	f, ok := functions[name]
	if !ok {
		return answer{Panic: "no function " + name}
	}
	value, err := f(args)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Value: value}
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for in.Scan() {
		var words []string
		if err := json.Unmarshal(in.Bytes(), &words); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		encoder.Encode(call(words[0], words[1:]))
	}
}
