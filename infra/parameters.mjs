// The parameters of infra/parameters.yml and their values, as PARAMS="name=value …" has them: one check for make deploy,
// make remove and make run. Each function throws a Refused whose sentence says what is wrong.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkAliases, checkDefaultModel } from './models.mjs'
import { Refused } from './refused.mjs'

const infra = dirname(fileURLToPath(import.meta.url))

const NUMBER = [/^[1-9]\d{0,5}$/, 'a whole number from 1 to 999999']
const DOLLARS = [/^\d{1,9}(\.\d{1,6})?$/, 'dollars, with six decimals at most, 0 for no limit']
const RETENTION = [/^P[1-9]\d{0,2}D$/, 'days, from P1D to P999D']
const DAYS = [/^P([89]|[1-9]\d{1,2})D$/, 'days, from P8D to P999D']
const ADDRESS = [/^https?:\/\/[^\s/@?#]+(\/[^\s?#]*)?$/, 'an address, https://…, without user, query and fragment']
const ORIGIN = [/^https?:\/\/[^\s/@?#]+$/, 'an origin, https://…, without user and path']
const SHARDS = [/^([1-9]\d{0,2}|1000)$/, 'a whole number from 1 to 1000']
const IMAGES = [/^([1-9]\d{0,3}|[1-5]\d{4}|60000)$/, 'a whole number from 1 to 60000']
const MODEL = '[a-z0-9][a-z0-9._-]{0,63}(?:/[a-z0-9][a-z0-9._-]{0,63}){0,5}'
const ONE_MODEL = [new RegExp(`^${MODEL}$`), 'the path of a model in lower case']
const ALIAS = `${MODEL}=${MODEL}`
const OPTIONAL = ([form, description]) => [new RegExp(`^$|${form.source}`), `${description}, or empty`]
// Values that CloudFormation would refuse halfway, or the functions at their start.
const FORMS = {
  packaging: [/^(zip|image|jvm)$/, 'zip, image or jvm'],
  arch: [/^(arm64|x86_64)$/, 'arm64 or x86_64'],
  providerKeySecret: [/^[A-Za-z0-9/_+=.@-]{1,512}$/, 'the name of a secret alone; an ARN belongs to providerKeyArn, and a field to providerKeyField'],
  providerKeyArn: OPTIONAL([/^arn:[a-z-]+:(secretsmanager:[a-z0-9-]+:\d{12}:secret:|ssm:[a-z0-9-]+:\d{12}:parameter\/)[A-Za-z0-9/_+=.@-]{1,519}$/, 'the ARN of a secret of Secrets Manager or of a parameter of Systems Manager']),
  providerKeyField: OPTIONAL([/^\S{1,128}$/, 'the name of a field']),
  providerUrl: ADDRESS,
  publicUrl: OPTIONAL(ADDRESS),
  webhookSecret: OPTIONAL([/^\S+$/, 'a secret']),
  imagesPerMinute: OPTIONAL(IMAGES),
  queuedPerOwner: NUMBER,
  maxSpendPerDay: DOLLARS,
  usageMetadata: OPTIONAL([/^[A-Za-z0-9_.-]{1,64}(,[A-Za-z0-9_.-]{1,64}){0,4}$/, 'one to five names of letters, digits, dots, hyphens and underscores, with commas between them']),
  resubmitAfter: OPTIONAL([/^PT([1-9]\d{1,3}M|[1-9]\d{0,2}H)$/, 'PT10M or more, in minutes or hours']),
  modelAliases: OPTIONAL([new RegExp(`^${ALIAS}(,${ALIAS})*$`), 'path=model in lower case, with commas between several']),
  defaultModel: OPTIONAL(ONE_MODEL),
  unknownParameters: [/^(refuse|ignore)$/, 'refuse or ignore'],
  shards: SHARDS,
  rowRetention: DAYS,
  keepImages: [/^(true|false)$/, 'true or false'],
  imageRetention: RETENTION,
  receiptKey: OPTIONAL([/^(\S{32,}|\{\{resolve:\S+\}\})$/, 'a secret of at least 32 characters']),
  receiptKmsKey: OPTIONAL([/^[a-z0-9-]{1,128}$/, 'the id of a KMS key, not its ARN or an alias']),
  imagesKey: OPTIONAL([/^[a-z0-9-]{1,128}$/, 'the id of a KMS key, not its ARN or an alias']),
  keepLogs: [/^(true|false)$/, 'true or false'],
  logRetention: [/^(1|3|5|7|14|30|60|90|120|150|180|365|400|545|731|1096|1827|2192|2557|2922|3288|3653)$/, 'a number of days that CloudWatch knows: 1, 3, 5, 7, 14, 30, 60, 90, …'],
  logLevel: [/^(DEBUG|INFO|WARN|ERROR)$/, 'DEBUG, INFO, WARN or ERROR'],
  scheduleRate: [/^(rate\(([1-9]\d*) (minute|hour|day)s?\)|cron\(\S+( \S+){5}\))$/, 'rate(1 minute), or cron(…) with six fields'],
  functionUrl: [/^(true|false)$/, 'true or false'],
  throttleRate: NUMBER,
  throttleBurst: NUMBER,
  corsOrigin: OPTIONAL(ORIGIN),
  pollConcurrency: NUMBER,
  queuedAlarmAge: NUMBER,
  queuedAlarmLength: NUMBER,
  imagesAlarmPerDay: NUMBER,
  dollarsAlarmPerDay: NUMBER,
  domainName: OPTIONAL([/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}$/, 'a domain in lower case, such as images.example.com']),
  domainCertificate: OPTIONAL([/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/\S+$/, 'the ARN of a certificate of ACM']),
  domainBasePath: OPTIONAL([/^[A-Za-z0-9$_.+!*'()-]+(\/[A-Za-z0-9$_.+!*'()-]+)*$/, 'a path without a slash at its ends']),
  disableExecuteApi: [/^(true|false)$/, 'true or false'],
  jwtIssuer: OPTIONAL([/^https:\/\/[^\s?#]+$/, 'an address, https://…']),
  jwtAudience: OPTIONAL([/^[^\s,]+(,[^\s,]+)*$/, 'an audience, with commas between several']),
  jwtOwnerClaim: [/^[A-Za-z0-9_.:/-]+$/, 'the name of a claim'],
  eventBus: OPTIONAL([/^[A-Za-z0-9._-]{1,256}$/, 'the name of an event bus, not its ARN']),
  tags: OPTIONAL([/^(?!aws:)[^\s,=]{1,128}=[^\s,]{0,256}(,(?!aws:)[^\s,=]{1,128}=[^\s,]{0,256}){0,39}$/, 'name=value, with commas between several, without blanks']),
  permissionsBoundary: OPTIONAL([/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/\S+$/, 'the ARN of a policy']),
  rollbackMinutes: [/^(\d|[1-9]\d|1[0-7]\d|180)$/, 'a whole number of minutes from 0 to 180'],
  tracing: [/^(true|false)$/, 'true or false'],
  alarmEmail: OPTIONAL([/^[^\s@]+@[^\s@]+$/, 'a mail address']),
}

/** The form of a parameter's values: a regular expression, and the description of it. */
export function formOf(name) {
  return FORMS[name] ?? [/\S/, 'not empty']
}

/** The given parameters as {name: value}. A value may have blanks: rate(5 minutes). */
export function given(text) {
  const parameters = text.trim().split(/\s+(?=[^\s=]+=)/).filter(Boolean)
  return Object.fromEntries(parameters.map(parameter => parameter.split(/=(.*)/s, 2)))
}

/** Checks each parameter by itself. */
export function checkParameters(parameters) {
  checkNames(parameters)
  checkValues(parameters)
}

/** Checks what a deployment or a platform needs of the parameters together. */
export function checkTogether(parameters) {
  checkSchedule(parameters)
  checkWebhooks(parameters)
  checkFunctionUrl(parameters)
  checkDomain(parameters)
  checkTokens(parameters)
  checkImages(parameters)
  checkReceipts(parameters)
  checkAliases(parameters.modelAliases ?? '')
  checkDefaultModel(parameters.defaultModel ?? '', parameters.modelAliases ?? '')
}

function checkValues(parameters) {
  for (const [name, value] of Object.entries(parameters)) {
    const [form, description] = formOf(name)
    if (value === undefined || !form.test(value)) {
      throw new Refused(`${name} must be ${description}${value ? `, not ${value}` : ''}.`)
    }
  }
}

function checkWebhooks({ publicUrl = '', webhookSecret = '' }) {
  if (publicUrl && !webhookSecret) {
    throw new Refused('publicUrl needs webhookSecret: without the secret no webhook of the provider can be verified.')
  }
}

// The function has not all paths: links of images and most reads are at the API's address.
function checkFunctionUrl({ functionUrl, publicUrl = '', domainName = '' }) {
  if (functionUrl === 'true' && !publicUrl && !domainName) {
    throw new Refused('functionUrl=true needs publicUrl or domainName: answers at the function URL contain addresses of the API.')
  }
}

function checkDomain({ domainName = '', domainCertificate = '', domainBasePath = '', disableExecuteApi, publicUrl = '', webhookSecret = '' }) {
  if (domainName && !domainCertificate) {
    throw new Refused('domainName needs domainCertificate: API Gateway serves a domain with its certificate only.')
  }
  if (!domainName && (domainCertificate || domainBasePath)) {
    throw new Refused(`${domainCertificate ? 'domainCertificate' : 'domainBasePath'} needs domainName.`)
  }
  if (disableExecuteApi === 'true' && !domainName) {
    throw new Refused('disableExecuteApi=true needs domainName: nothing else would answer.')
  }
  if (domainName && !publicUrl && !webhookSecret) {
    throw new Refused('domainName needs webhookSecret: webhooks come to the domain, and without the secret none can be verified.')
  }
}

function checkTokens({ jwtIssuer = '', jwtAudience = '', jwtOwnerClaim }) {
  if (!jwtIssuer !== !jwtAudience) {
    throw new Refused('jwtIssuer and jwtAudience need each other: a token of the issuer is accepted only for its audience.')
  }
  if (jwtOwnerClaim && !jwtIssuer) {
    throw new Refused('jwtOwnerClaim needs jwtIssuer and jwtAudience.')
  }
}

const days = retention => Number(retention.slice(1, -1))

// A link needs the row, so an image that outlives its row could not be found.
function checkImages(parameters) {
  const { keepImages, imageRetention, imagesKey, rowRetention } = { ...defaults(), ...parameters }
  if (imageRetention && days(imageRetention) > days(rowRetention)) {
    throw new Refused(`imageRetention=${imageRetention} is longer than rowRetention=${rowRetention}: the links of images need their rows.`)
  }
  if (keepImages === 'false' && (parameters.imageRetention || imagesKey)) {
    throw new Refused(`${imagesKey ? 'imagesKey' : 'imageRetention'} has no effect with keepImages=false.`)
  }
}

function checkReceipts({ receiptKey = '', receiptKmsKey = '' }) {
  if (receiptKey && receiptKmsKey) {
    throw new Refused('receiptKey and receiptKmsKey exclude each other: one key signs the receipts.')
  }
}

/** The default of each parameter, from the file that documents them. */
export function defaults() {
  const lines = readFileSync(join(infra, 'parameters.yml'), 'utf8').split('\n')
  const declared = lines.map(line => line.match(/^([A-Za-z]+): (.*?)( #.*)?$/)).filter(Boolean)
  return Object.fromEntries(declared.map(([, name, value]) => [name, value.replace(/^~$/, '').replace(/^"(.*)"$/, '$1')]))
}

// The Levenshtein distance: how many letters have to change to turn one text into the other.
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

// osls accepts an unknown parameter, and deploys the default of the right one.
function checkNames(parameters) {
  const names = Object.keys(defaults())
  for (const name of Object.keys(parameters)) {
    if (name === 'region') {
      throw new Refused(`There is no parameter region: set REGION=${parameters.region ?? '…'}.`)
    }
    if (!names.includes(name)) {
      const [closest] = [...names].sort((a, b) => distance(name.toLowerCase(), a.toLowerCase()) - distance(name.toLowerCase(), b.toLowerCase()))
      const meant = distance(name.toLowerCase(), closest.toLowerCase()) <= 3 ? `did you mean ${closest}?` : 'infra/parameters.yml has all of them.'
      throw new Refused(`There is no parameter ${name}: ${meant}`)
    }
  }
}

// Checks only rate(…): how often a cron expression fires is not computed here.
function checkSchedule({ scheduleRate = '' }) {
  const [, count, unit] = scheduleRate.match(/^rate\((\d+) (minute|hour|day)s?\)$/) ?? []
  if (count * { minute: 1, hour: 60, day: 1440 }[unit] > 10) {
    throw new Refused(`scheduleRate=${scheduleRate} is too rare. Recovery, heartbeats of tasks and the alarm "no-sweeps" need a sweep at least every 10 minutes.`)
  }
}
