/** Corefiles as people run them, made up for these cases. */
export const corefiles: readonly string[] = [
  `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`,
  `.:53 {
    errors
    health
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        upstream
        fallthrough in-addr.arpa ip6.arpa
    }
    prometheus :9153
    proxy . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
}
`,
  `cluster.local:53 {
    errors
    cache {
        success 9984 30
        denial 9984 5
    }
    reload
    loop
    bind 169.254.20.10
    forward . 10.96.0.10 {
        force_tcp
    }
    prometheus :9253
    health 169.254.20.10:8080
}
in-addr.arpa:53 {
    errors
    cache 30
    reload
    bind 169.254.20.10
    forward . 10.96.0.10 {
        force_tcp
    }
    prometheus :9253
}
.:53 {
    errors
    cache 30
    reload
    bind 169.254.20.10
    forward . /etc/resolv.conf
    prometheus :9253
}
`,
  `# Home network
(common) {
    errors
    log . {
        class denial error
    }
    cache 3600
}

home.example {
    import common
    hosts hosts.txt home.example {
        192.168.1.1 router.home.example router
        192.168.1.20 nas.home.example # the big one
        ttl 300
        fallthrough
    }
    template IN A home.example {
        match "^host-(?P<n>[0-9]+)\\.home\\.example\\.$"
        answer "{{ .Name }} 60 IN A 192.168.2.{{ .Group.n }}"
        fallthrough
    }
}

. {
    import common
    forward . tls://192.0.2.1 tls://192.0.2.2 {
        tls_servername dns.example.org
        health_check 5s
        policy sequential
        except home.example 168.192.in-addr.arpa
    }
    reload 30s 10s
}
`,
  `tls://.:853 {
    tls cert.pem key.pem
    forward . 127.0.0.1:5300
    errors
}
https://dns.example.org:443 {
    tls cert.pem key.pem {
        client_auth nocert
    }
    forward . 127.0.0.1:5300
    log
}
.:5300 {
    bind 127.0.0.1
    acl {
        allow net 127.0.0.0/8 192.168.0.0/16
        block
    }
    cache 300 {
        prefetch 5 1m 20%
        serve_stale
    }
    forward . 192.0.2.53
}
`,
  `example.org example.net:1053 {
    file db.example.org example.org {
        reload 1m
    }
    transfer {
        to 192.0.2.2
        to 192.0.2.3:5353 *
    }
    dnssec {
        key file Kexample.org.+013+02137
    }
    errors stdout
    log example.org {common}
}

2.0.192.in-addr.arpa {
    auto {
        directory zones (.*)\\.zone {1}
        reload 45s
    }
    whoami
}
`,
  `example.org {
    secondary {
        transfer from 192.0.2.1 192.0.2.2
    }
    nsid "server one"
    chaos "CoreDNS" admin@example.org
    minimal
    any
    bufsize 1232
}
.:1053 {
    erratic {
        drop 3
        delay
    }
}
`,
  `. {
    view lan {
        expr incidr(client_ip(), '192.168.0.0/16')
    }
    hosts {
        192.168.0.2 www.example.org
        fallthrough
    }
    forward . 192.168.0.1
}
. {
    forward . 192.0.2.53
    cache
}
`,
  `.:53 {
    rewrite stop {
        name regex (.*)\\.cluster\\.example {1}.svc.cluster.local
        answer name (.*)\\.svc\\.cluster\\.local {1}.cluster.example
    }
    rewrite name exact old.example.org new.example.org
    rewrite continue type ANY HINFO
    rewrite edns0 subnet set 24 56
    kubernetes cluster.local 10.96.0.0/12 {
        endpoint_pod_names
        namespaces default kube-system
        pods verified
    }
    autopath @kubernetes
    k8s_external example.com
    metadata
    trace zipkin 127.0.0.1:9411
    forward . 192.0.2.53
}
`,
  `(snip) {
    errors
    prometheus localhost:9153
}
(forwarding) {
    forward . {$UPSTREAM} 192.0.2.53 {
        max_fails 2
        expire 10s
    }
}
10.0.0.0/8 192.168.0.0/16 fd00::/8 {
    import snip
    import forwarding
}
a.example, b.example,
c.example {
    import snip
    hosts
}
import servers/*.server
. {
    import snip
    import overrides/*.override
    import common.conf
    import forwarding
}
`,
  `dns://.:53 grpc://.:5443 {
    etcd skydns.local {
        path /skydns
        endpoint http://127.0.0.1:2379
    }
    grpc example.net 127.0.0.1:8053 {
        policy round_robin
        tls
    }
    loadbalance round_robin
    dns64 {
        prefix 64:ff9b::/96
        translate_all
    }
    pprof
    debug
}
`,
  `.:53
errors
log
health :8080
forward . 192.0.2.1:53 192.0.2.2:53 { policy random }
cache 30 example.org
`,
  `quic://.:853 {
    tls cert.pem key.pem
    quic {
        max_streams 64
    }
    timeouts {
        read 5s
        idle 30s
    }
    tsig {
        secret key.example.org. NoTCJU+DMqFWywaPyxSijrDEA/eC3nK0xi3AMEZuPVk=
        require all
    }
    multisocket 2
    header {
        response set ra
    }
    forward . 192.0.2.1 {
        next SERVFAIL
        failover REFUSED
    }
}
`,
  `consul.example.:53 {
    log
    errors
    forward . 127.0.0.1:8600 {
        prefer_udp
    }
    cache 5 {
        denial 100 1
        servfail 0
    }
    local
    loop
}
`,
]
