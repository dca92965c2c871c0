/** An object of Kubernetes as plain data, as `kubectl get -o json` has it in `items`: Service, Endpoints, EndpointSlice, Pod or Namespace. */
export interface KubernetesObject {
  readonly kind?: string
  readonly metadata?: {
    readonly name?: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
  }
  readonly [field: string]: unknown
}
