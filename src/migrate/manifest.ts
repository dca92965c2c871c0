import { isSince } from '../values/release.ts'
import { byteLength } from '../values/text.ts'

/** What the objects around a Corefile depend on. */
export interface ManifestOptions {
  readonly corefile: string
  readonly release: string
  /** The address of the Service; null to let the cluster choose. */
  readonly clusterDnsIp: string | null
  /** The port that the Corefile serves. */
  readonly port: number
}

/** Since this release CoreDNS watches EndpointSlices alone. */
const ENDPOINT_SLICES = '1.8.1'
/** Since this release the plugin ready is there to probe. */
const READY = '1.5.0'
/** Client-side `kubectl apply` keeps the object in an annotation of at most 262,144 bytes. */
const MOST_APPLIED = 240 * 1024

/** The ConfigMap that CoreDNS mounts, as YAML. */
export function configMapOf(corefile: string): string {
  const lines = corefile.split('\n').map((line) => (line === '' ? '' : `    ${line}`))
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
  namespace: kube-system
data:
  Corefile: |
${lines.join('\n').trimEnd()}
`
}

/** Whether the ConfigMap is too large for `kubectl apply` without `--server-side`. */
export function needsServerSideApply(corefile: string): boolean {
  return byteLength(configMapOf(corefile)) > MOST_APPLIED
}

/** Everything that `kubectl apply` needs to run CoreDNS in place of kube-dns: account, rights, ConfigMap, Deployment and Service. */
export function manifestOf({ corefile, release, clusterDnsIp, port }: ManifestOptions): string {
  const watched = isSince(release, ENDPOINT_SLICES) ? '' : '\n      - endpoints'
  const slices = isSince(release, ENDPOINT_SLICES)
    ? `
  - apiGroups:
      - discovery.k8s.io
    resources:
      - endpointslices
    verbs:
      - list
      - watch`
    : ''
  const readiness = isSince(release, READY) ? { path: '/ready', port: 8181 } : { path: '/health', port: 8080 }
  const address = clusterDnsIp === null ? '' : `\n  clusterIP: ${clusterDnsIp}`
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: coredns
  namespace: kube-system
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: system:coredns
rules:
  - apiGroups:
      - ""
    resources:${watched}
      - services
      - pods
      - namespaces
    verbs:
      - list
      - watch${slices}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: system:coredns
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: system:coredns
subjects:
  - kind: ServiceAccount
    name: coredns
    namespace: kube-system
---
${configMapOf(corefile)}---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: coredns
  namespace: kube-system
  labels:
    k8s-app: kube-dns
    kubernetes.io/name: CoreDNS
spec:
  # Not set, so that an autoscaler may set it; the default is 1.
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 1
  selector:
    matchLabels:
      k8s-app: kube-dns
  template:
    metadata:
      labels:
        k8s-app: kube-dns
    spec:
      priorityClassName: system-cluster-critical
      serviceAccountName: coredns
      tolerations:
        - key: CriticalAddonsOnly
          operator: Exists
      nodeSelector:
        kubernetes.io/os: linux
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                labelSelector:
                  matchExpressions:
                    - key: k8s-app
                      operator: In
                      values: [kube-dns]
                topologyKey: kubernetes.io/hostname
      containers:
        - name: coredns
          image: coredns/coredns:${release}
          imagePullPolicy: IfNotPresent
          resources:
            limits:
              memory: 170Mi
            requests:
              cpu: 100m
              memory: 70Mi
          args: [-conf, /etc/coredns/Corefile]
          volumeMounts:
            - name: config-volume
              mountPath: /etc/coredns
              readOnly: true
          ports:
            - name: dns
              containerPort: ${port}
              protocol: UDP
            - name: dns-tcp
              containerPort: ${port}
              protocol: TCP
            - name: metrics
              containerPort: 9153
              protocol: TCP
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              add: [NET_BIND_SERVICE]
              drop: [ALL]
            readOnlyRootFilesystem: true
          livenessProbe:
            httpGet:
              path: /health
              port: 8080
              scheme: HTTP
            initialDelaySeconds: 60
            timeoutSeconds: 5
            successThreshold: 1
            failureThreshold: 5
          readinessProbe:
            httpGet:
              path: ${readiness.path}
              port: ${readiness.port}
              scheme: HTTP
      # Not ClusterFirst: then forward . /etc/resolv.conf would ask CoreDNS itself.
      dnsPolicy: Default
      volumes:
        - name: config-volume
          configMap:
            name: coredns
            items:
              - key: Corefile
                path: Corefile
---
apiVersion: v1
kind: Service
metadata:
  name: kube-dns
  namespace: kube-system
  annotations:
    prometheus.io/port: "9153"
    prometheus.io/scrape: "true"
  labels:
    k8s-app: kube-dns
    kubernetes.io/cluster-service: "true"
    kubernetes.io/name: CoreDNS
spec:
  selector:
    k8s-app: kube-dns${address}
  ports:
    - name: dns
      port: 53
      targetPort: ${port}
      protocol: UDP
    - name: dns-tcp
      port: 53
      targetPort: ${port}
      protocol: TCP
    - name: metrics
      port: 9153
      protocol: TCP
`
}
