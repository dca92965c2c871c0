//go:build since_1_14_4

package main

import (
	"context"
	"errors"
	"net"

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
		return "ok", setup(caddy.NewTestController("dns", "forward . \""+a[0]+"\""))
	}
}
