package main

import (
	"reflect"
	"unsafe"

	"github.com/coredns/caddy"
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/plugin"
)

// server is one key of a server block after start-up: several of them may share a listener.
type server struct {
	Zone      string   `json:"zone"`
	Port      string   `json:"port"`
	Transport string   `json:"transport"`
	Bind      []string `json:"bind,omitempty"`    // the addresses, none if every address is meant
	Plugins   []string `json:"plugins,omitempty"` // the handlers in run order
}

// describe reads the servers from caddy's context. CoreDNS keeps them to itself, and the names of the
// fields changed over time (Transport and ListenHosts are not in every release), so they are read by name.
func describe(ctx caddy.Context) []server {
	var result []server
	configs, _ := field(ctx, "configs").([]*dnsserver.Config)
	for _, c := range configs {
		s := server{Zone: c.Zone, Port: c.Port}
		s.Transport, _ = field(c, "Transport").(string)
		hosts, _ := field(c, "ListenHosts").([]string)
		if host, ok := field(c, "ListenHost").(string); ok {
			hosts = append(hosts, host)
		}
		for _, host := range hosts {
			if host != "" {
				s.Bind = append(s.Bind, host)
			}
		}
		h, _ := field(c, "pluginChain").(plugin.Handler)
		for h != nil {
			s.Plugins = append(s.Plugins, h.Name())
			h, _ = field(h, "Next").(plugin.Handler)
		}
		result = append(result, s)
	}
	return result
}

// field returns the field called name of a struct or of what a pointer points to, exported or not, nil if
// there is none.
func field(of interface{}, name string) interface{} {
	v := reflect.ValueOf(of)
	for v.Kind() == reflect.Ptr {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return nil
	}
	if !v.CanAddr() {
		whole := reflect.New(v.Type()).Elem()
		whole.Set(v)
		v = whole
	}
	f := v.FieldByName(name)
	if !f.IsValid() {
		return nil
	}
	return reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem().Interface()
}
