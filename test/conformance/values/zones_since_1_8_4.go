//go:build !before_1_8_4

package main

import "github.com/coredns/coredns/plugin"

func init() {
	functions["plugin.SplitHostPort"] = func(a []string) (any, error) {
		hosts, port, err := plugin.SplitHostPort(a[0])
		return append([]string{port}, hosts...), err
	}
	functions["plugin.Host.Normalize"] = func(a []string) (any, error) {
		return plugin.Host(a[0]).NormalizeExact(), nil
	}
}
