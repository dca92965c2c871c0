//go:build before_1_8_4

package main

import "github.com/coredns/coredns/plugin"

func init() {
	functions["plugin.SplitHostPort"] = func(a []string) (any, error) {
		host, port, _, err := plugin.SplitHostPort(a[0])
		return []string{port, host}, err
	}
	functions["plugin.Host.Normalize"] = func(a []string) (any, error) {
		return []string{plugin.Host(a[0]).Normalize()}, nil
	}
}
