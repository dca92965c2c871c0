import { Random } from '../../generate/random.ts'
import { clusterNames } from '../cluster.ts'
import type { Configuration, Mode } from '../configuration.ts'
import { questionsFor } from './questions.ts'

interface Written {
  readonly id: string
  readonly text: string
  readonly files?: Readonly<Record<string, string>>
  readonly names: readonly string[]
  readonly addresses?: readonly string[]
  readonly types?: readonly string[]
  readonly remembers?: boolean
}

/** Corefiles as people write them: clusters, homes, offices. */
const texts: readonly Written[] = [
  {
    id: 'cluster',
    text: `.:@port@ {
    errors
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        endpoint @api@
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl 30
    }
    forward . 192.0.2.1 192.0.2.2 {
        max_concurrent 1000
    }
    cache 30
    loadbalance
}
`,
    names: [
      ...clusterNames.map((name) => `${name}.cluster.local.`),
      'www.example.org.',
      'cluster.local.',
      'ns.dns.cluster.local.',
    ],
    addresses: ['10.96.0.1', '10.96.0.99', '10.244.0.21'],
    types: ['SRV', 'A', 'A'],
    remembers: true,
  },
  {
    id: 'cluster-hosts-stub',
    text: `.:@port@ {
    errors
    hosts @files@/NodeHosts {
        10.3.3.3 registry.corp.test registry
        ttl 60
        fallthrough
    }
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        endpoint @api@
        pods verified
        fallthrough in-addr.arpa ip6.arpa
    }
    forward . 192.0.2.1
    cache 30
}
corp.test:@port@ {
    errors
    cache 30
    forward . 192.0.2.2 192.0.2.3
}
`,
    files: { NodeHosts: '10.7.7.7 node-1\n10.7.7.8 node-2 node-2.lan\n' },
    names: [
      'node-1.',
      'node-2.lan.',
      'registry.',
      'registry.corp.test.',
      'www.corp.test.',
      'web.default.svc.cluster.local.',
      '127-0-0-7.default.pod.cluster.local.',
      '10-9-9-9.default.pod.cluster.local.',
      'www.example.org.',
    ],
    addresses: ['10.3.3.3', '10.7.7.8', '10.96.0.20'],
    remembers: true,
  },
  {
    id: 'node-local',
    text: `cluster.local:@port@ {
    errors
    cache {
        success 9984 30
        denial 9984 5
    }
    forward . 192.0.2.1 {
        force_tcp
    }
}
in-addr.arpa:@port@ ip6.arpa:@port@ {
    errors
    cache 30
    forward . 192.0.2.1
}
.:@port@ {
    errors
    cache 30
    forward . 192.0.2.2
}
`,
    names: [
      'web.default.svc.cluster.local.',
      'cluster.local.',
      'www.example.org.',
      'xcluster.local.',
      'local.',
      'ip6.arpa.',
    ],
    addresses: ['10.96.0.1', 'fd00::1', '8.8.8.8'],
    remembers: true,
  },
  {
    id: 'home',
    text: `(common) {
    errors
    cache 120
}
home.test:@port@ 10.0.0.0/24:@port@ {
    import common
    hosts {
        10.0.0.1 router.home.test router
        10.0.0.2 nas.home.test
        10.0.0.2 backup.home.test
        fallthrough
    }
    template IN A home.test {
        match ^(.*\\.)?apps\\.home\\.test\\.$
        answer "{{ .Name }} 60 IN A 10.0.0.3"
        fallthrough
    }
}
.:@port@ {
    import common
    forward . 192.0.2.1 192.0.2.2 {
        policy sequential
        except home.test
    }
}
`,
    names: [
      'router.home.test.',
      'router.',
      'nas.home.test.',
      'backup.home.test.',
      'apps.home.test.',
      'x.apps.home.test.',
      'nothing.home.test.',
      'home.test.',
      'www.example.org.',
    ],
    addresses: ['10.0.0.2', '10.0.0.9', '10.0.1.1'],
    remembers: true,
  },
  {
    id: 'sinkhole',
    text: `.:@port@ {
    template ANY ANY ads.test tracker.test {
        rcode NXDOMAIN
    }
    template IN A blocked.test {
        answer "{{ .Name }} 3600 IN A 0.0.0.0"
    }
    template IN AAAA blocked.test {
        rcode NOERROR
    }
    hosts @files@/block {
        fallthrough
        no_reverse
    }
    any
    forward . 192.0.2.1
}
`,
    files: { block: '0.0.0.0 evil.test\n:: evil.test\n0.0.0.0 WWW.Evil.test\n' },
    names: [
      'ads.test.',
      'x.tracker.test.',
      'blocked.test.',
      'x.blocked.test.',
      'evil.test.',
      'www.evil.test.',
      'fine.test.',
    ],
    addresses: ['0.0.0.0'],
    types: ['AAAA', 'TXT', 'ANY'],
  },
  {
    id: 'rename',
    text: `.:@port@ {
    rewrite name suffix .old.test .svc.cluster.local answer auto
    rewrite stop {
        name regex (.*)\\.ext\\.test {1}.default.svc.cluster.local
        answer name (.*)\\.default\\.svc\\.cluster\\.local {1}.ext.test
    }
    rewrite name exact gone.test web.default.svc.cluster.local
    kubernetes cluster.local {
        endpoint @api@
        fallthrough
    }
    forward . 192.0.2.1
}
`,
    names: [
      'web.default.old.test.',
      'none.default.old.test.',
      'web.ext.test.',
      'db.ext.test.',
      'outside.ext.test.',
      'none.ext.test.',
      'gone.test.',
      'www.test.',
      'outside.default.old.test.',
    ],
  },
  {
    id: 'zones',
    text: `example.org:@port@ {
    file @files@/db.example.org
    errors
}
sub.example.org:@port@ {
    file @files@/db.sub {
        fallthrough
    }
    forward . 192.0.2.3
}
.:@port@ {
    forward . 192.0.2.1
}
`,
    files: {
      'db.example.org':
        '$ORIGIN example.org.\n@ 3600 IN SOA ns admin 1 7200 900 1209600 300\n@ IN NS ns\nns IN A 10.30.0.1\nwww IN A 10.30.0.2\ncdn IN CNAME www.example.net.\nin IN CNAME www.sub\n*.dyn IN A 10.30.0.3\nsub IN NS ns\n',
      'db.sub':
        '$ORIGIN sub.example.org.\n@ 3600 IN SOA ns.example.org. admin 1 7200 900 1209600 300\n@ IN NS ns.example.org.\nwww IN A 10.30.1.2\n',
    },
    names: [
      'example.org.',
      'ns.example.org.',
      'www.example.org.',
      'cdn.example.org.',
      'in.example.org.',
      'x.dyn.example.org.',
      'dyn.example.org.',
      'sub.example.org.',
      'www.sub.example.org.',
      'none.sub.example.org.',
      'www.example.net.',
    ],
    types: ['MX', 'NS', 'SOA', 'TXT'],
  },
  {
    id: 'expressions',
    text: `.:@port@ {
    template IN A nodes.test {
        match ^n(?P<number>[0-9a-z]+)\\.
        var number int(group('number')) + 1
        var host 'h' + group(1)
        expr number > 5 && len(host) < 5
        answer "{{ .Name }} 60 IN A 10.0.0.{{ .Var.number }}"
        answer "{{ .Var.host }}.{{ .Zone }} 60 IN A 10.0.1.1"
        fallthrough
    }
    template IN TXT nodes.test {
        expr client_ip() startsWith '127.' || type() == 'A'
        answer "{{ .Name }} 60 IN TXT \\"{{ .Remote }}\\""
    }
    forward . 192.0.2.1
}
`,
    names: [
      'n9.nodes.test.',
      'n2.nodes.test.',
      'nx.nodes.test.',
      'n99999.nodes.test.',
      'other.nodes.test.',
      'nodes.test.',
      'n9.other.test.',
    ],
    types: ['A', 'TXT'],
  },
  {
    id: 'split',
    text: `.:@port@ {
    forward example.org 192.0.2.2
    forward corp.test 192.0.2.3 {
        except public.corp.test
    }
    forward . 192.0.2.1
}
`,
    names: ['www.example.org.', 'corp.test.', 'www.public.corp.test.', 'test.', 'xcorp.test.', 'www.CORP.test.'],
  },
]

/** The written Corefiles with questions. */
export function writtenConfigurations(): Configuration[] {
  return texts.map(({ id, text, files = {}, names, addresses = [], types = [], remembers = false }) => {
    const random = new Random(`resolver written ${id}`)
    const subject = { names, zones: ['.'], addresses, types, clients: ['127.0.0.1'], servers: ['127.0.0.1'], remembers }
    const modes: readonly Mode[] = text.includes('forward') ? ['nxdomain'] : []
    return {
      id: `written-${id}`,
      topic: 'written',
      text,
      files,
      modes,
      questions: questionsFor(random, subject, 36),
      remembers,
    }
  })
}
