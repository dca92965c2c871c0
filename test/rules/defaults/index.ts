import { clouds } from './clouds.ts'
import { distributions } from './distributions.ts'
import type { Installed } from './installed.ts'
import { kubeadm } from './kubeadm.ts'
import { nodeLocal } from './node-local.ts'

export { chartValues } from './chart.ts'
export { configMapOf, type Installed, listOf, manifestOf } from './installed.ts'

/** What distributions install, unchanged, release by release; every text written anew from the source it names. */
export const installations: readonly Installed[] = [...kubeadm, ...clouds, ...distributions, ...nodeLocal]
