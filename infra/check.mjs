// Checks the deployment without an account:
// node infra/check.mjs [project] [folder for the templates] [packaging-arch …]
// The folder must be new, empty, or one that this program has filled; without it the templates go to a temporary folder.
//
// Checks both state machines with asl-validator, packages the service with osls in every variant, and checks each
// template, and those of infra/recipes, with cloudformation-validate. The templates remain for the checks that know the
// code (InfraContractIT).
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packaged } from './osls.mjs'

const require = createRequire(import.meta.url)
const aslValidator = require('asl-validator')
const { RegoEngine, TemplateFile } = require('@aws/cloudformation-validate')

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
    disableExecuteApi: true,
    domainBasePath: 'v2',
    domainCertificate: 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
    domainName: 'gateway.example.com',
    defaultModel: 'google/nano-banana-2/text-to-image',
    eventBus: 'generations',
    functionUrl: true,
    imageRetention: 'P8D',
    imagesKey: '1234abcd-12ab-34cd-56ef-1234567890ab',
    jwtAudience: 'gateway,console',
    jwtIssuer: 'https://login.example.com/realms/company',
    jwtOwnerClaim: 'client_id',
    keepLogs: true,
    logLevel: 'DEBUG',
    logRetention: 365,
    modelAliases: 'wavespeed-ai/imagen4=google/nano-banana-2/text-to-image,gpt-image-1=openai/gpt-image-1/text-to-image',
    permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
    pollConcurrency: 20,
    dollarsAlarmPerDay: 50,
    imagesAlarmPerDay: 2000,
    queuedAlarmAge: 3600,
    queuedAlarmLength: 300,
    providerKeyArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shared-AbCdEf',
    providerKeyField: 'wavespeed',
    providerKeySecret: 'shared',
    providerUrl: 'https://provider.example.com',
    publicUrl: 'https://images.example.com',
    receiptKey: '{{resolve:secretsmanager:receipts:SecretString}}',
    receiptKmsKey: '4321abcd-12ab-34cd-56ef-1234567890ab',
    rollbackAlarm: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:darkroom-dev-errors', // as deploy.mjs sets it
    rollbackMinutes: 10,
    rowRetention: 'P8D',
    scheduleRate: 'rate(5 minutes)',
    shards: 4,
    tags: 'team=images,cost-centre=1234',
    throttleBurst: 20,
    throttleRate: 10,
    tracing: true,
    unknownParameters: 'ignore',
    webhookSecret: '{{resolve:secretsmanager:webhooks:SecretString}}',
  },
  'without-images': { keepImages: false },
  // The address is the domain, because there is no publicUrl.
  domain: {
    domainCertificate: 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
    domainName: 'gateway.example.com',
    webhookSecret: '{{resolve:secretsmanager:webhooks:SecretString}}',
  },
  'tokens-for-aliases': { jwtAudience: 'gateway', jwtIssuer: 'https://login.example.com/', packaging: 'jvm' },
  'function-url-of-an-alias': {
    functionUrl: true,
    packaging: 'jvm',
    publicUrl: 'https://images.example.com',
    webhookSecret: '{{resolve:secretsmanager:webhooks:SecretString}}',
  },
}

// Accepted warnings, each with its reason. Any other warning is an error.
const ACCEPTED = {
  W1028: 'as W8003: with a constant condition one side of an If is never reached',
  W3005: 'osls declares each dependency twice',
  W3011: 'osls keeps versions of functions when they are replaced, as SnapStart needs',
  W8003: 'osls turns its parameters into constants',
  W9003: 'values from the command line are text',
  W9053: 'several parameters of osls are empty by default',
}

const here = dirname(fileURLToPath(import.meta.url))
const project = resolve(process.argv[2] ?? dirname(here))
const out = process.argv[3] ? resolve(process.argv[3]) : await mkdtemp(join(tmpdir(), 'darkroom-infra-'))
const OURS = '.templates-of-check-mjs' // marks a folder whose content may be deleted
const wanted = process.argv.length > 4 ? process.argv.slice(4) : Object.keys(VARIANTS)
const problems = new Map() // problem -> the places that have it

const problem = (where, what) => problems.set(what, [...(problems.get(what) ?? []), where])

// The validator accepts only ARNs without placeholders.
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
    console.error(`${folder} has files that this program did not write; name a new or empty folder`)
    process.exit(1)
  }
  for (const name of content) {
    await rm(join(folder, name), { recursive: true })
  }
  await writeFile(join(folder, OURS), '')
}

// JSON in text properties, which CloudFormation does not check.
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
  const { file, problem: said } = await packaged(project, join(out, variant), VARIANTS[variant])
  if (said) {
    problem(variant, `osls cannot package it: ${said}`)
    return
  }
  await writeFile(join(out, variant, 'parameters.json'), JSON.stringify(VARIANTS[variant])) // for check-release.mjs
  checkEmbeddedJson(variant, JSON.parse(await readFile(file, 'utf8')))
  validate(variant, file)
}

function validate(where, file) {
  for (const { ruleId, severity, message, entity, propertyPath } of engine.validateStandard(new TemplateFile(file)).diagnostics) {
    if (['WARN', 'ERROR', 'FATAL'].includes(severity) && !(severity === 'WARN' && ruleId in ACCEPTED)) {
      problem(where, `${entity?.logicalId ?? 'template'} ${propertyPath ?? ''}: ${message} (${ruleId})`)
    }
  }
}

await emptied(out)
const machines = join(project, 'infra/state-machines')
for (const name of await readdir(machines)) {
  await checkStateMachine(join(machines, name))
}

const engine = new RegoEngine()
const recipes = join(project, 'infra/recipes')
for (const name of await readdir(recipes)) {
  validate(name, join(recipes, name))
}
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
console.log(`${wanted.length} templates and the state machines are valid; the templates are in ${out}`)
