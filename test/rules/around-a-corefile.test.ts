import { describe, expect, it } from 'vitest'
import type { Rule } from '../../src/lint/rule.ts'
import { lint } from '../../src/lint/run.ts'
import configmapTooLarge from '../../src/rules/configmap-too-large.ts'
import forwardLimitExceedsMemory from '../../src/rules/forward-limit-exceeds-memory.ts'
import lameduckTooLong from '../../src/rules/lameduck-too-long.ts'
import lameduckTooShort from '../../src/rules/lameduck-too-short.ts'
import nodeLocalClientAddress from '../../src/rules/node-local-client-address.ts'
import nodelocaldnsBypass from '../../src/rules/nodelocaldns-bypass.ts'
import portNotServed from '../../src/rules/port-not-served.ts'
import probeMismatch from '../../src/rules/probe-mismatch.ts'
import rbacMissing from '../../src/rules/rbac-missing.ts'
import reverseZoneFamily from '../../src/rules/reverse-zone-family.ts'
import { configMap } from '../lint/probes.ts'
import { optionsFor } from './lint-text.ts'

interface Around {
  readonly image?: string
  /** Lines of the pod, and of its container, in flow style. */
  readonly pod?: string
  readonly container?: string
}

const deployment = ({ image = 'coredns:v1.12.0', pod = '', container = '' }: Around = {}) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: coredns, namespace: kube-system}
spec:
  template:
    metadata: {labels: {k8s-app: kube-dns}}
    spec:
      serviceAccountName: coredns
${pod}      containers:
        - name: coredns
          image: ${image}
${container}          volumeMounts: [{name: config, mountPath: /etc/coredns}]
      volumes: [{name: config, configMap: {name: coredns}}]
`

const service = (ports: string, more = '') => `apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec: {selector: {k8s-app: kube-dns}, ports: [${ports}]${more}}
`

const role = (rules: string, more = '') => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: coredns}
${more}rules:
${rules}`

const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: coredns}
roleRef: {kind: ClusterRole, name: coredns}
subjects: [{kind: ServiceAccount, name: coredns, namespace: kube-system}]
`

const list = (group: string, resources: string, verbs = 'list, watch') =>
  `  - {apiGroups: ["${group}"], resources: [${resources}], verbs: [${verbs}]}\n`

/** `RULE SEVERITY "words"` of what a rule finds in documents of one file, with the first word of the message. */
async function found(rule: Rule, corefile: string, ...documents: readonly string[]): Promise<string[]> {
  const text = [configMap(corefile), ...documents].join('---\n')
  return foundIn(rule, [{ path: 'dns.yaml', text }])
}

async function foundIn(rule: Rule, files: readonly { path: string; text: string }[]): Promise<string[]> {
  const options = { ...optionsFor('', { rules: [rule] }), releasesFrom: 'assumed' }
  const result = await lint(files, options)
  return result.files.flatMap(({ text, findings }) =>
    findings.map(({ severity, range }) => `${severity} ${text.slice(range.start, range.end)}`),
  )
}

const block = (...lines: readonly string[]) =>
  `.:53 {\n${lines.map((line) => `    ${line}\n`).join('')}    forward . 10.0.0.2\n}\n`

describe('rbac-missing', () => {
  const all = list('', 'services, namespaces')
  const slices = list('discovery.k8s.io', 'endpointslices')
  const kubernetes = block('kubernetes cluster.local')

  it.each([
    ['all that is needed', kubernetes, all + slices, 'coredns:v1.12.0'],
    ['asterisks', kubernetes, '  - {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}\n', 'coredns:v1.12.0'],
    [
      'verbs in two rules',
      kubernetes,
      list('', 'services, namespaces', 'list') + list('', 'services, namespaces', 'watch') + slices,
      'coredns:v1.12.0',
    ],
    ['Endpoints before 1.8.1', kubernetes, list('', 'services, namespaces, endpoints'), 'coredns:1.8.0'],
    ['an image that tells no release', kubernetes, all, 'registry.example/coredns:latest'],
    ['no endpoints at all', block('kubernetes cluster.local {', '    noendpoints', '}'), all, 'coredns:v1.12.0'],
    [
      'an API server with other credentials',
      block('kubernetes cluster.local {', '    endpoint http://10.0.0.1', '}'),
      all,
      'coredns:v1.12.0',
    ],
    ['no kubernetes', block('whoami'), all, 'coredns:v1.12.0'],
  ])('is silent about %s', async (_, corefile, rules, image) => {
    expect(await found(rbacMissing, corefile, deployment({ image }), binding, role(rules))).toEqual([])
  })

  it('needs both verbs, and goes by the account of its own', async () => {
    const said = (corefile: string, rules: string, image = 'coredns:v1.13.1') =>
      found(rbacMissing, corefile, deployment({ image }), binding, role(rules))
    expect(await said(kubernetes, all + list('discovery.k8s.io', 'endpointslices', 'list'))).toEqual(['error coredns'])
    expect(await said(kubernetes, all + list('discovery.k8s.io', 'endpointslices', 'watch'))).toEqual(['error coredns'])
    expect(await said(block('kubernetes cluster.local {', '    kubeconfig /k context', '}'), all)).toEqual([])
    expect(await said(block('kubernetes cluster.local {', '    endpoint {$API}', '}'), all)).toEqual([])
    expect(await said(block('kubernetes cluster.local {', '    ttl {$TTL}', '}'), all)).toEqual([])
    const imports = list('multicluster.x-k8s.io', 'serviceimports')
    const multicluster = block('kubernetes cluster.local {', '    multicluster cluster.local', '}')
    expect(await said(multicluster, all + slices + imports)).toEqual([])
    const bare = block('kubernetes cluster.local {', '    multicluster', '}')
    expect(await said(bare, all + slices)).toEqual([])
  })

  it('is silent where nobody can tell what the account may', async () => {
    const said = (...more: string[]) => found(rbacMissing, kubernetes, deployment(), ...more)
    expect(await said(role(all))).toEqual([])
    expect(await said(binding)).toEqual([])
    expect(await said(binding, role(all, 'aggregationRule: {clusterRoleSelectors: []}\n'))).toEqual([])
    const local = binding.replace('ClusterRoleBinding', 'RoleBinding')
    expect(await said(binding, local, role(all))).toEqual([])
    expect(await said(binding.replace('name: coredns, namespace', 'name: other, namespace'), role(all))).toEqual([])
  })

  it('tells what is missing, of several ClusterRoles what none has', async () => {
    expect(await found(rbacMissing, kubernetes, deployment(), binding, role(all))).toEqual(['error coredns'])
    expect(await found(rbacMissing, kubernetes, deployment(), binding, role(list('', 'services') + slices))).toEqual([
      'error coredns',
    ])
    expect(
      await found(
        rbacMissing,
        kubernetes,
        deployment(),
        binding,
        role(all + list('discovery.k8s.io', 'endpointslices', 'get')),
      ),
    ).toEqual(['error coredns'])
    const multicluster = block('kubernetes cluster.local {', '    multicluster cluster.local', '}')
    expect(
      await found(rbacMissing, multicluster, deployment({ image: 'coredns:v1.13.1' }), binding, role(all + slices)),
    ).toEqual(['error coredns'])
  })

  it('goes by the cluster of a directory', async () => {
    const files = (name: string, rules: string) => [
      { path: `${name}/coredns.yaml`, text: `${configMap(kubernetes)}---\n${deployment()}` },
      { path: `${name}/rbac.yaml`, text: `${binding}---\n${role(rules)}` },
    ]
    expect(await foundIn(rbacMissing, [...files('a', all + slices), ...files('b', all)])).toEqual(['error coredns'])
    expect(await foundIn(rbacMissing, [...files('a', all + slices), ...files('b', all + slices)])).toEqual([])
  })
})

describe('probe-mismatch', () => {
  const probe = (text: string, name = 'readinessProbe') => ({ container: `          ${name}: ${text}\n` })

  it.each([
    ['what is served', block('ready'), probe('{httpGet: {path: /ready, port: 8181}}')],
    [
      'the name of a port',
      block('ready'),
      {
        container:
          '          ports: [{name: r, containerPort: 8181}]\n          readinessProbe: {httpGet: {path: /ready, port: r}}\n',
      },
    ],
    ['a name of a port that is not there', block('whoami'), probe('{httpGet: {path: /ready, port: r}}')],
    ['health as readiness', block('health'), probe('{httpGet: {path: /health, port: 8080}}')],
    ['a port of its own', block('health :9000'), probe('{httpGet: {path: /health, port: 9000}}')],
    ['metrics', block('prometheus :9153'), probe('{httpGet: {path: /metrics, port: 9153}}', 'livenessProbe')],
    [
      'loopback, asked there',
      block('health 127.0.0.1:8080'),
      probe('{httpGet: {path: /health, port: 8080, host: 127.0.0.1}}'),
    ],
    [
      'an address of the node',
      block('health 169.254.20.10:8080'),
      probe('{httpGet: {path: /health, port: 8080, host: 169.254.20.10}}'),
    ],
    ['TCP to the port of DNS', block('whoami'), probe('{tcpSocket: {port: 53}}')],
    ['a command', block('whoami'), probe('{exec: {command: [dig]}}')],
    ['a plugin that nobody knows', block('my-health :8181'), probe('{httpGet: {path: /ready, port: 8181}}')],
    ['an import that is missing', block('import {$X}'), probe('{httpGet: {path: /ready, port: 8181}}')],
    [
      'the port of a sidecar',
      block('whoami'),
      { container: '          livenessProbe: {httpGet: {path: /x, port: 9000}}\n', pod: '', image: 'coredns:v1.12.0' },
    ],
  ])('is silent about %s', async (name, corefile, around) => {
    const sidecar = name.includes('sidecar')
      ? deployment(around).replace(
          '      volumes:',
          '        - {name: side, image: side, ports: [{containerPort: 9000}]}\n      volumes:',
        )
      : deployment(around)
    expect(await found(probeMismatch, corefile, sidecar)).toEqual([])
  })

  it.each([
    ['nothing there', block('health'), probe('{httpGet: {path: /ready, port: 8181}}'), 'error 8181'],
    ['another port', block('ready :9000'), probe('{httpGet: {path: /ready, port: 8181}}'), 'error 8181'],
    ['another path', block('ready'), probe('{httpGet: {path: /health, port: 8181}}'), 'error /health'],
    ['no path', block('ready'), probe('{httpGet: {port: 8181}}'), 'error 8181'],
    [
      'loopback',
      block('health localhost:8080'),
      probe('{httpGet: {path: /health, port: 8080}}', 'livenessProbe'),
      'error 8080',
    ],
    [
      'another address',
      block('health 169.254.20.10:8080'),
      probe('{httpGet: {path: /health, port: 8080, host: 169.254.20.11}}'),
      'error 8080',
    ],
    ['HTTPS', block('health'), probe('{httpGet: {path: /health, port: 8080, scheme: HTTPS}}'), 'error HTTPS'],
    ['HTTP to the port of DNS', block('whoami'), probe('{httpGet: {path: /health, port: 53}}'), 'error 53'],
    ['TCP to nothing', block('whoami'), probe('{tcpSocket: {port: 8080}}', 'startupProbe'), 'error 8080'],
  ])('tells %s', async (_, corefile, around, expected) => {
    expect(await found(probeMismatch, corefile, deployment(around))).toEqual([expected])
  })
})

describe('lameduck', () => {
  const health = (lameduck: string) => block('health {', `    lameduck ${lameduck}`, '}')
  const grace = (seconds: number) => deployment({ pod: `      terminationGracePeriodSeconds: ${seconds}\n` })
  const probed = (text = '') =>
    deployment({ container: `          readinessProbe: {httpGet: {path: /ready, port: 8181}${text}}\n` })

  it('is too long from the grace period on, 30 seconds where nothing is said', async () => {
    expect(await found(lameduckTooLong, health('29s'), deployment())).toEqual([])
    expect(await found(lameduckTooLong, health('30s'), deployment())).toEqual(['warning 30s'])
    expect(await found(lameduckTooLong, health('1m'), grace(61))).toEqual([])
    expect(await found(lameduckTooLong, health('1m'), grace(60))).toEqual(['warning 1m'])
    expect(await found(lameduckTooLong, health('1m'))).toEqual([])
    expect(await found(lameduckTooLong, health('{$LAME}'), deployment())).toEqual([])
  })

  it('is too short below what the probe takes to fail', async () => {
    expect(await found(lameduckTooShort, health('30s'), probed())).toEqual([])
    expect(await found(lameduckTooShort, health('29s'), probed())).toEqual(['info 29s'])
    expect(await found(lameduckTooShort, health('4s'), probed(', periodSeconds: 2, failureThreshold: 2'))).toEqual([])
    expect(await found(lameduckTooShort, block('health'), probed())).toEqual(['info health'])
    expect(await found(lameduckTooShort, health('5s'), deployment())).toEqual([])
    expect(await found(lameduckTooShort, block('whoami'), probed())).toEqual([])
  })
})

describe('forward-limit-exceeds-memory', () => {
  const limited = (limit: string) => `.:53 {\n    forward . 10.0.0.2 {\n        max_concurrent ${limit}\n    }\n}\n`
  const memory = (limit: string) => deployment({ container: `          resources: {limits: {memory: ${limit}}}\n` })

  it.each([
    ['1000', '170Mi', []],
    ['72000', '170Mi', []],
    ['80000', '170Mi', ['warning 80000']],
    ['80000', '1Gi', []],
    ['80000', '100M', ['warning 80000']],
    ['1000', '20Mi', []],
    ['80000', 'a lot', []],
    ['{$LIMIT}', '170Mi', []],
  ])('%s queries in %s', async (limit, size, expected) => {
    expect(await found(forwardLimitExceedsMemory, limited(limit), memory(size))).toEqual(expected)
  })

  it('counts the cache', async () => {
    const cached = limited('70000').replace('{\n', '{\n    cache\n')
    expect(await found(forwardLimitExceedsMemory, limited('70000'), memory('170Mi'))).toEqual([])
    expect(await found(forwardLimitExceedsMemory, cached, memory('170Mi'))).toEqual(['warning 70000'])
    expect(await found(forwardLimitExceedsMemory, cached, deployment())).toEqual([])
    const small = cached.replace('cache\n', 'cache {\n        success 1024\n    }\n')
    expect(await found(forwardLimitExceedsMemory, small, memory('170Mi'))).toEqual([])
  })
})

describe('reverse-zone-family', () => {
  const both = service('{port: 53}', ', clusterIPs: [10.96.0.10, "fd00::a"]')
  const single = service('{port: 53}', ', clusterIP: 10.96.0.10')
  const zones = (text: string) => block(`kubernetes cluster.local ${text}`)

  it('needs addresses of both families and reverse names of one', async () => {
    expect(await found(reverseZoneFamily, zones('in-addr.arpa'), deployment(), both)).toEqual(['warning in-addr.arpa'])
    expect(await found(reverseZoneFamily, zones('10.96.0.0/16'), deployment(), both)).toEqual(['warning kubernetes'])
    expect(await found(reverseZoneFamily, zones('ip6.arpa'), deployment(), both)).toEqual(['warning ip6.arpa'])
    expect(await found(reverseZoneFamily, zones('in-addr.arpa ip6.arpa'), deployment(), both)).toEqual([])
    expect(await found(reverseZoneFamily, zones(''), deployment(), both)).toEqual([])
    expect(await found(reverseZoneFamily, zones('in-addr.arpa'), deployment(), single)).toEqual([])
    expect(await found(reverseZoneFamily, zones('in-addr.arpa {$MORE}'), deployment(), both)).toEqual([])
    const other = both.replace('k8s-app: kube-dns}', 'k8s-app: other}')
    expect(await found(reverseZoneFamily, zones('in-addr.arpa'), deployment(), other)).toEqual([])
  })

  it('takes the networks of the cluster too', async () => {
    const cidr =
      'apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: {name: kubernetes}\nspec: {cidrs: [10.96.0.0/16, "fd00::/108"]}\n'
    expect(await found(reverseZoneFamily, zones('in-addr.arpa'), cidr)).toEqual(['warning in-addr.arpa'])
    const kubeadm =
      'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking: {serviceSubnet: "10.96.0.0/16,fd00::/108"}\n'
    expect(await found(reverseZoneFamily, zones('in-addr.arpa'), kubeadm)).toEqual(['warning in-addr.arpa'])
    expect(await found(reverseZoneFamily, zones('in-addr.arpa'), kubeadm.replace(',fd00::/108', ''))).toEqual([])
  })
})

describe('port-not-served', () => {
  const other = (key: string, more = '') =>
    `${block('kubernetes cluster.local')}${key} {\n    ${more}forward . 10.0.0.53\n}\n`

  it.each([
    ['the port of the Service', other('a.example'), [deployment(), service('{port: 53}')]],
    [
      'a port that the Service leads to under a number',
      other('a.example:5353'),
      [deployment(), service('{port: 53}, {port: 54, targetPort: 5353}')],
    ],
    [
      'a port that only the container opens',
      other('a.example:5353'),
      [deployment({ container: '          ports: [{containerPort: 5353}]\n' }), service('{port: 53}')],
    ],
    [
      'a name of a port that is not declared',
      other('a.example:5353'),
      [deployment(), service('{port: 53, targetPort: dns}')],
    ],
    [
      'the network of the node',
      other('a.example:5353'),
      [deployment({ pod: '      hostNetwork: true\n' }), service('{port: 53}')],
    ],
    [
      'a listener for this server alone',
      other('a.example:5353', 'bind 127.0.0.1\n    '),
      [deployment(), service('{port: 53}')],
    ],
    [
      'a listener that this server asks',
      `${other('a.example:5353')}b.example {\n    forward . 127.0.0.1:5353\n}\n`,
      [deployment(), service('{port: 53}')],
    ],
    ['no Service and no port', other('a.example:5353'), [deployment()]],
  ])('is silent about %s', async (_, corefile, documents) => {
    expect(await found(portNotServed, corefile, ...documents)).toEqual([])
  })

  it('tells a port that nobody leads to, by number or name', async () => {
    expect(await found(portNotServed, other('a.example:5353'), deployment(), service('{port: 53}'))).toEqual([
      'warning a.example:5353',
    ])
    const named = deployment({ container: '          ports: [{name: dns, containerPort: 1053}]\n' })
    expect(await found(portNotServed, other('a.example:1053'), named, service('{port: 53, targetPort: dns}'))).toEqual([
      'warning .:53',
    ])
    expect(await found(portNotServed, other('tls://a.example'), deployment(), service('{port: 53}'))).toEqual([
      'warning tls://a.example',
    ])
  })
})

describe('configmap-too-large', () => {
  const hosts = (bytes: number) => {
    const line = '        10.0.0.1 a.example\n'
    return `.:53 {\n    hosts {\n${line.repeat(Math.floor(bytes / line.length))}        fallthrough\n    }\n    whoami\n}\n`
  }

  it('counts what kubectl must copy, and what Kubernetes stores', async () => {
    expect(await found(configmapTooLarge, hosts(230 * 1024))).toEqual([])
    expect(await found(configmapTooLarge, hosts(250 * 1024))).toEqual(['warning |'])
    expect(await found(configmapTooLarge, hosts(1100 * 1024))).toEqual(['error |'])
    expect(await foundIn(configmapTooLarge, [{ path: 'Corefile', text: hosts(1100 * 1024) }])).toEqual([])
  })
})

describe('behind NodeLocal DNSCache', () => {
  const nodeLocal = (root: string, zones = '__PILLAR__DNS__DOMAIN__:53 in-addr.arpa:53') =>
    configMap(`${zones} {\n    forward . __PILLAR__CLUSTER__DNS__\n}\n${root}`).replace(
      'name: coredns',
      'name: node-local-dns',
    )
  const upstream = '.:53 {\n    forward . __PILLAR__UPSTREAM__SERVERS__\n}\n'
  const kubernetes = 'kubernetes cluster.local'
  const hosts = ['hosts {', '    10.0.0.1 a.corp.example b.corp.example', '    fallthrough', '}']

  it('tells each list of names that pods do not reach, once', async () => {
    const said = (...lines: string[]) => found(nodelocaldnsBypass, block(kubernetes, ...lines), nodeLocal(upstream))
    expect(await said(...hosts)).toEqual(['warning a.corp.example'])
    expect(await said('rewrite name exact a.example b.example')).toEqual(['warning a.example'])
    expect(await said('template IN A corp.example {', '    answer "{{ .Name }} 60 IN A 10.0.0.1"', '}')).toEqual([
      'warning template',
    ])
    // Of the lines of hosts the entries alone are names.
    expect(await said('hosts {', '    ttl 60', '    reload 30s', '}')).toEqual([])
    expect(await said('rewrite name suffix .example .cluster.local answer auto')).toEqual([])
    expect(await said('rewrite name exact {$A} b.example')).toEqual([])
    expect(await said('file db.example a.example b.example')).toEqual([])
    expect(await said('file db.example')).toEqual([])
    const stub = `${block(kubernetes)}corp.example:53 {\n    forward . 10.0.0.53\n}\n`
    expect(await found(nodelocaldnsBypass, stub, nodeLocal(upstream))).toEqual(['warning corp.example:53'])
  })

  it('is silent where the cluster DNS is asked', async () => {
    const said = (cache: string, ...lines: string[]) => found(nodelocaldnsBypass, block(kubernetes, ...lines), cache)
    expect(await said(nodeLocal(upstream))).toEqual([])
    expect(await said(nodeLocal('.:53 {\n    forward . __PILLAR__CLUSTER__DNS__\n}\n'), ...hosts)).toEqual([])
    expect(await said(nodeLocal('.:53 {\n    forward . 10.96.0.10\n}\n'), ...hosts)).toEqual([])
    expect(await said(nodeLocal(''), ...hosts)).toEqual([])
    expect(await said(nodeLocal(upstream, 'cluster.local corp.example'), ...hosts)).toEqual([])
    expect(
      await said(nodeLocal(upstream), 'hosts {', '    10.0.0.1 api.cluster.local', '    fallthrough', '}'),
    ).toEqual([])
    expect(await found(nodelocaldnsBypass, block(...hosts), nodeLocal(upstream))).toEqual([])
    expect(await found(nodelocaldnsBypass, block(kubernetes, ...hosts))).toEqual([])
  })

  it('tells decisions by the address of the client', async () => {
    const said = (...lines: string[]) => found(nodeLocalClientAddress, block(kubernetes, ...lines), nodeLocal(upstream))
    expect(await said('acl {', '    allow net 10.0.0.0/8', '    block', '}')).toEqual(['warning allow'])
    expect(await said('acl {', '    block type ANY net *', '}')).toEqual([])
    expect(await said('autopath @kubernetes')).toEqual(['warning @kubernetes'])
    expect(await said('autopath /etc/resolv.conf')).toEqual([])
    expect(await said('view v {', "    expr incidr(client_ip(), '10.0.0.0/8')", '}')).toEqual(['warning expr'])
    expect(await said('view v {', "    expr type() == 'A'", '}')).toEqual([])
    expect(await found(nodeLocalClientAddress, block(kubernetes, 'autopath @kubernetes'))).toEqual([])
  })
})
