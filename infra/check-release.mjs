// Checks the files of a release as somebody has them who has nothing else: node infra/check-release.mjs <folder>.
// With folders of variants that check.mjs has packaged it also checks that the release's template, with the parameters
// of the variant, is the same as that of osls: node infra/check-release.mjs <folder> <variant's folder> …
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { architectureOf, executableInZip } from './artifact.mjs'
import { defaults } from './parameters.mjs'
import { unused } from './template.mjs'

const { RegoEngine, TemplateFile } = createRequire(import.meta.url)('@aws/cloudformation-validate')

// As in check.mjs: osls declares each dependency twice, parameters are text, and several are empty.
const ACCEPTED = ['W1028', 'W3005', 'W3011', 'W8003', 'W9003', 'W9053']
// The validator reads each side of an If with the defaults of the parameters, also the side that they do not choose. So
// the template is checked once more with each of these values, without Ifs, and then nothing of it is accepted.
const UNRESOLVED = {
  E3685: 'with packaging=image there is neither a handler nor a runtime',
  F3012: 'without pollConcurrency there is no reserved concurrency',
  F3017: 'without imagesKey there is no ARN of a key',
  F3033: 'without permissionsBoundary roles have none',
  W2509: 'providerKeySecret is the name of a secret',
}
const VALUES = [
  { codeBucket: 'releases' },
  { codeBucket: 'releases', pollConcurrency: '20', imagesKey: '1234abcd-12ab-34cd-56ef-1234567890ab', imageRetention: 'P9D', corsOrigin: 'https://app.example.com' },
  { packaging: 'image', image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/darkroom:1' },
  { codeBucket: 'releases', domainName: 'gateway.example.com', domainCertificate: 'arn:aws:acm:us-east-1:123456789012:certificate/1', webhookSecret: 'whsec_c2VjcmV0', functionUrl: 'true', disableExecuteApi: 'true' },
  { codeBucket: 'releases', jwtIssuer: 'https://login.example.com', jwtAudience: 'gateway,console', jwtOwnerClaim: 'client_id', keepLogs: 'true', tracing: 'true', permissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' },
]

const [, , folder, ...variants] = process.argv
const problems = []

function checkSums(name) {
  const lines = readFileSync(join(folder, `${name}.sha256`), 'utf8').trim().split('\n')
  const files = lines.map(line => line.split('  '))
  for (const [sum, file] of files) {
    if (createHash('sha256').update(readFileSync(join(folder, file))).digest('hex') !== sum) {
      problems.push(`${file} has another checksum`)
    }
  }
  const endings = files.map(([, file]) => file.slice(name.length + 1)).sort()
  if (!isDeepStrictEqual(endings, ['bom.json', 'template.json', 'zip'])) {
    problems.push(`${name}.sha256 is about ${endings.join(', ')}`)
  }
}

function checkZip(name, { Parameters }) {
  const arch = architectureOf(executableInZip(readFileSync(join(folder, `${name}.zip`))) ?? Buffer.alloc(20))
  if (!isDeepStrictEqual(Parameters.arch?.AllowedValues, [arch])) {
    problems.push(`${name}.zip is for ${arch}, and its template for ${Parameters.arch?.AllowedValues}`)
  }
  if (Parameters.codeKey?.Default !== `${name}.zip`) {
    problems.push(`the template takes ${Parameters.codeKey?.Default} and not ${name}.zip`)
  }
}

function checkParameters(template) {
  for (const name of Object.keys(defaults())) {
    if (!template.Parameters[name]) {
      problems.push(`${name} of infra/parameters.yml is no parameter of the template`)
    }
  }
  unused(template).forEach(name => problems.push(`the template does not use its parameter ${name}`))
  for (const [name, { Default, AllowedPattern, AllowedValues }] of Object.entries(template.Parameters)) {
    const isAllowed = AllowedValues?.includes(Default) ?? new RegExp(`^(?:${AllowedPattern})$`).test(Default)
    if (!isAllowed) {
      problems.push(`the default of ${name} is not allowed: ${Default}`)
    }
  }
}

function checkTemplate(file, accepted = {}) {
  const engine = new RegoEngine()
  for (const { ruleId, severity, message, entity, propertyPath } of engine.validateStandard(new TemplateFile(file)).diagnostics) {
    const isProblem = ['WARN', 'ERROR', 'FATAL'].includes(severity) && !(severity === 'WARN' && ACCEPTED.includes(ruleId))
    if (isProblem && !(ruleId in accepted)) {
      problems.push(`${entity?.logicalId ?? 'template'} ${propertyPath ?? ''}: ${message} (${ruleId})`)
    }
  }
  engine.free()
}

// With values, and so without parameters and Ifs.
function checkResolved({ Parameters, Rules, Metadata, Conditions, Transform, ...template }, given) {
  const values = { ...defaultsOf(Parameters), ...given }
  for (const [name, { RuleCondition, Assertions }] of Object.entries(Rules)) {
    if (holds(RuleCondition, values) && !Assertions.every(({ Assert }) => holds(Assert, values))) {
      problems.push(`the rule ${name} refuses ${JSON.stringify(given)}`)
    }
  }
  const conditions = evaluated(Conditions, values)
  const temporary = mkdtempSync(join(tmpdir(), 'darkroom-release-'))
  const file = join(temporary, 'template.json')
  const made = parts => Object.fromEntries(
    Object.entries(resolved(parts, values, conditions))
      .filter(([, { Condition }]) => !Condition || conditions[Condition])
      .map(([id, { Condition, ...part }]) => [id, part]),
  )
  writeFileSync(file, JSON.stringify({ ...template, Resources: made(template.Resources), Outputs: made(template.Outputs) }))
  checkTemplate(file)
  rmSync(temporary, { recursive: true })
}

// What CloudFormation makes of a part of the template with these values of the parameters; the rest stays.
function resolved(part, values, conditions) {
  const inner = other => resolved(other, values, conditions)
  if (Array.isArray(part)) {
    return part.map(inner).filter(element => element !== undefined)
  }
  if (part === null || typeof part !== 'object') {
    return typeof part === 'number' || typeof part === 'boolean' ? String(part) : part
  }
  if (typeof part.Ref === 'string') {
    return part.Ref === 'AWS::NoValue' ? undefined : (values[part.Ref] ?? part)
  }
  if (part['Fn::If'] && part['Fn::If'][0] in conditions) {
    const [condition, yes, no] = part['Fn::If']
    return inner(conditions[condition] ? yes : no)
  }
  if (typeof part['Fn::Sub'] === 'string') {
    const text = part['Fn::Sub'].replace(/\$\{(\w+)}/g, (whole, name) => values[name] ?? whole)
    return text.replaceAll('${!', '').includes('${') ? { 'Fn::Sub': text } : text.replaceAll('${!', '${')
  }
  return Object.fromEntries(
    Object.entries(part)
      .map(([key, value]) => [key, inner(value)])
      .filter(([, value]) => value !== undefined),
  )
}

function holds(condition, values) {
  const is = part => (part.Ref ? values[part.Ref] : String(part))
  if (condition['Fn::Or']) {
    return condition['Fn::Or'].some(one => holds(one, values))
  }
  return condition['Fn::Not'] ? !holds(condition['Fn::Not'][0], values) : is(condition['Fn::Equals'][0]) === is(condition['Fn::Equals'][1])
}

const evaluated = (conditions, values) => Object.fromEntries(Object.entries(conditions).map(([name, condition]) => [name, holds(condition, values)]))

const defaultsOf = parameters => Object.fromEntries(Object.entries(parameters).map(([name, { Default }]) => [name, Default]))

// Without what a release has in another way: the bucket that osls deploys from, and where the zip is.
function comparable(template, values) {
  const conditions = evaluated(template.Conditions, values)
  const { ServerlessDeploymentBucket, ServerlessDeploymentBucketPolicy, ...Resources } = resolved(template.Resources, values, conditions)
  const { ServerlessDeploymentBucketName, ...Outputs } = resolved(template.Outputs, values, conditions)
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type === 'AWS::Lambda::Function') {
      delete Properties.Code
      delete Properties.PackageType
    }
  }
  return { Resources, Outputs }
}

function differences(one, other, path = '') {
  if (isDeepStrictEqual(one, other)) {
    return []
  }
  const are = [one, other].every(part => part !== null && typeof part === 'object')
  const keys = are ? [...new Set([...Object.keys(one), ...Object.keys(other)])] : []
  return are ? keys.flatMap(key => differences(one[key], other[key], `${path}/${key}`)) : [`${path}: ${JSON.stringify(one)}, not ${JSON.stringify(other)}`]
}

function checkAgainst(template, variant) {
  const parameters = JSON.parse(readFileSync(join(variant, 'parameters.json'), 'utf8'))
  const given = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]))
  const values = { ...defaultsOf(template.Parameters), ...given }
  const packaged = readFileSync(join(variant, '.serverless/cloudformation-template-update-stack.json'), 'utf8')
  const ofOsls = comparable(JSON.parse(packaged), values)
  differences(comparable(template, values), ofOsls).forEach(difference => problems.push(`with ${variant}: ${difference}`))
}

const templates = readdirSync(folder).filter(name => name.endsWith('.template.json'))
if (templates.length === 0) {
  problems.push(`${folder} has no template`)
}
for (const file of templates) {
  const name = file.replace(/\.template\.json$/, '')
  const template = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  checkSums(name)
  checkZip(name, template)
  checkParameters(template)
  checkTemplate(join(folder, file), UNRESOLVED)
  VALUES.forEach(values => checkResolved(template, values))
  variants.forEach(variant => checkAgainst(template, variant))
}
if (problems.length > 0) {
  problems.forEach(problem => console.error(problem))
  process.exit(1)
}
console.log(`${templates.join(', ')}: the template and the zip are valid`)
