package main

import (
	"net"
	"regexp"
	"strconv"
	"strings"
	"text/template"
	"time"
)

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}

func init() {
	functions["time.ParseDuration"] = func(a []string) (any, error) {
		d, err := time.ParseDuration(a[0])
		return []string{strconv.FormatInt(int64(d), 10), d.String()}, err
	}
	functions["strconv.Quote"] = func(a []string) (any, error) { return strconv.Quote(a[0]), nil }
	functions["strings.ToLower"] = func(a []string) (any, error) { return strings.ToLower(a[0]), nil }
	functions["strings.ToUpper"] = func(a []string) (any, error) { return strings.ToUpper(a[0]), nil }
	functions["strconv.Atoi"] = func(a []string) (any, error) {
		n, err := strconv.Atoi(a[0])
		return strconv.Itoa(n), err
	}
	functions["strconv.ParseInt"] = func(a []string) (any, error) {
		n, err := strconv.ParseInt(a[0], number(a[1]), number(a[2]))
		return strconv.FormatInt(n, 10), err
	}
	functions["strconv.ParseUint"] = func(a []string) (any, error) {
		n, err := strconv.ParseUint(a[0], number(a[1]), number(a[2]))
		return strconv.FormatUint(n, 10), err
	}
	functions["strconv.ParseBool"] = func(a []string) (any, error) {
		b, err := strconv.ParseBool(a[0])
		return strconv.FormatBool(b), err
	}
	functions["strconv.ParseFloat"] = func(a []string) (any, error) {
		f, err := strconv.ParseFloat(a[0], number(a[1]))
		return strconv.FormatFloat(f, 'e', -1, 64), err
	}
	functions["net.ParseIP"] = func(a []string) (any, error) {
		ip := net.ParseIP(a[0])
		if ip == nil {
			return "", nil
		}
		return ip.String(), nil
	}
	functions["net.ParseCIDR"] = func(a []string) (any, error) {
		ip, network, err := net.ParseCIDR(a[0])
		if err != nil {
			return nil, err
		}
		return []string{ip.String(), network.String()}, nil
	}
	functions["net.SplitHostPort"] = func(a []string) (any, error) {
		host, port, err := net.SplitHostPort(a[0])
		return []string{host, port}, err
	}
	functions["net.JoinHostPort"] = func(a []string) (any, error) { return net.JoinHostPort(a[0], a[1]), nil }
	functions["regexp.Compile"] = func(a []string) (any, error) {
		re, err := regexp.Compile(a[0])
		if err != nil {
			return nil, err
		}
		return append([]string{strconv.Itoa(re.NumSubexp())}, re.SubexpNames()...), nil
	}
	functions["regexp.FindStringSubmatch"] = func(a []string) (any, error) {
		re, err := regexp.Compile(a[0])
		if err != nil {
			return nil, err
		}
		return re.FindStringSubmatch(a[1]), nil
	}
	functions["template.Parse"] = func(a []string) (any, error) {
		funcs := template.FuncMap{}
		for _, name := range a[1:] {
			funcs[name] = strconv.ParseUint
		}
		_, err := template.New("answer").Funcs(funcs).Parse(a[0])
		return "ok", err
	}
}
