const KUBERNETES = `    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl 30
    }
`

/** Corefiles as they are found in clusters, which migrations go into. */
export const corefiles: Readonly<Record<string, string>> = {
  kubeadm: `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
${KUBERNETES}    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`,
  'with a stub': `# kept
.:53 {
    errors
${KUBERNETES}    forward . /etc/resolv.conf
    cache 30
}
acme.local:53 {
    errors
    # the servers of acme
    forward . 192.0.2.2
    cache 30
}
`,
  'with hosts': `.:53 {
    errors
${KUBERNETES}    hosts {
        # machines
        10.9.9.1 db.corp.test # the database
        10.7.0.9 other.test

        ttl 60
        fallthrough
    }
    forward . 192.0.2.1
    cache 30
}
`,
  'hosts with zones': `.:53 {
    errors
${KUBERNETES}    hosts /dev/null corp.test {
        fallthrough
    }
    forward . /etc/resolv.conf
}
`,
  'tabs, and ends of lines as in Windows':
    '.:53 {\r\n\terrors\r\n\tkubernetes cluster.local in-addr.arpa ip6.arpa {\r\n\t\tpods insecure\r\n\t\tfallthrough in-addr.arpa ip6.arpa\r\n\t}\r\n\thosts {\r\n\t\t10.7.0.9 other.test\r\n\t\tfallthrough\r\n\t}\r\n\tforward . /etc/resolv.conf\r\n\tcache 30\r\n}\r\n',
  'hosts without braces': `.:53 {
    errors
    kubernetes cluster.local in-addr.arpa ip6.arpa
    hosts /dev/null
    forward . /etc/resolv.conf
}
`,
  'a snippet': `(usual) {
    errors
    cache 30
}
.:53 {
    import usual
${KUBERNETES}    forward . /etc/resolv.conf
}
corp.test:53 {
    import usual
    forward . 192.0.2.3
}
`,
  'no line at the end': '.:53 {\n  errors\n  kubernetes cluster.local\n  forward . /etc/resolv.conf\n}',
  'another port': `.:1053 {
    errors
${KUBERNETES}    forward . /etc/resolv.conf
    cache 30
}
`,
  'bound to an address': `. {
    bind 127.0.0.1
    errors
${KUBERNETES}    forward . /etc/resolv.conf
    cache 30
}
`,
  'two keys': `acme.local corp.test {
    errors
    forward . 192.0.2.3
}
. {
    errors
${KUBERNETES}    forward . /etc/resolv.conf
}
`,
}
