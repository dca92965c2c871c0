import{releaseNumber as e}from"./values-name.mjs";const t={title:`AKS`,instead:null,roots:[{from:`1.6.6`,text:`.:53 {
    errors
    ready
    health
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
    }
    prometheus :9153
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
    import custom/*.override
}
import custom/*.server
`},{from:`1.9.4`,text:`.:53 {
    errors
    ready
    health {
      lameduck 5s
    }
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
      ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
    import custom/*.override
}
import custom/*.server
`},{from:`1.11.1`,text:`.:53 {
    errors
    ready
    health {
      lameduck 5s
    }
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
      ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
    import custom/*.override
    template ANY ANY internal.cloudapp.net {
      match "^(?:[^.]+\\.){4,}internal\\.cloudapp\\.net\\.$"
      rcode NXDOMAIN
      fallthrough
    }
    template ANY ANY reddog.microsoft.com {
      rcode NXDOMAIN
    }
}
import custom/*.server
`}]},n={title:`DOKS`,instead:null,roots:[{from:`1.8.0`,text:`.:53 {
    errors
    health
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
    }
    prometheus :9153
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
    import custom/*.override
}
import custom/*.server
`}]},r=(e,t)=>{let n=`    forward . /etc/resolv.conf
`,r=t.includes(`override`)?`    import /etc/coredns/custom/*.override
`:``,i=t.includes(`server`)?`import /etc/coredns/custom/*.server
`:``;return`.:53 {
    errors
    health
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
    }
    hosts /etc/coredns/NodeHosts {
      ttl 60
      reload 15s
      fallthrough
    }
    prometheus :9153
${e?n:``}    cache 30
    loop
    reload
    loadbalance
${r}${e?``:n}}
${i}`},i={aks:t,doks:n,k3s:{title:`K3s`,instead:null,roots:[{from:`1.8.3`,text:r(!0,[])},{from:`1.8.4`,text:r(!0,[`server`])},{from:`1.10.1`,text:r(!0,[`override`,`server`])},{from:`1.13.1`,text:r(!1,[`override`,`server`])}]},rke2:{title:`RKE2`,instead:`set the servers of the chart in a HelmChartConfig called rke2-coredns`,roots:[{from:`1.6.0`,text:`.:53 {
    errors
    health {
        lameduck 10s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl 30
    }
    prometheus 0.0.0.0:9153
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
}
`}]}},a=Object.keys(i);function o(e){return i[e]}function s(t,n,r=`cluster.local`){let{roots:a}=i[t];return((a.findLast(({from:t})=>e(t)<=e(n))??a[0])?.text??``).replaceAll(`cluster.local`,r)}export{a as platformNames,o as platformOf,s as rootOfPlatform};