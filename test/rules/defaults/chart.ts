/** The values that the chart of coredns/helm comes with, where they describe servers. */
interface ChartValues {
  readonly name: string
  readonly source: string
  readonly coredns: string
  readonly text: string
}

const values = (coredns: string, lameduck: string, tcp: boolean) => `image:
  repository: coredns/coredns
  tag: "${coredns}"
terminationGracePeriodSeconds: 30
isClusterService: true
rbac:
  create: true
servers:
- zones:
  - zone: .
${tcp ? '    use_tcp: true\n' : ''}  port: 53
  plugins:
  - name: errors
  - name: health
    configBlock: |-
      lameduck ${lameduck}
  - name: ready
  - name: kubernetes
    parameters: cluster.local in-addr.arpa ip6.arpa
    configBlock: |-
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
      ttl 30
  - name: prometheus
    parameters: 0.0.0.0:9153
  - name: forward
    parameters: . /etc/resolv.conf
  - name: cache
    parameters: 30
  - name: loop
  - name: reload
  - name: loadbalance
resources:
  limits:
    cpu: 100m
    memory: 128Mi
livenessProbe:
  enabled: true
  initialDelaySeconds: 60
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 5
readinessProbe:
  enabled: true
  initialDelaySeconds: 30
  periodSeconds: ${tcp ? 5 : 10}
  timeoutSeconds: 5
  failureThreshold: ${tcp ? 1 : 5}
hpa:
  enabled: false
`

/** The chart leaves the tag empty and takes its own version of CoreDNS; here the tag says it. */
export const chartValues: readonly ChartValues[] = [
  ['1.16.7', '1.8.7', '5s', false],
  ['1.19.10', '1.9.4', '5s', false],
  ['1.24.5', '1.10.1', '5s', false],
  ['1.29.0', '1.11.1', '5s', false],
  ['1.37.3', '1.11.4', '5s', false],
  ['1.46.2', '1.13.1', '10s', true],
].map(([chart, coredns, lameduck, tcp]) => ({
  name: `the chart coredns ${chart}`,
  source: `coredns/helm charts/coredns/values.yaml at coredns-${chart}`,
  coredns: String(coredns),
  text: values(String(coredns), String(lameduck), tcp === true),
}))
