// Deploys or removes with osls in the version of the lock file, or takes into the stack what an earlier deployment has
// left: node infra/deploy.mjs deploy|remove|adopt. It reads STAGE, REGION, PARAMS="name=value …" of
// infra/parameters.yml and ARTIFACT, a zip in place of target/function.zip, from the environment. It needs Node, and the
// AWS CLI for its checks and for adopt.
import { closeSync, existsSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkAccount } from './account.mjs'
import { adopt } from './adopt.mjs'
import { architectureOf, executableInZip } from './artifact.mjs'
import { checkModelsOf } from './models.mjs'
import { checkParameters, checkTogether, defaults, given } from './parameters.mjs'
import { Place } from './place.mjs'
import { Refused } from './refused.mjs'
import { regionOf } from './region.mjs'
import { rollbackAlarm } from './rollback.mjs'
import { installTools, run } from './tools.mjs'

const infra = dirname(fileURLToPath(import.meta.url))
const project = dirname(infra)
const BUILT = 'target/function.zip'

function refuse(why) {
  console.error(why)
  process.exit(1)
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
  const built = architectureOf(executable) ?? 'another architecture'
  if (built !== arch) {
    refuse(`The native executable is for ${built}, but the stage is deployed for ${arch}: build it on a machine of that architecture, or deploy with PARAMS="arch=${built}".`)
  }
}

// Lambda would report a wrong artifact only at the first request. A zip of a release was built from the release's own
// model files, so only target/function.zip is compared with those of this folder.
function checkArtifact({ packaging = 'zip', arch = 'arm64', image = 'gateway' }, zip) {
  if (packaging === 'image') {
    if (zip) {
      refuse('ARTIFACT is a zip, and packaging=image deploys none: push an image and name it in the parameter image.')
    }
    if (image === 'gateway') {
      const executable = nativeExecutable()
      checkModelsOf('the native executable', statSync(executable).mtimeMs, 'make native')
      checkArchitecture(headerOf(executable), arch)
    }
    return
  }
  const build = `make ${packaging === 'jvm' ? 'package' : 'native'}`
  const file = zip ?? join(project, BUILT)
  const name = zip ?? BUILT
  if (!existsSync(file)) {
    refuse(zip ? `There is no ${zip}.` : `There is no ${BUILT}: build it (${build}).`)
  }
  if (!zip) {
    checkModelsOf(BUILT, statSync(file).mtimeMs, build)
  }
  const executable = executableInZip(readFileSync(file))
  if (packaging === 'zip') {
    checkArchitecture(executable ?? refuse(`${name} is for the JVM: build the native one (make native), or deploy with PARAMS="packaging=jvm".`), arch)
  } else if (executable) {
    refuse(`${name} holds a native executable: build the one for the JVM (make package), or deploy without packaging=jvm.`)
  }
}

// The stage is a part of the functions' names, which have at most 64 characters.
function checkStage(stage) {
  if (stage && !/^[a-z0-9][a-z0-9-]{0,31}$/.test(stage)) {
    refuse(`STAGE must be 1 to 32 lower-case letters, digits and hyphens, not ${stage}.`)
  }
}

const [, , command] = process.argv
const { STAGE: stage, PARAMS: params = '', ARTIFACT } = process.env
const artifact = ARTIFACT ? resolve(ARTIFACT) : undefined
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
    checkArtifact(parameters, artifact)
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

try {
  installTools()
  run(project, 'npx', [
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
    // Even when nothing has changed, because CloudFormation reads secrets again only for functions that change.
    ...(command === 'deploy' ? ['--force'] : []),
  ], artifact ? { ARTIFACT: artifact } : {})
} catch (e) {
  refuse(e instanceof Refused ? e.message : e.stack)
}
