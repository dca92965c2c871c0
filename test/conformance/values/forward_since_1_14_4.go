//go:build since_1_14_4

package main

import (
	"context"
	"errors"
	"net"
	"strings"

	"github.com/coredns/caddy"
	_ "github.com/coredns/coredns/plugin/forward"
)

func init() {
	// No network: a host name that forward would look up is one that cannot be found.
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("no network")
	}}
	functions["forward"] = func(a []string) (any, error) {
		setup, err := caddy.DirectiveAction("dns", "forward")
		if err != nil {
			panic(err)
		}
		err = setup(caddy.NewTestController("dns", "forward . \""+a[0]+"\""))
		if err != nil && strings.Contains(err.Error(), "failed to resolve") {
			return "host name", nil
		}
		return "ok", err
	}
}
