// This program is CoreDNS, except that a server block without `bind` listens on 127.0.0.1 instead of everywhere.
package main

import (
	"fmt"
	"reflect"
	"unsafe"

	"github.com/coredns/caddy"
	"github.com/coredns/coredns/core/dnsserver"
	_ "github.com/coredns/coredns/core/plugin"
	"github.com/coredns/coredns/coremain"
)

func main() {
	last := dnsserver.Directives[len(dnsserver.Directives)-1]
	caddy.RegisterParsingCallback("dns", last, listenOnLoopback)
	coremain.Run()
}

// listenOnLoopback runs behind the setup of all plugins, when bind has said where to listen and no port is open yet. The
// list of servers (dnsserver.dnsContext) has no door for others, hence the reflection.
func listenOnLoopback(context caddy.Context) error {
	field := reflect.ValueOf(context).Elem().FieldByName("configs")
	if !field.IsValid() || field.Type() != reflect.TypeOf([]*dnsserver.Config(nil)) {
		return fmt.Errorf("this release keeps its servers elsewhere than in dnsContext.configs")
	}
	configs := *(*[]*dnsserver.Config)(unsafe.Pointer(field.UnsafeAddr()))
	for _, config := range configs {
		if len(config.ListenHosts) == 1 && config.ListenHosts[0] == "" {
			config.ListenHosts = []string{"127.0.0.1"}
		}
	}
	return nil
}
