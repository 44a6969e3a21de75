// Makes of the template that osls packages one that CloudFormation deploys by itself: each parameter of
// infra/parameters.yml, and the stage, is a parameter of the template. osls resolves its parameters to text. So it gets a
// placeholder as the value of each, and the placeholders are replaced by references here.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaults, formOf } from './parameters.mjs'

// What osls itself checks or decides by, and so cannot be a placeholder. referTo puts the references there.
const FIXED = { packaging: 'zip', functionUrl: 'true', keepLogs: 'false', logRetention: '30', pollConcurrency: '999', rollbackMinutes: '0', tags: 'a=b' }
// Settings of the stack beside its template. Their parameters say so: they take only the value that sets nothing.
const OF_STACK = {
  rollbackMinutes: ['0', '0: rollback triggers are set beside the template (aws cloudformation update-stack --rollback-configuration)'],
  tags: ['', 'empty: tags are set beside the template (aws cloudformation deploy --tags)'],
}
const WAITING = { true: 310, false: 29 } // infra/submit-timeout.yml
// Parameters that are nothing by default, and which parameter then has the value.
const ABSENT = { imageRetention: 'rowRetention', pollConcurrency: undefined }
// CloudFormation resolves neither an alias of SnapStart for changed parameters, nor the name of an image that osls
// builds: so no packaging=jvm, and an image by its URI only.
const OTHER_FORMS = { packaging: [/^(zip|image)$/, 'zip or image'], image: [/^$|^\d{12}\.dkr\.ecr\.\S+$/, 'the URI of an image in ECR, or empty'] }
const OTHER_DEFAULTS = { image: '' }

const placeholder = name => `zz${name}zz`
const PLACEHOLDER = /zz([A-Za-z]+?)zz/g
const ref = name => ({ Ref: name })
const has = name => `Has${name[0].toUpperCase()}${name.slice(1)}`
const is = (name, value) => ({ 'Fn::Equals': [ref(name), value] })
const isNot = (name, value) => ({ 'Fn::Not': [is(name, value)] })

/** The values with which osls packages: placeholders, and the architecture of the zip. */
export function placeholders(arch) {
  const names = Object.keys(defaults())
  const values = Object.fromEntries(names.map(name => [name, FIXED[name] ?? placeholder(name)]))
  return { parameters: { ...values, arch }, stage: placeholder('stage') }
}

// The value of a parameter where it is the whole value of a property.
function value(name) {
  if (!(name in ABSENT)) {
    return ref(name)
  }
  return { 'Fn::If': [has(name), ref(name), ABSENT[name] ? ref(ABSENT[name]) : ref('AWS::NoValue')] }
}

const isWhole = text => text.match(/^zz([A-Za-z]+?)zz$/)?.[1]

function inText(text) {
  return text.replace(PLACEHOLDER, (_, name) => {
    if (name in ABSENT) {
      throw new Error(`The parameter ${name} may be absent, and so cannot be a part of ${text}.`)
    }
    return `\${${name}}`
  })
}

// Replaces the placeholders of any part of a template.
function referring(part) {
  if (typeof part === 'string') {
    const whole = isWhole(part)
    if (whole) {
      return value(whole)
    }
    return part.search(PLACEHOLDER) < 0 ? part : { 'Fn::Sub': inText(part.replaceAll('${', '${!')) }
  }
  if (Array.isArray(part)) {
    return part.map(referring)
  }
  if (part === null || typeof part !== 'object') {
    return part
  }
  const sub = part['Fn::Sub']
  if (typeof sub === 'string') {
    return { 'Fn::Sub': inText(sub) }
  }
  if (Array.isArray(sub)) {
    return { 'Fn::Sub': [inText(sub[0]), referring(sub[1])] }
  }
  return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, referring(inner)]))
}

// The places where osls does not take a placeholder.
function referTo(resources) {
  for (const resource of Object.values(resources)) {
    const { Type, Properties } = resource
    if (Type === 'AWS::Lambda::Function') {
      const isImage = (yes, no) => ({ 'Fn::If': ['IsImage', yes, no] })
      Properties.Architectures = [ref('arch')]
      Properties.Code = isImage({ ImageUri: ref('image') }, { S3Bucket: ref('codeBucket'), S3Key: ref('codeKey') })
      Properties.PackageType = isImage('Image', 'Zip')
      Properties.Handler = isImage(ref('AWS::NoValue'), Properties.Handler)
      Properties.Runtime = isImage(ref('AWS::NoValue'), Properties.Runtime)
      if (Properties.ReservedConcurrentExecutions !== undefined) {
        Properties.ReservedConcurrentExecutions = value('pollConcurrency')
      }
      if (Properties.Timeout === WAITING.true) {
        Properties.Timeout = { 'Fn::If': ['HasFunctionUrl', WAITING.true, WAITING.false] }
      }
    }
    if (Type === 'AWS::Logs::LogGroup') {
      Properties.RetentionInDays = ref('logRetention')
      // Functions here need the transform AWS::LanguageExtensions. The values are those of infra/kept-logs.yml.
      resource.DeletionPolicy = { 'Fn::If': ['KeepsLogs', 'RetainExceptOnCreate', 'Delete'] }
      resource.UpdateReplacePolicy = { 'Fn::If': ['KeepsLogs', 'Retain', 'Delete'] }
    }
  }
}

const text = markdown => markdown.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '').replaceAll(', see below', '').trim()

// The rows of the tables in docs/configuration.md: {name: meaning}, by the heading of the table.
function documented(project) {
  const document = readFileSync(join(project, 'docs/configuration.md'), 'utf8').replace(/^## Environment variables.*/ms, '')
  const groups = new Map()
  let group
  for (const line of document.split('\n')) {
    group = line.match(/^### (.*)/)?.[1] ?? group
    const [, name, meaning] = line.match(/^\| `([A-Za-z]+)` \|.*\| ([^|]+) \|$/) ?? []
    if (name && group) {
      groups.set(group, { ...groups.get(group), [name]: text(meaning) })
    }
  }
  return groups
}

// CloudFormation matches the whole value.
function pattern({ source }) {
  return `${source.startsWith('^') ? '' : '.*'}${source}${source.endsWith('$') ? '' : '.*'}`
}

function parameter(name, meaning, initial, [form, description]) {
  const values = form.source.match(/^\^\(([\w|]+)\)\$$/)?.[1].split('|')
  return {
    Type: 'String',
    Description: `${meaning[0].toUpperCase()}${meaning.slice(1)}`,
    ...(initial === undefined ? {} : { Default: initial }),
    ...(values ? { AllowedValues: values } : { AllowedPattern: pattern(form) }),
    ConstraintDescription: `must be ${description}`,
    ...(/^a secret\b/.test(description) ? { NoEcho: true } : {}),
  }
}

function orEmpty([form, description]) {
  return [new RegExp(`^$|${form.source}`), `${description}, or empty`]
}

function parameters(project, arch, zip) {
  const groups = documented(project)
  const meanings = Object.assign({}, ...groups.values())
  const of = name => {
    const form = name === 'arch' ? [new RegExp(`^(${arch})$`), `${arch}, for which the zip was built`] : (OTHER_FORMS[name] ?? formOf(name))
    const initial = name === 'arch' ? arch : (OTHER_DEFAULTS[name] ?? defaults()[name])
    if (!meanings[name]) {
      throw new Error(`docs/configuration.md has no row for the parameter ${name}.`)
    }
    if (name in OF_STACK) {
      const [only, description] = OF_STACK[name]
      const { AllowedPattern, ...rest } = parameter(name, meanings[name], only, [/^$/, description])
      return { ...rest, AllowedValues: [only] }
    }
    return parameter(name, meanings[name], initial, name in ABSENT ? orEmpty(form) : form)
  }
  const own = {
    stage: parameter('stage', 'a part of every name; one stage is one deployment', 'dev', [/^[a-z0-9][a-z0-9-]{0,31}$/, '1 to 32 lower-case letters, digits and hyphens']),
    codeBucket: parameter('codeBucket', 'the bucket that has the zip of the release, in the region of the stack', 'none', [/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket']),
    codeKey: parameter('codeKey', 'the name of the zip in the bucket', zip, [/^\S{1,1024}$/, 'the name of an object']),
  }
  return {
    declared: { ...own, ...Object.fromEntries(Object.keys(defaults()).map(name => [name, of(name)])) },
    groups: [
      { Label: { default: 'The stage and the zip' }, Parameters: Object.keys(own) },
      ...[...groups].map(([group, rows]) => ({ Label: { default: group }, Parameters: Object.keys(rows).filter(name => name in defaults()) })),
    ].filter(({ Parameters }) => Parameters.length > 0),
  }
}

// What infra/parameters.mjs checks of several parameters, as far as CloudFormation can.
const rule = (condition, assertion, description) => ({
  RuleCondition: condition,
  Assertions: [{ Assert: assertion, AssertDescription: description }],
})
const RULES = {
  PublicUrlNeedsTheSecret: rule(isNot('publicUrl', ''), isNot('webhookSecret', ''), 'publicUrl needs webhookSecret: without the secret no webhook of the provider can be verified.'),
  FunctionUrlNeedsAnAddress: rule(is('functionUrl', 'true'), { 'Fn::Or': [isNot('publicUrl', ''), isNot('domainName', '')] }, 'functionUrl=true needs publicUrl or domainName: answers at the function URL contain addresses of the API.'),
  ADomainHasACertificate: rule(isNot('domainName', ''), isNot('domainCertificate', ''), 'domainName needs domainCertificate: API Gateway serves a domain with its certificate only.'),
  ADomainNeedsTheSecret: rule(isNot('domainName', ''), { 'Fn::Or': [isNot('publicUrl', ''), isNot('webhookSecret', '')] }, 'domainName needs webhookSecret: webhooks come to the domain, and without the secret none can be verified.'),
  ACertificateNeedsADomain: rule(isNot('domainCertificate', ''), isNot('domainName', ''), 'domainCertificate needs domainName.'),
  ABasePathNeedsADomain: rule(isNot('domainBasePath', ''), isNot('domainName', ''), 'domainBasePath needs domainName.'),
  OnlyADomainReplacesTheEndpoint: rule(is('disableExecuteApi', 'true'), isNot('domainName', ''), 'disableExecuteApi=true needs domainName: nothing else would answer.'),
  AnIssuerNeedsAnAudience: rule(isNot('jwtIssuer', ''), isNot('jwtAudience', ''), 'jwtIssuer needs jwtAudience: a token of the issuer is accepted only for its audience.'),
  AnAudienceNeedsAnIssuer: rule(isNot('jwtAudience', ''), isNot('jwtIssuer', ''), 'jwtAudience needs jwtIssuer.'),
  OneKeySignsReceipts: rule(isNot('receiptKey', ''), is('receiptKmsKey', ''), 'receiptKey and receiptKmsKey exclude each other: one key signs the receipts.'),
  WithoutImagesNoKeyOfImages: rule(is('keepImages', 'false'), is('imagesKey', ''), 'imagesKey has no effect with keepImages=false.'),
  WithoutImagesNoRetentionOfImages: rule(is('keepImages', 'false'), is('imageRetention', ''), 'imageRetention has no effect with keepImages=false.'),
  AZipHasABucket: rule(is('packaging', 'zip'), isNot('codeBucket', 'none'), 'packaging=zip needs codeBucket, the bucket that has the zip.'),
  AnImageHasAUri: rule(is('packaging', 'image'), isNot('image', ''), 'packaging=image needs image, the URI of an image in ECR.'),
}

/** The names of the parameters that a template does not refer to, but those that take one value only. */
export function unused({ Parameters, Resources, Conditions }) {
  const all = JSON.stringify([Resources, Conditions])
  return Object.keys(Parameters).filter(name => !(name in OF_STACK)).filter(name => !all.includes(`{"Ref":"${name}"}`) && !all.includes(`\${${name}}`))
}

/**
 * The template of a release.
 *
 * @param packaged the template that osls has made with the placeholders
 * @param release {version, arch, zip}: the name of the zip is the default of the parameter codeKey
 */
export function released(project, packaged, { version, arch, zip }) {
  const { Resources, Outputs, Conditions } = structuredClone(packaged)
  // osls deploys from a bucket of its own; this template takes the zip from any bucket.
  delete Resources.ServerlessDeploymentBucket
  delete Resources.ServerlessDeploymentBucketPolicy
  delete Outputs.ServerlessDeploymentBucketName
  referTo(Resources)
  Conditions.HasFunctionUrl = is('functionUrl', 'true')
  Conditions.KeepsLogs = is('keepLogs', 'true')
  const { declared, groups } = parameters(project, arch, zip)
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Transform: 'AWS::LanguageExtensions',
    Description: `Darkroom ${version}, a gateway for image generation (${arch})`,
    Metadata: { 'AWS::CloudFormation::Interface': { ParameterGroups: groups } },
    Parameters: declared,
    Rules: RULES,
    Conditions: {
      ...referring(Conditions),
      IsImage: is('packaging', 'image'),
      ...Object.fromEntries(Object.keys(ABSENT).map(name => [has(name), isNot(name, '')])),
    },
    Resources: referring(Resources),
    Outputs: referring(Outputs),
  }
  const left = JSON.stringify(template).match(PLACEHOLDER)
  if (left) {
    throw new Error(`The template still has the placeholders ${left.join(', ')}.`)
  }
  const without = unused(template)
  if (without.length > 0) {
    throw new Error(`The template does not use ${without.join(', ')}: see FIXED in infra/template.mjs.`)
  }
  return template
}
