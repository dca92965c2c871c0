import { belongingTo, NearIndex } from './near.ts'
import type { ClusterObject, ClusterRole, ClusterRoleBinding, Service, Workload } from './objects.ts'

/** What Kubernetes itself joins by labels and names: a workload and the Services that lead to it, an account and its roles. */
export class ClusterLinks {
  /** By one label of their selectors. */
  readonly #services = new NearIndex<Service>()
  /** By the accounts that they are for. */
  readonly #bindings = new NearIndex<ClusterRoleBinding>()
  readonly #roles = new NearIndex<ClusterRole>()
  readonly #workloads = new NearIndex<Workload>()
  readonly #accounts = new NearIndex<Workload>()
  readonly #bound = new NearIndex<ClusterRoleBinding>()
  readonly #hasLocalBindings: ReadonlySet<string>

  constructor(objects: {
    readonly workloads: readonly Workload[]
    readonly services: readonly Service[]
    readonly clusterRoles: readonly ClusterRole[]
    readonly clusterRoleBindings: readonly ClusterRoleBinding[]
    readonly roleBindings: readonly ClusterObject[]
  }) {
    for (const service of objects.services) {
      const [first] = service.selector
      if (first !== undefined) this.#services.add(labelOf(first[0], first[1].value), service)
    }
    for (const workload of objects.workloads) {
      for (const [key, { value }] of workload.podLabels) this.#workloads.add(labelOf(key, value), workload)
      this.#accounts.add(accountOf(workload), workload)
    }
    for (const binding of objects.clusterRoleBindings) {
      for (const { kind, name } of binding.subjects) if (kind === 'ServiceAccount') this.#bindings.add(name, binding)
      if (binding.roleName !== null) this.#bound.add(binding.roleName.value, binding)
    }
    for (const role of objects.clusterRoles) if (role.name !== null) this.#roles.add(role.name.value, role)
    this.#hasLocalBindings = new Set(
      objects.roleBindings.flatMap(({ manifest }) =>
        (manifest.get('subjects')?.items() ?? []).flatMap((subject) => subject.get('name')?.text ?? []),
      ),
    )
  }

  /** The Services whose selector fits the pods of a workload, in its namespace, of the same file or the nearest directory. */
  servicesOf(workload: Workload): readonly Service[] {
    const namespace = workload.namespace?.value
    const found = [...workload.podLabels].flatMap(([key, { value }]) =>
      belongingTo(labelOf(key, value), workload.path, this.#services, this.#workloads),
    )
    return found.filter(
      (service) =>
        (service.namespace?.value ?? namespace) === (namespace ?? service.namespace?.value) &&
        [...service.selector].every(([key, { value }]) => workload.podLabels.get(key)?.value === value),
    )
  }

  /**
   * The ClusterRoles of a workload's account; null where nobody can tell what it may do: no binding in the run, one whose role is not
   * there or is put together out of others, or a binding in a namespace besides.
   */
  rolesOf(workload: Workload): readonly ClusterRole[] | null {
    const account = accountOf(workload)
    if (this.#hasLocalBindings.has(account)) return null
    const namespace = workload.namespace?.value
    const bindings = belongingTo(account, workload.path, this.#bindings, this.#accounts).filter(({ subjects }) =>
      subjects.some(
        (subject) =>
          subject.kind === 'ServiceAccount' &&
          subject.name === account &&
          (subject.namespace ?? namespace) === (namespace ?? subject.namespace),
      ),
    )
    if (bindings.length === 0) return null
    const roles: ClusterRole[] = []
    for (const { roleName, path } of bindings) {
      const own = roleName === null ? [] : belongingTo(roleName.value, path, this.#roles, this.#bound)
      if (own.length === 0 || own.some(({ manifest }) => manifest.get('aggregationRule') !== undefined)) return null
      for (const role of own) roles.push(role)
    }
    return roles
  }
}

function labelOf(key: string, value: string): string {
  return `${key}=${value}`
}

/** Kubernetes takes `default` where nothing is said. */
function accountOf({ serviceAccountName }: Workload): string {
  return serviceAccountName?.value ?? 'default'
}
