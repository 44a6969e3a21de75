// Deploys or removes by osls, in the version of the lock file: node infra/deploy.mjs deploy|remove, with STAGE, REGION and
// PARAMS="name=value …" of infra/parameters.yml in the environment. It needs nothing but Node.
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflateRawSync } from 'node:zlib'

const infra = dirname(fileURLToPath(import.meta.url))
const project = dirname(infra)
const zip = join(project, 'target/function.zip')
const MACHINES = { 0x3e: 'x86_64', 0xb7: 'arm64' } // of an ELF header

function refuse(why) {
  console.error(why)
  process.exit(1)
}

// Where the local header of a file in a zip begins, from the directory at its end; -1 without the file.
function offsetInZip(bytes, name) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'))
  let at = end < 0 ? 0 : bytes.readUInt32LE(end + 16)
  for (let left = end < 0 ? 0 : bytes.readUInt16LE(end + 10); left > 0; left--) {
    const length = bytes.readUInt16LE(at + 28)
    if (bytes.toString('utf8', at + 46, at + 46 + length) === name) {
      return bytes.readUInt32LE(at + 42)
    }
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return -1
}

function executableInZip(bytes) {
  const at = offsetInZip(bytes, 'bootstrap')
  if (at < 0) {
    return undefined
  }
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
  const content = bytes.subarray(start)
  const inflated = () => inflateRawSync(content.subarray(0, 65536), { finishFlush: 2 /* Z_SYNC_FLUSH: it is cut off */ })
  return bytes.readUInt16LE(at + 8) === 0 ? content : inflated()
}

function executableOfImage() {
  const folder = join(project, 'target')
  const runner = existsSync(folder) && readdirSync(folder).find(name => name.endsWith('-runner'))
  if (!runner) {
    return undefined
  }
  const header = Buffer.alloc(20)
  const file = openSync(join(folder, runner))
  readSync(file, header)
  closeSync(file)
  return header
}

function checkArchitecture(executable, arch) {
  const built = MACHINES[executable.readUInt16LE(18)] ?? 'another architecture'
  if (built !== arch) {
    refuse(`The native executable is for ${built}, and this deploys for ${arch}: build it on the other machine, or deploy with PARAMS="arch=${built}".`)
  }
}

// Lambda would only tell at the first request.
function checkArtifact({ packaging = 'zip', arch = 'arm64', image = 'gateway' }) {
  if (!['zip', 'image', 'jvm'].includes(packaging)) {
    refuse(`packaging is zip, image or jvm, not ${packaging}.`)
  }
  if (packaging === 'image') {
    if (image === 'gateway') {
      checkArchitecture(executableOfImage() ?? refuse('There is no native executable in target: build it (make native).'), arch)
    }
    return
  }
  if (!existsSync(zip)) {
    refuse(`There is no target/function.zip: build it (make ${packaging === 'jvm' ? 'package' : 'native'}).`)
  }
  const executable = executableInZip(readFileSync(zip))
  if (packaging === 'zip') {
    checkArchitecture(executable ?? refuse('target/function.zip is for the JVM: build the native one (make native), or deploy with PARAMS="packaging=jvm".'), arch)
  } else if (executable) {
    refuse('target/function.zip holds a native executable: build the one for the JVM (make package), or deploy without packaging=jvm.')
  }
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: project, stdio: 'inherit' })
  if (error || status !== 0) {
    refuse(error ? `${command} cannot be started: ${error.message}` : `${command} ${args.join(' ')} failed.`)
  }
}

const [, , command] = process.argv
const { STAGE: stage, REGION: region, PARAMS: params = '' } = process.env
const parameters = params.split(/\s+(?=[A-Za-z]+=)/).filter(Boolean)
if (!['deploy', 'remove'].includes(command)) {
  refuse('node infra/deploy.mjs deploy|remove')
}
if (command === 'deploy') {
  checkArtifact(Object.fromEntries(parameters.map(parameter => parameter.trim().split(/=(.*)/s, 2))))
}

const installed = join(infra, 'node_modules/.package-lock.json')
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(join(infra, 'package-lock.json')).mtimeMs) {
  run('npm', ['ci', '--prefix', infra, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
}
run('npx', [
  '--no',
  '--prefix',
  infra,
  'osls',
  command,
  ...(stage ? ['--stage', stage] : []),
  ...(region ? ['--region', region] : []),
  ...parameters.map(parameter => `--param=${parameter.trim()}`),
  // Also where nothing else has changed: CloudFormation reads the provider's key anew only for functions that change.
  ...(command === 'deploy' ? ['--force'] : []),
])
