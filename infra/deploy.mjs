// Deploys or removes with osls in the version of the lock file, or takes into the stack what an earlier deployment has
// left: node infra/deploy.mjs deploy|remove|adopt. It reads STAGE, REGION and PARAMS="name=value …" of
// infra/parameters.yml from the environment. It needs Node, and the AWS CLI for its checks and for adopt.
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflateRawSync } from 'node:zlib'
import { checkAccount } from './account.mjs'
import { adopt } from './adopt.mjs'
import { checkModelsOf } from './models.mjs'
import { checkParameters, checkTogether, defaults, given } from './parameters.mjs'
import { Place } from './place.mjs'
import { Refused } from './refused.mjs'
import { regionOf } from './region.mjs'
import { rollbackAlarm } from './rollback.mjs'

const infra = dirname(fileURLToPath(import.meta.url))
const project = dirname(infra)
const zip = join(project, 'target/function.zip')
const MACHINES = { 0x3e: 'x86_64', 0xb7: 'arm64' } // of an ELF header

function refuse(why) {
  console.error(why)
  process.exit(1)
}

// The offset of a file's local header, from the directory at the end of the zip; -1 without the file.
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
  const inflated = () => inflateRawSync(content.subarray(0, 65536), { finishFlush: 2 /* Z_SYNC_FLUSH, because the input is cut off */ })
  return bytes.readUInt16LE(at + 8) === 0 ? content : inflated()
}

function nativeExecutable() {
  const folder = join(project, 'target')
  const name = existsSync(folder) && readdirSync(folder).find(name => name.endsWith('-runner'))
  return name ? join(folder, name) : refuse('There is no native executable in target: build it (make native).')
}

function headerOf(executable) {
  const header = Buffer.alloc(20)
  const file = openSync(executable)
  readSync(file, header)
  closeSync(file)
  return header
}

function checkArchitecture(executable, arch) {
  const built = MACHINES[executable.readUInt16LE(18)] ?? 'another architecture'
  if (built !== arch) {
    refuse(`The native executable is for ${built}, but the stage is deployed for ${arch}: build it on a machine of that architecture, or deploy with PARAMS="arch=${built}".`)
  }
}

// Lambda would report a wrong artifact only at the first request.
function checkArtifact({ packaging = 'zip', arch = 'arm64', image = 'gateway' }) {
  if (packaging === 'image') {
    if (image === 'gateway') {
      const executable = nativeExecutable()
      checkModelsOf('the native executable', statSync(executable).mtimeMs, 'make native')
      checkArchitecture(headerOf(executable), arch)
    }
    return
  }
  const build = `make ${packaging === 'jvm' ? 'package' : 'native'}`
  if (!existsSync(zip)) {
    refuse(`There is no target/function.zip: build it (${build}).`)
  }
  checkModelsOf('target/function.zip', statSync(zip).mtimeMs, build)
  const executable = executableInZip(readFileSync(zip))
  if (packaging === 'zip') {
    checkArchitecture(executable ?? refuse('target/function.zip is for the JVM: build the native one (make native), or deploy with PARAMS="packaging=jvm".'), arch)
  } else if (executable) {
    refuse('target/function.zip holds a native executable: build the one for the JVM (make package), or deploy without packaging=jvm.')
  }
}

// The stage is a part of the functions' names, which have at most 64 characters.
function checkStage(stage) {
  if (stage && !/^[a-z0-9][a-z0-9-]{0,31}$/.test(stage)) {
    refuse(`STAGE must be 1 to 32 lower-case letters, digits and hyphens, not ${stage}.`)
  }
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: project, stdio: 'inherit' })
  if (error || status !== 0) {
    refuse(error ? `${command} cannot be started: ${error.message}` : `${command} ${args.join(' ')} failed.`)
  }
}

const [, , command] = process.argv
const { STAGE: stage, PARAMS: params = '' } = process.env
if (!['deploy', 'remove', 'adopt'].includes(command)) {
  refuse('usage: node infra/deploy.mjs deploy|remove|adopt')
}
const parameters = given(params)
checkStage(stage)
let region
let alarm
try {
  checkParameters(parameters)
  region = regionOf(process.env)
  if (command === 'deploy') {
    checkTogether(parameters)
    checkArtifact(parameters)
    const all = { ...defaults(), ...parameters }
    await checkAccount(stage || 'dev', region, all)
    alarm = await rollbackAlarm(new Place(stage || 'dev', region), all.rollbackMinutes)
  } else if (command === 'adopt') {
    await adopt(stage || 'dev', region, { ...defaults(), ...parameters })
    process.exit(0)
  } else {
    console.log(`Stage ${stage || 'dev'} in ${region.name} (${region.source}).`)
  }
} catch (e) {
  refuse(e instanceof Refused ? e.message : e.stack)
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
  '--region',
  region.name,
  ...Object.entries(parameters).map(([name, value]) => `--param=${name}=${value}`),
  ...(alarm ? [`--param=rollbackAlarm=${alarm}`] : []),
  // Even when nothing has changed, because CloudFormation reads secrets again only for functions that
  // change.
  ...(command === 'deploy' ? ['--force'] : []),
])
