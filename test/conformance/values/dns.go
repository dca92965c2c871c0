package main

import (
	"sort"
	"strconv"
	"strings"

	"github.com/miekg/dns"
)

func table[N uint16 | int](names map[string]N) any {
	var rows []string
	for name, value := range names {
		rows = append(rows, name+" "+strconv.Itoa(int(value)))
	}
	sort.Strings(rows)
	return rows
}

func init() {
	functions["dns.IsDomainName"] = func(a []string) (any, error) {
		_, ok := dns.IsDomainName(a[0])
		return strconv.FormatBool(ok), nil
	}
	functions["dns.Fqdn"] = func(a []string) (any, error) { return dns.Fqdn(a[0]), nil }
	functions["dns.CountLabel"] = func(a []string) (any, error) { return strconv.Itoa(dns.CountLabel(a[0])), nil }
	functions["dns.IsSubDomain"] = func(a []string) (any, error) {
		return strconv.FormatBool(dns.IsSubDomain(a[0], a[1])), nil
	}
	functions["dns.ClientConfigFromReader"] = func(a []string) (any, error) {
		config, err := dns.ClientConfigFromReader(strings.NewReader(a[0]))
		if err != nil {
			return nil, err
		}
		return config.Servers, nil
	}
	functions["dns.ReverseAddr"] = func(a []string) (any, error) { return dns.ReverseAddr(a[0]) }
	functions["dns.StringToType"] = func([]string) (any, error) { return table(dns.StringToType), nil }
	functions["dns.StringToClass"] = func([]string) (any, error) { return table(dns.StringToClass), nil }
	functions["dns.StringToRcode"] = func([]string) (any, error) { return table(dns.StringToRcode), nil }
}
