import { describe, expect, it } from 'vitest'
import { releaseOfImage, releaseOfTag } from '../../grammar/images.ts'

describe('releaseOfImage', () => {
  it.each([
    ['registry.k8s.io/coredns/coredns:v1.11.1', '1.11.1'],
    ['k8s.gcr.io/coredns:1.7.0', '1.7.0'],
    ['k8s.gcr.io/coredns-amd64:1.2.2', '1.2.2'],
    ['coredns/coredns:1.9.4@sha256:b82e294de6be763f73ae71266c8f5466e7e03c69f3a1de96efd570284d35bb18', '1.9.4'],
    ['docker.io/coredns/coredns:1.15.0', '1.15.0'],
    ['localhost:5000/mirror/coredns:1.12.4', '1.12.4'],
    ['602401143452.dkr.ecr.us-west-2.amazonaws.com/eks/coredns:v1.11.4-eksbuild.2', '1.11.4'],
    ['public.ecr.aws/eks-distro/coredns/coredns:v1.11.1-eks-1-29-9', '1.11.1'],
    ['mcr.microsoft.com/oss/v2/kubernetes/coredns:v1.11.3-8', '1.11.3'],
    ['rancher/hardened-coredns:v1.10.1-build20230406', '1.10.1'],
    ['rancher/mirrored-coredns-coredns:1.12.3', '1.12.3'],
    ['bitnami/coredns:1.11.1-debian-11-r0', '1.11.1'],
    ['  coredns:1.12.0\n', '1.12.0'],
  ])('%s is CoreDNS %s', (image, release) => {
    expect(releaseOfImage(image)).toEqual({ release, build: 'official' })
  })

  it.each([
    ['registry.k8s.io/dns/k8s-dns-node-cache:1.22.20', '1.10.0', 'node-cache 1.22.20'],
    ['k8s-dns-node-cache:1.22.20', '1.10.0', 'node-cache 1.22.20'],
    ['k8s.gcr.io/k8s-dns-node-cache-amd64:1.15.13', '1.6.7', 'node-cache 1.15.13'],
    ['rancher/hardened-dns-node-cache:1.22.28-build20240125', '1.10.0', 'node-cache 1.22.28'],
    ['registry.k8s.io/dns/k8s-dns-node-cache:1.26.7@sha256:00', '1.13.1', 'node-cache 1.26.7'],
    ['registry.k8s.io/dns/k8s-dns-node-cache:1.99.0', null, 'node-cache 1.99.0'],
    ['registry.k8s.io/dns/k8s-dns-node-cache:latest', null, 'node-cache'],
    ['registry.k8s.io/dns/k8s-dns-node-cache', null, 'node-cache'],
  ])('%s is CoreDNS %s as %s', (image, release, build) => {
    expect(releaseOfImage(image)).toEqual({ release, build })
  })

  it.each([
    '',
    'coredns/coredns',
    'coredns/coredns:latest',
    'coredns/coredns@sha256:00',
    'coredns/coredns:1.11.2',
    'coredns/coredns:1.16.0',
    'coredns/coredns:011',
    'coredns:1.12',
    'quay.io/oriedge/k8s_gateway:v0.4.0',
    'quay.io/giantswarm/coredns-warnlist-plugin:1.8.3',
    'registry.k8s.io/dns/k8s-dns-kube-dns:1.22.20',
    'registry.example:5000/coredns/other',
    'coredns:1.12.0/other:1.12.0',
  ])('%j tells nothing', (image) => {
    expect(releaseOfImage(image)).toBeNull()
  })
})

describe('releaseOfTag', () => {
  it.each([
    ['v1.11.4-eksbuild.2', '1.11.4'],
    ['1.12.0', '1.12.0'],
    ['v1.10.1_vmware.7', '1.10.1'],
    ['1.11.2', null],
    ['latest', null],
    ['{{ .Values.tag }}', null],
  ])('%s is %s', (tag, release) => {
    expect(releaseOfTag(tag)).toBe(release)
  })
})
