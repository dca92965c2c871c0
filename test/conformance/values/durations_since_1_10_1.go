//go:build !before_1_10_1

package main

import "github.com/coredns/coredns/plugin/pkg/durations"

func init() {
	functions["durations.NewDurationFromArg"] = func(a []string) (any, error) {
		d, err := durations.NewDurationFromArg(a[0])
		return d.String(), err
	}
}
