// Deploys or removes by osls, in the version of the lock file: node infra/deploy.mjs deploy|remove, with STAGE, REGION and
// PARAMS="name=value …" of infra/parameters.yml in the environment. It needs Node, and the AWS CLI to look before it deploys.
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflateRawSync } from 'node:zlib'
import { checkAccount } from './account.mjs'
import { Refused } from './refused.mjs'
import { regionOf } from './region.mjs'

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

const NUMBER = [/^[1-9]\d{0,5}$/, 'a whole number from 1 to 999999']
const DAYS = [/^P([89]|[1-9]\d{1,2})D$/, 'days, from P8D to P999D']
const ADDRESS = [/^https?:\/\/[^\s/]+\S*$/, 'an address, https://…']
const OPTIONAL = ([form, description]) => [new RegExp(`^$|${form.source}`), `${description}, or empty`]
// What CloudFormation would refuse halfway, or the functions at their start.
const FORMS = {
  packaging: [/^(zip|image|jvm)$/, 'zip, image or jvm'],
  arch: [/^(arm64|x86_64)$/, 'arm64 or x86_64'],
  providerKeySecret: [/^[^\s:]/, 'the name of a secret'],
  providerUrl: ADDRESS,
  publicUrl: OPTIONAL(ADDRESS),
  webhookSecret: OPTIONAL([/^\S+$/, 'a secret']),
  imagesPerMinute: OPTIONAL(NUMBER),
  queuedPerOwner: NUMBER,
  resubmitAfter: OPTIONAL([/^PT([1-9]\d{1,3}M|[1-9]\d{0,2}H)$/, 'PT10M or more, in minutes or hours']),
  shards: NUMBER,
  rowRetention: DAYS,
  logRetention: [/^(1|3|5|7|14|30|60|90|120|150|180|365|400|545|731|1096|1827|2192|2557|2922|3288|3653)$/, 'a number of days that CloudWatch knows: 1, 3, 5, 7, 14, 30, 60, 90, …'],
  logLevel: [/^(DEBUG|INFO|WARN|ERROR)$/, 'DEBUG, INFO, WARN or ERROR'],
  scheduleRate: [/^(rate\(([1-9]\d*) (minute|hour|day)s?\)|cron\(\S+( \S+){5}\))$/, 'rate(1 minute), or cron(…) with six fields'],
  throttleRate: NUMBER,
  throttleBurst: NUMBER,
  corsOrigin: OPTIONAL(ADDRESS),
  pollConcurrency: NUMBER,
  queuedAlarmAge: NUMBER,
  alarmEmail: OPTIONAL([/^[^\s@]+@[^\s@]+$/, 'a mail address']),
}

function checkValues(parameters) {
  for (const [name, value] of Object.entries(parameters)) {
    const [form, description] = FORMS[name] ?? [/\S/, 'not empty']
    if (value === undefined || !form.test(value)) {
      refuse(`${name} must be ${description}${value ? `, not ${value}` : ''}.`)
    }
  }
}

function checkWebhooks({ publicUrl = '', webhookSecret = '' }) {
  if (publicUrl && !webhookSecret) {
    refuse('publicUrl needs webhookSecret: without it nothing that the provider tells is believed.')
  }
}

// It is part of the functions' names, which have 64 characters.
function checkStage(stage) {
  if (stage && !/^[a-z0-9][a-z0-9-]{0,31}$/.test(stage)) {
    refuse(`STAGE must be 1 to 32 lower-case letters, digits and hyphens, not ${stage}.`)
  }
}

// The default of each, by the file that documents them.
function defaults() {
  const lines = readFileSync(join(infra, 'parameters.yml'), 'utf8').split('\n')
  const declared = lines.map(line => line.match(/^([A-Za-z]+): (.*?)( #.*)?$/)).filter(Boolean)
  return Object.fromEntries(declared.map(([, name, value]) => [name, value.replace(/^(""|~)$/, '')]))
}

// How many letters have to change to make one of the other.
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    row = row.reduce((next, above, j) => {
      next.push(j === 0 ? i : Math.min(above + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)))
      return next
    }, [])
  }
  return row[b.length]
}

// osls takes what it does not know, and deploys the default.
function checkNames(parameters) {
  const names = Object.keys(defaults())
  for (const name of Object.keys(parameters)) {
    if (name === 'region') {
      refuse(`There is no parameter region: name it as REGION=${parameters.region ?? '…'}.`)
    }
    if (!names.includes(name)) {
      const [closest] = [...names].sort((a, b) => distance(name.toLowerCase(), a.toLowerCase()) - distance(name.toLowerCase(), b.toLowerCase()))
      const meant = distance(name.toLowerCase(), closest.toLowerCase()) <= 3 ? `did you mean ${closest}?` : 'infra/parameters.yml has all of them.'
      refuse(`There is no parameter ${name}: ${meant}`)
    }
  }
}

// Of rate(…); of a cron expression only its author knows.
function checkSchedule({ scheduleRate = '' }) {
  const [, count, unit] = scheduleRate.match(/^rate\((\d+) (minute|hour|day)s?\)$/) ?? []
  if (count * { minute: 1, hour: 60, day: 1440 }[unit] > 10) {
    refuse(`scheduleRate=${scheduleRate} is too rare: at least every 10 minutes, for lost work, heartbeats of tasks and the alarm "asleep".`)
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
// A value may have blanks: rate(5 minutes).
const parameters = params.trim().split(/\s+(?=[^\s=]+=)/).filter(Boolean)
if (!['deploy', 'remove'].includes(command)) {
  refuse('node infra/deploy.mjs deploy|remove')
}
const given = Object.fromEntries(parameters.map(parameter => parameter.split(/=(.*)/s, 2)))
checkStage(stage)
checkNames(given)
checkValues(given)
let region
try {
  region = regionOf(process.env)
  if (command === 'deploy') {
    checkSchedule(given)
    checkWebhooks(given)
    checkArtifact(given)
    await checkAccount(stage || 'dev', region, { ...defaults(), ...given })
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
  ...parameters.map(parameter => `--param=${parameter}`),
  // Also where nothing else has changed: CloudFormation reads the provider's key anew only for functions that change.
  ...(command === 'deploy' ? ['--force'] : []),
])
