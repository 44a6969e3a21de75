// Checks what is deployed, without an account: node infra/check.mjs [project] [folder for the templates] [packaging-arch …]
// The folder is a new one, an empty one, or one that this has filled before; without it the templates go to a temporary one.
//
// Both state machines through asl-validator, then the service packaged by osls in all ways that there are, then each
// template through cloudformation-validate. The templates remain, for the checks that know the code (InfraContractIT).
import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const aslValidator = require('asl-validator')
const { RegoEngine, TemplateFile } = require('@aws/cloudformation-validate')
const OSLS = join(dirname(require.resolve('osls/package.json')), 'bin/serverless.js')

// An empty zip: what is in it does not change the template.
const EMPTY_ZIP = Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64')
const IMAGE = `123456789012.dkr.ecr.us-east-1.amazonaws.com/darkroom@sha256:${'0'.repeat(64)}`

const VARIANTS = {
  ...Object.fromEntries(
    ['zip', 'image', 'jvm'].flatMap(packaging =>
      ['arm64', 'x86_64'].map(arch => [`${packaging}-${arch}`, { packaging, arch, image: IMAGE }]),
    ),
  ),
  'every-parameter': {
    alarmEmail: 'someone@example.com',
    corsOrigin: 'https://app.example.com',
    logLevel: 'DEBUG',
    logRetention: 365,
    pollConcurrency: 20,
    queuedAlarmAge: 3600,
    providerKeySecret: 'shared:SecretString:wavespeed',
    providerUrl: 'https://provider.example.com',
    publicUrl: 'https://images.example.com',
    rowRetention: 'P8D',
    scheduleRate: 'rate(5 minutes)',
    shards: 4,
    throttleBurst: 20,
    throttleRate: 10,
    webhookSecret: '{{resolve:secretsmanager:webhooks:SecretString}}',
  },
}

// Warnings that stay, each with its reason. Any other is an error.
const ACCEPTED = {
  W3005: 'osls writes each dependency down twice',
  W3011: 'osls keeps versions of functions when they are replaced, as SnapStart needs',
  W8003: 'the parameters are those of osls, which makes constants of them',
  W9003: 'what comes from the command line is text',
  W9053: 'the parameters are those of osls, and several are empty by default',
}

const here = dirname(fileURLToPath(import.meta.url))
const project = resolve(process.argv[2] ?? dirname(here))
const out = process.argv[3] ? resolve(process.argv[3]) : await mkdtemp(join(tmpdir(), 'darkroom-infra-'))
const OURS = '.templates-of-check-mjs' // marks a folder whose content may go
const wanted = process.argv.length > 4 ? process.argv.slice(4) : Object.keys(VARIANTS)
const problems = new Map() // by what is wrong: where it is wrong

const problem = (where, what) => problems.set(what, [...(problems.get(what) ?? []), where])

// The validator wants ARNs without placeholders.
async function checkStateMachine(file) {
  let definition
  try {
    definition = JSON.parse((await readFile(file, 'utf8')).replaceAll('${Partition}', 'aws'))
  } catch (e) {
    problem(basename(file), `not JSON: ${e.message}`)
    return
  }
  const { isValid, errorsText } = aslValidator(definition)
  if (!isValid) {
    problem(basename(file), `not a state machine: ${errorsText('; ')}`)
  }
}

async function emptied(folder) {
  await mkdir(folder, { recursive: true })
  const content = await readdir(folder)
  if (content.length > 0 && !content.includes(OURS)) {
    console.error(`${folder} has files that are not from here; name a folder that is new or empty`)
    process.exit(1)
  }
  for (const name of content) {
    await rm(join(folder, name), { recursive: true })
  }
  await writeFile(join(folder, OURS), '')
}

// A copy for each, because osls works in .serverless of the project; with an artifact, so that nothing has to be built.
async function copyOfProject(copy) {
  await mkdir(join(copy, 'target'), { recursive: true })
  await cp(join(project, 'serverless.yml'), join(copy, 'serverless.yml'))
  await cp(join(project, 'infra'), join(copy, 'infra'), {
    recursive: true,
    filter: source => basename(source) !== 'node_modules',
  })
  await writeFile(join(copy, 'target/function.zip'), EMPTY_ZIP)
}

function osls(directory, variant) {
  const parameters = Object.entries(VARIANTS[variant]).map(([name, value]) => `--param=${name}=${value}`)
  // Neither credentials nor what else this machine has set for AWS.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')))
  return new Promise(done => {
    const child = spawn(process.execPath, [OSLS, 'package', ...parameters], {
      cwd: directory,
      env: { ...env, AWS_EC2_METADATA_DISABLED: 'true', HOME: out, SLS_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', data => (said += data))
    child.stderr.on('data', data => (said += data))
    child.on('close', code => done({ code, said: said.trim() }))
  })
}

// Texts in which CloudFormation sees no more than texts.
function checkEmbeddedJson(variant, template) {
  const embedded = Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) =>
    Type === 'AWS::CloudWatch::Dashboard'
      ? [[id, Properties.DashboardBody['Fn::Sub']]]
      : Type === 'AWS::Scheduler::Schedule'
        ? [[id, Properties.Target.Input]]
        : [],
  )
  for (const [id, text] of embedded) {
    try {
      JSON.parse(text)
    } catch (e) {
      problem(variant, `${id} has text that is not JSON: ${e.message}`)
    }
  }
}

async function checkVariant(variant) {
  const copy = join(out, variant)
  await copyOfProject(copy)
  const { code, said } = await osls(copy, variant)
  if (code !== 0) {
    problem(variant, `osls does not package it: ${said.replace(/^.*\nError:\s*/s, '')}`)
    return
  }
  const file = join(copy, '.serverless/cloudformation-template-update-stack.json')
  checkEmbeddedJson(variant, JSON.parse(await readFile(file, 'utf8')))
  for (const { ruleId, severity, message, entity, propertyPath } of engine.validateStandard(new TemplateFile(file)).diagnostics) {
    if (['WARN', 'ERROR', 'FATAL'].includes(severity) && !(severity === 'WARN' && ruleId in ACCEPTED)) {
      problem(variant, `${entity?.logicalId ?? 'template'} ${propertyPath ?? ''}: ${message} (${ruleId})`)
    }
  }
}

await emptied(out)
const machines = join(project, 'infra/state-machines')
for (const name of await readdir(machines)) {
  await checkStateMachine(join(machines, name))
}

const engine = new RegoEngine()
const queue = problems.size === 0 ? [...wanted] : []
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let variant = queue.shift(); variant; variant = queue.shift()) {
      await checkVariant(variant)
    }
  }),
)
engine.free()

if (problems.size > 0) {
  problems.forEach((where, what) => console.error(`${where.join(', ')}: ${what}`))
  process.exit(1)
}
console.log(`${wanted.length} templates and the state machines are sound; the templates are in ${out}`)
