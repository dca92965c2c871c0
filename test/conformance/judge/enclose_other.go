//go:build !linux

package main

// enclose does nothing where there are no namespaces: plugins that need a cluster's files give "environment".
func enclose() {}
