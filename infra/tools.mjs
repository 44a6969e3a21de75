// Installs the tools of the lock file, when they are not there or are older.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refused } from './refused.mjs'

const infra = dirname(fileURLToPath(import.meta.url))

/** Runs a command in a folder, with its output on this terminal. */
export function run(folder, command, args, env = {}) {
  const { status, error } = spawnSync(command, args, { cwd: folder, stdio: 'inherit', env: { ...process.env, ...env } })
  if (error || status !== 0) {
    // Parameters may be secrets.
    const shown = args.filter(arg => !arg.startsWith('--param='))
    throw new Refused(error ? `${command} cannot be started: ${error.message}` : `${command} ${shown.join(' ')} failed.`)
  }
}

export function installTools() {
  const installed = join(infra, 'node_modules/.package-lock.json')
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(join(infra, 'package-lock.json')).mtimeMs) {
    run(dirname(infra), 'npm', ['ci', '--prefix', infra, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  }
}
