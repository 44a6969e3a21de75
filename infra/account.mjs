// Checks the account before make deploy changes anything, for errors that CloudFormation would find only in the middle.
// A first deployment that is rolled back leaves the protected table, whose fixed name then blocks every further
// deployment.
import { spawn } from 'node:child_process'
import { Refused } from './refused.mjs'

const REFERENCE = /^\{\{resolve:secretsmanager:(.+)}}$/
const LONGEST_BUCKET = 63
const VISIBLE_ASCII = /^[\x21-\x7e]+$/

/**
 * Throws a Refused unless {packaging, keepImages, pollConcurrency} and the secrets of the parameters can be deployed as
 * this stage in this region.
 */
export async function checkAccount(stage, region, parameters) {
  const at = new Place(stage, region)
  const account = await at.account()
  console.log(`Stage ${stage} in ${region.name} (${region.source}) of the account ${account}.`)
  const stack = await at.found('cloudformation', 'describe-stacks', '--stack-name', at.stack)
  checkStack(at, stack?.Stacks?.[0]?.StackStatus)
  await checkPackaging(at, parameters.packaging)
  const bucket = parameters.keepImages === 'true' ? await leftBucket(at, account, stack !== undefined) : undefined
  await checkTable(at, stack !== undefined, bucket)
  checkBucket(at, stack !== undefined, bucket)
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

/** A stage in a region, and the AWS CLI for it. */
class Place {
  constructor(stage, region) {
    this.stage = stage
    this.region = region.name
    this.stack = `darkroom-${stage}`
    this.table = `darkroom-${stage}-generations`
  }

  async account() {
    const { value, error } = await this.aws('sts', 'get-caller-identity')
    if (error) {
      throw new Refused(`The AWS CLI cannot sign in to an account: ${error}\nSet AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`)
    }
    return value.Account
  }

  // The output of the command; undefined when the resource does not exist.
  async found(...args) {
    const { value, code, error } = await this.aws(...args)
    if (error && !['ResourceNotFoundException', '404'].includes(code) && !(code === 'ValidationError' && error.includes('does not exist'))) {
      throw new Refused(`aws ${args.join(' ')} failed, so nothing was deployed: ${error}`)
    }
    return value
  }

  // Resolves to {value}, or to {code, error}.
  aws(...args) {
    return new Promise((done, failed) => {
      const child = spawn('aws', [...args, '--region', this.region, '--output', 'json'], {
        env: { ...process.env, AWS_PAGER: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let out = ''
      let said = ''
      child.stdout.on('data', data => (out += data))
      child.stderr.on('data', data => (said += data))
      child.on('error', error => failed(new Refused(`The AWS CLI cannot be started (aws): ${error.message}`)))
      child.on('close', code => {
        const error = said.trim().replace(/\s+/g, ' ') || `exit code ${code}`
        done(code === 0 ? { value: out.trim() ? JSON.parse(out) : {} } : { code: error.match(/\((\w+)\)/)?.[1], error })
      })
    })
  }

  commands(...lines) {
    return lines.map(line => `\n  ${line.replaceAll('$AT', `--region ${this.region}`)}`).join('')
  }

  make(target) {
    return `make ${target} STAGE=${this.stage} REGION=${this.region}`
  }
}

function checkStack(at, status) {
  const says = `The stack ${at.stack} in ${at.region} is in ${status}`
  if (/_IN_PROGRESS$/.test(status) && status !== 'REVIEW_IN_PROGRESS') {
    throw new Refused(`${says}: it is being changed. Try again when the change has ended.`)
  }
  if (['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'].includes(status)) {
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
        `and make deploy then says how to take it over:` +
        at.commands(at.make('remove')),
    )
  }
}

async function checkTable(at, isStackThere, bucket) {
  const table = await at.found('dynamodb', 'describe-table', '--table-name', at.table)
  if (!table || (isStackThere && (await isOfStack(at, 'GenerationsTable', at.table)))) {
    return
  }
  const { value: first } = await at.aws('dynamodb', 'scan', '--table-name', at.table, '--select', 'COUNT', '--limit', '1', '--no-paginate')
  const isEmpty = first?.Count === 0 && !first.LastEvaluatedKey
  const intro = `The table ${at.table} already exists in ${at.region} and does not belong to the stack ${at.stack}: a failed or removed deployment has left it. `
  throw new Refused(
    isEmpty
      ? `${intro}It is empty. Delete it, then deploy again:${deletion(at)}`
      : `${intro}It has items, perhaps of paid images. To keep them, take it over, then deploy again:${takeover(at, isStackThere, at.table, bucket)}\n` +
        `To lose them, delete it:${deletion(at)}`,
  )
}

// The bucket of the images, if it exists outside of the stack: a removed stage, or keepImages=false, has left it.
async function leftBucket(at, account, isStackThere) {
  const bucket = `${at.stack}-${account}-${at.region}`
  if (bucket.length > LONGEST_BUCKET) {
    throw new Refused(
      `The bucket of the images would be ${bucket}, but a name has at most ${LONGEST_BUCKET} characters. ` +
        `Choose a STAGE with at most ${at.stage.length - (bucket.length - LONGEST_BUCKET)} characters, or deploy with PARAMS="keepImages=false".`,
    )
  }
  const isThere = await at.found('s3api', 'head-bucket', '--bucket', bucket)
  return isThere && !(isStackThere && (await isOfStack(at, 'ImagesBucket', bucket))) ? bucket : undefined
}

function checkBucket(at, isStackThere, bucket) {
  if (bucket) {
    throw new Refused(
      `The bucket ${bucket} already exists in ${at.region} and does not belong to the stack ${at.stack}: an earlier deployment has left it with its images. ` +
        `To keep them, take it over, then deploy again:${takeover(at, isStackThere, isStackThere ? at.table : undefined, bucket)}\n` +
        `To lose them, delete it:${at.commands(`aws s3 rb $AT s3://${bucket} --force`)}`,
    )
  }
}

// CloudFormation lists retained resources with a DELETE_ status for a while.
async function isOfStack(at, logicalId, physicalId) {
  const resource = await at.found('cloudformation', 'describe-stack-resource', '--stack-name', at.stack, '--logical-resource-id', logicalId)
  const { PhysicalResourceId: name, ResourceStatus: status = '' } = resource?.StackResourceDetail ?? {}
  return name === physicalId && !status.startsWith('DELETE_')
}

function deletion(at) {
  return at.commands(
    `aws dynamodb update-table $AT --table-name ${at.table} --no-deletion-protection-enabled`,
    `aws dynamodb wait table-exists $AT --table-name ${at.table}`,
    `aws dynamodb delete-table $AT --table-name ${at.table}`,
    `aws dynamodb wait table-not-exists $AT --table-name ${at.table}`,
  )
}

// Imports the table and the bucket, or one of them, into a stack of their own. The next deployment adds everything else,
// and the other properties of the bucket.
function takeover(at, isStackThere, table, bucket) {
  const resources = JSON.stringify([
    ...(table ? [{ ResourceType: 'AWS::DynamoDB::Table', LogicalResourceId: 'GenerationsTable', ResourceIdentifier: { TableName: table } }] : []),
    ...(bucket ? [{ ResourceType: 'AWS::S3::Bucket', LogicalResourceId: 'ImagesBucket', ResourceIdentifier: { BucketName: bucket } }] : []),
  ])
  const declared = `  ImagesBucket:\\n    Type: AWS::S3::Bucket\\n    DeletionPolicy: Retain\\n    Properties:\\n      BucketName: ${bucket}\\n`
  return at.commands(
    ...(isStackThere ? [at.make('remove')] : []),
    table ? `sed 's/\${self:service}-\${sls:stage}/${at.stack}/' infra/resources/table.yml > target/table.yml` : `echo 'Resources:' > target/table.yml`,
    ...(bucket ? [`printf '${declared}' >> target/table.yml`] : []),
    `aws cloudformation create-change-set $AT --stack-name ${at.stack} --change-set-name takeover --change-set-type IMPORT --template-body file://target/table.yml --resources-to-import '${resources}'`,
    `aws cloudformation wait change-set-create-complete $AT --stack-name ${at.stack} --change-set-name takeover`,
    `aws cloudformation execute-change-set $AT --stack-name ${at.stack} --change-set-name takeover`,
    `aws cloudformation wait stack-import-complete $AT --stack-name ${at.stack}`,
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
