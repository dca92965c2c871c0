package main

import (
	"github.com/coredns/coredns/plugin"
	"github.com/coredns/coredns/plugin/pkg/dnsutil"
	"github.com/coredns/coredns/plugin/pkg/parse"
)

func init() {
	functions["parse.Transport"] = func(a []string) (any, error) {
		transport, address := parse.Transport(a[0])
		return []string{transport, address}, nil
	}
	functions["parse.HostPort"] = func(a []string) (any, error) { return parse.HostPort(a[0], a[1]) }
	functions["parse.HostPortOrFile"] = func(a []string) (any, error) { return parse.HostPortOrFile(a[0]) }
	functions["plugin.Name.Normalize"] = func(a []string) (any, error) { return plugin.Name(a[0]).Normalize(), nil }
	functions["dnsutil.ExtractAddressFromReverse"] = func(a []string) (any, error) {
		return dnsutil.ExtractAddressFromReverse(a[0]), nil
	}
}
