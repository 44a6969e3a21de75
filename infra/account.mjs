// Checks the account before make deploy changes anything, for errors that CloudFormation would find only in the middle.
// A first deployment that is rolled back leaves the protected table, whose fixed name then blocks every further
// deployment.
import { bucketLeft, logGroupsLeft, tableLeft } from './left.mjs'
import { Place } from './place.mjs'
import { Refused } from './refused.mjs'

const REFERENCE = /^\{\{resolve:secretsmanager:(.+)}}$/
const VISIBLE_ASCII = /^[\x21-\x7e]+$/

/**
 * Throws a Refused unless {packaging, keepImages, pollConcurrency} and the secrets of the parameters can be deployed as
 * this stage in this region.
 */
export async function checkAccount(stage, region, parameters) {
  const at = new Place(stage, region)
  const account = await signIn(at)
  const isStackThere = await checkedStack(at)
  await checkPackaging(at, parameters.packaging)
  const bucket = await bucketLeft(at, account, isStackThere, parameters.keepImages)
  const groups = await logGroupsLeft(at, isStackThere)
  await checkTable(at, isStackThere, bucket !== undefined || groups.length > 0)
  checkBucket(at, bucket)
  checkLogGroups(at, groups)
  const secrets = {
    DARKROOM_WAVESPEED_WEBHOOK_SECRET: parameters.webhookSecret,
    DARKROOM_RECEIPT_KEY: parameters.receiptKey,
  }
  await checkProviderKey(at, parameters)
  for (const [variable, text] of Object.entries(secrets)) {
    const [, reference] = text.match(REFERENCE) ?? []
    if (reference) {
      await checkSecret(at, reference, variable)
    }
  }
  await checkConcurrency(at, Number(parameters.pollConcurrency))
}

/** The id of the account; prints it with stage and region. */
export async function signIn(at) {
  const account = await at.account()
  console.log(`Stage ${at.stage} in ${at.region} (${at.source}) of the account ${account}.`)
  return account
}

/** Whether the stack exists; throws a Refused if it is in a state without updates. */
export async function checkedStack(at) {
  const stack = await at.found('cloudformation', 'describe-stacks', '--stack-name', at.stack)
  checkStack(at, stack?.Stacks?.[0]?.StackStatus)
  return stack !== undefined
}

function checkStack(at, status) {
  const says = `The stack ${at.stack} in ${at.region} is in ${status}`
  if (/_IN_PROGRESS$/.test(status) && status !== 'REVIEW_IN_PROGRESS') {
    throw new Refused(`${says}: it is being changed. Try again when the change has ended.`)
  }
  if (['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'].includes(status)) {
    throw new Refused(
      `${says}, a state in which it cannot be updated. Delete the stack, then deploy again:` +
        at.commands(
          `aws cloudformation delete-stack $AT --stack-name ${at.stack}`,
          `aws cloudformation wait stack-delete-complete $AT --stack-name ${at.stack}`,
        ),
    )
  }
  if (status === 'UPDATE_ROLLBACK_FAILED') {
    throw new Refused(
      `${says}: its last deployment failed, and so did the rollback. Continue the rollback, then deploy again:` +
        at.commands(
          `aws cloudformation continue-update-rollback $AT --stack-name ${at.stack}`,
          `aws cloudformation wait stack-rollback-complete $AT --stack-name ${at.stack}`,
        ),
    )
  }
}

// CloudFormation has to replace a function whose package type changes, and cannot do so under the same name.
async function checkPackaging(at, packaging) {
  const deployed = await at.found('lambda', 'get-function-configuration', '--function-name', `${at.stack}-submit-generation`)
  const isImage = deployed?.PackageType === 'Image'
  if (deployed && isImage !== (packaging === 'image')) {
    const before = isImage ? 'image' : deployed.Runtime === 'provided.al2023' ? 'zip' : 'jvm'
    throw new Refused(
      `Stage ${at.stage} in ${at.region} is deployed with packaging=${before}, and Lambda cannot change that to packaging=${packaging} under the same names. ` +
        `Deploy with PARAMS="packaging=${before}", or deploy packaging=${packaging} as another stage (STAGE=…), or remove the stage first. That leaves the table, ` +
        `and make adopt takes it into the next stack:` +
        at.commands(at.make('remove'), at.make('adopt'), `${at.make('deploy')} PARAMS="packaging=${packaging}"`),
    )
  }
}

async function checkTable(at, isStackThere, others) {
  if (!(await tableLeft(at, isStackThere))) {
    return
  }
  const { value: first } = await at.aws('dynamodb', 'scan', '--table-name', at.table, '--select', 'COUNT', '--limit', '1', '--no-paginate')
  const isEmpty = first?.Count === 0 && !first.LastEvaluatedKey
  const intro = `The table ${at.table} already exists in ${at.region} and does not belong to the stack ${at.stack}: a failed or removed deployment has left it. `
  throw new Refused(
    isEmpty && !others
      ? `${intro}It is empty. Delete it, then deploy again:${deletion(at)}`
      : `${intro}${isEmpty ? 'It is empty' : 'It has items, perhaps of paid images'}. ${adoption(at)}\nTo lose them, delete it:${deletion(at)}`,
  )
}

function checkBucket(at, bucket) {
  if (bucket) {
    throw new Refused(
      `The bucket ${bucket} already exists in ${at.region} and does not belong to the stack ${at.stack}: an earlier deployment has left it with its images. ` +
        `${adoption(at)}\nTo lose them, delete it:${at.commands(`aws s3 rb $AT s3://${bucket} --force`)}`,
    )
  }
}

function checkLogGroups(at, groups) {
  if (groups.length > 0) {
    throw new Refused(
      `The log group ${groups[0].name} already exists in ${at.region} and does not belong to the stack ${at.stack}: a deployment with keepLogs has left ` +
        `${groups.length === 1 ? 'it' : `${groups.length} of them`}. ${adoption(at)}\nTo lose them, delete ${groups.length === 1 ? 'it' : 'each'}:` +
        at.commands(...groups.map(({ name }) => `aws logs delete-log-group $AT --log-group-name ${name}`)),
    )
  }
}

function adoption(at) {
  return `To keep what is left, take it into the stack, then deploy again, both with the PARAMS of the deployment:${at.commands(at.make('adopt'), at.make('deploy'))}`
}

function deletion(at) {
  return at.commands(
    `aws dynamodb update-table $AT --table-name ${at.table} --no-deletion-protection-enabled`,
    `aws dynamodb wait table-exists $AT --table-name ${at.table}`,
    `aws dynamodb delete-table $AT --table-name ${at.table}`,
    `aws dynamodb wait table-not-exists $AT --table-name ${at.table}`,
  )
}

// The functions read it themselves; a deployment with a secret that they cannot use would accept no request.
async function checkProviderKey(at, { providerKeySecret, providerKeyArn, providerKeyField }) {
  const field = providerKeyField ? `:SecretString:${providerKeyField}` : ''
  if (!providerKeyArn?.split(':')[2]?.startsWith('ssm')) {
    return checkSecret(at, `${providerKeyArn || providerKeySecret}${field}`, 'DARKROOM_WAVESPEED_API_KEY')
  }
  const { value, error } = await at.aws('ssm', 'get-parameter', '--name', providerKeyArn, '--with-decryption')
  if (error) {
    throw new Refused(`The parameter ${providerKeyArn} cannot be read, and the functions read the provider's key from it: ${error}`)
  }
  const text = providerKeyField ? fieldOf(value.Parameter?.Value, providerKeyField) : value.Parameter?.Value
  if (!VISIBLE_ASCII.test(text?.trim() ?? '')) {
    throw new Refused(`The parameter ${providerKeyArn} has no key of visible ASCII characters${providerKeyField ? ` in its field ${providerKeyField}` : ''}.`)
  }
}

// secret-id:SecretString:json-key:version-stage:version-id; only the id is required, and an ARN has colons of its own.
async function checkSecret(at, reference, variable) {
  const parts = reference.split(':')
  const id = parts.splice(0, parts[0] === 'arn' ? 7 : 1).join(':')
  const [, field, versionStage, versionId] = parts
  const version = [...(versionStage ? ['--version-stage', versionStage] : []), ...(versionId ? ['--version-id', versionId] : [])]
  const { value, code, error } = await at.aws('secretsmanager', 'get-secret-value', '--secret-id', id, ...version)
  if (error) {
    throw new Refused(withoutSecret(at, id, code, error, variable))
  }
  const text = field ? fieldOf(value.SecretString, field) : value.SecretString
  const put = at.commands(`aws secretsmanager put-secret-value $AT --secret-id ${id} --secret-string "$${variable}"`)
  if (field && text === undefined) {
    throw new Refused(`The secret ${id} in ${at.region} is not a JSON object with a text ${field}, which ${reference} refers to.`)
  }
  if (!field && text?.trim().startsWith('{')) {
    throw new Refused(`The secret ${id} in ${at.region} is JSON. Name the field that holds the key${variable === 'DARKROOM_WAVESPEED_API_KEY' ? ', as in providerKeyField=apiKey' : `, as in ${id}:SecretString:apiKey`}.`)
  }
  if (!VISIBLE_ASCII.test(text?.trim() ?? '')) {
    throw new Refused(`The secret ${id} in ${at.region} is empty, or has characters other than visible ASCII. Store another value:${put}`)
  }
}

function withoutSecret(at, id, code, error, variable) {
  if (code === 'InvalidRequestException' && /delet/i.test(error)) {
    return `The secret ${id} in ${at.region} is scheduled for deletion. Restore it:` + at.commands(`aws secretsmanager restore-secret $AT --secret-id ${id}`)
  }
  if (code === 'ResourceNotFoundException' && /staging label|version/i.test(error)) {
    return `The secret ${id} in ${at.region} has no such value: ${error}`
  }
  if (code === 'ResourceNotFoundException') {
    return (
      `There is no secret ${id} in ${at.region}. Create it there, or deploy to its region (REGION=…):` +
      at.commands(`aws secretsmanager create-secret $AT --name ${id} --secret-string "$${variable}"`)
    )
  }
  return `The secret ${id} in ${at.region} cannot be read, so it cannot be checked: ${error}`
}

function fieldOf(text, field) {
  try {
    const value = JSON.parse(text)[field]
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

// Lambda requires 100 unreserved executions for all other functions; an account with fewer cannot reserve any.
async function checkConcurrency(at, wanted) {
  if (!wanted) {
    return
  }
  const { value: settings } = await at.aws('lambda', 'get-account-settings')
  const { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: free } = settings?.AccountLimit ?? {}
  if (limit === undefined || free === undefined) {
    return // without permission to read the limits; CloudFormation will check them
  }
  const before = await at.found('lambda', 'get-function-concurrency', '--function-name', `${at.stack}-poll-generations`)
  const spare = free + (before?.ReservedConcurrentExecutions ?? 0) - Math.min(100, limit)
  if (wanted > spare) {
    throw new Refused(
      `pollConcurrency=${wanted} is too large: of the concurrency of ${limit} that the account has in ${at.region}, ${Math.max(0, spare)} can be reserved. ` +
        'Leave pollConcurrency out, or ask AWS for more (Service Quotas, Lambda, Concurrent executions).',
    )
  }
}
