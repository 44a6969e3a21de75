// make adopt: takes what an earlier deployment has left into the stack of the stage, by a change set of the type IMPORT.
// The template of the import says what the resources are now, not what they should be. So the next make deploy changes
// what differs, such as the time to live of a table that was restored.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkedStack, signIn } from './account.mjs'
import { bucketLeft, logGroupsLeft, tableLeft } from './left.mjs'
import { Place } from './place.mjs'
import { Refused } from './refused.mjs'

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'target/adopt')
const LARGEST_BODY = 51200 // bytes of a template that is sent with the call
const KEY = [{ AttributeName: 'id', KeyType: 'HASH' }]

/** Imports the table, the bucket of the images and the log groups that do not belong to the stack. */
export async function adopt(stage, region, parameters) {
  const at = new Place(stage, region)
  const account = await signIn(at)
  const isStackThere = await checkedStack(at)
  const imports = [
    ...(await table(at, isStackThere)),
    ...(await bucket(at, account, isStackThere, parameters.keepImages)),
    ...(await logGroups(at, isStackThere)),
  ]
  if (imports.length === 0) {
    console.log(`There is nothing to take into the stack ${at.stack}: no table, bucket or log group is left outside of it.`)
    return
  }
  for (const { type, identifier } of imports) {
    console.log(`  ${type} ${Object.values(identifier)[0]}`)
  }
  await importAll(at, isStackThere, imports)
  console.log(`They belong to the stack ${at.stack} now. Deploy everything else, with the PARAMS of the deployment:${at.commands(at.make('deploy'))}`)
}

async function table(at, isStackThere) {
  const table = await tableLeft(at, isStackThere)
  if (!table) {
    return []
  }
  if (JSON.stringify(table.KeySchema) !== JSON.stringify(KEY)) {
    throw new Refused(`The table ${at.table} in ${at.region} is not a table of Darkroom: its key is not id.`)
  }
  if (table.TableStatus !== 'ACTIVE') {
    throw new Refused(`The table ${at.table} in ${at.region} is in ${table.TableStatus}. Try again when it is ACTIVE.`)
  }
  const { TimeToLiveDescription: ttl } = await at.done('dynamodb', 'describe-time-to-live', '--table-name', at.table)
  const { ContinuousBackupsDescription: backups } = await at.done('dynamodb', 'describe-continuous-backups', '--table-name', at.table)
  const isOnDemand = table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST'
  const properties = {
    TableName: at.table,
    BillingMode: isOnDemand ? 'PAY_PER_REQUEST' : 'PROVISIONED',
    ...(isOnDemand ? {} : { ProvisionedThroughput: units(table) }),
    SSESpecification: encryption(table.SSEDescription),
    DeletionProtectionEnabled: table.DeletionProtectionEnabled === true,
    PointInTimeRecoverySpecification: {
      PointInTimeRecoveryEnabled: backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED',
    },
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    ...(table.GlobalSecondaryIndexes
      ? {
          GlobalSecondaryIndexes: table.GlobalSecondaryIndexes.map(index => ({
            IndexName: index.IndexName,
            KeySchema: index.KeySchema,
            Projection: index.Projection,
            ...(isOnDemand ? {} : { ProvisionedThroughput: units(index) }),
          })),
        }
      : {}),
    ...(ttl?.TimeToLiveStatus === 'ENABLED' ? { TimeToLiveSpecification: { AttributeName: ttl.AttributeName, Enabled: true } } : {}),
  }
  return [{ id: 'GenerationsTable', type: 'AWS::DynamoDB::Table', identifier: { TableName: at.table }, properties, policy: 'Retain' }]
}

// Without a description the key is one of AWS itself, which a template says by false.
function encryption(description) {
  return description && description.Status !== 'DISABLED'
    ? { SSEEnabled: true, SSEType: description.SSEType, KMSMasterKeyId: description.KMSMasterKeyArn }
    : { SSEEnabled: false }
}

function units({ ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits } }) {
  return { ReadCapacityUnits, WriteCapacityUnits }
}

// Only its name, because all other settings of a bucket may be set again.
async function bucket(at, account, isStackThere, keepImages) {
  const name = await bucketLeft(at, account, isStackThere, keepImages)
  return name ? [{ id: 'ImagesBucket', type: 'AWS::S3::Bucket', identifier: { BucketName: name }, properties: { BucketName: name }, policy: 'Retain' }] : []
}

async function logGroups(at, isStackThere) {
  return (await logGroupsLeft(at, isStackThere)).map(({ id, name, days }) => ({
    id,
    type: 'AWS::Logs::LogGroup',
    identifier: { LogGroupName: name },
    properties: { LogGroupName: name, ...(days ? { RetentionInDays: days } : {}) },
    policy: 'RetainExceptOnCreate',
  }))
}

async function importAll(at, isStackThere, imports) {
  const set = ['--stack-name', at.stack, '--change-set-name', 'adopt']
  await at.done(
    'cloudformation',
    'create-change-set',
    ...set,
    '--change-set-type',
    'IMPORT',
    ...(await templateArguments(at, await template(at, isStackThere, imports))),
    '--resources-to-import',
    `file://${written('resources.json', imports.map(({ id, type, identifier }) => ({ ResourceType: type, LogicalResourceId: id, ResourceIdentifier: identifier })))}`,
    '--capabilities',
    'CAPABILITY_NAMED_IAM',
  )
  const ready = await at.aws('cloudformation', 'wait', 'change-set-create-complete', ...set)
  if (ready.error) {
    const { StatusReason: reason = ready.error } = await at.done('cloudformation', 'describe-change-set', ...set)
    await undone(at, isStackThere, set)
    throw new Refused(`CloudFormation refuses to import them, and nothing was changed: ${reason}`)
  }
  await at.done('cloudformation', 'execute-change-set', ...set)
  const imported = await at.aws('cloudformation', 'wait', 'stack-import-complete', '--stack-name', at.stack)
  if (imported.error) {
    const { StackEvents: events = [] } = await at.done('cloudformation', 'describe-stack-events', '--stack-name', at.stack, '--max-items', '50')
    const failed = events.find(({ ResourceStatus: status }) => status === 'IMPORT_FAILED')
    await undone(at, isStackThere, set)
    throw new Refused(
      `CloudFormation could not import them, and has kept them as they were: ${failed ? `${failed.LogicalResourceId}: ${failed.ResourceStatusReason}` : imported.error}`,
    )
  }
}

// A new stack would stay in a state in which nothing can be deployed to it. What it imports is retained.
async function undone(at, isStackThere, set) {
  await at.aws('cloudformation', 'delete-change-set', ...set)
  if (!isStackThere) {
    await at.aws('cloudformation', 'delete-stack', '--stack-name', at.stack)
    await at.aws('cloudformation', 'wait', 'stack-delete-complete', '--stack-name', at.stack)
  }
}

// An import may change nothing else, so what the stack has stays as it is.
async function template(at, isStackThere, imports) {
  const deployed = isStackThere ? (await at.done('cloudformation', 'get-template', '--stack-name', at.stack, '--template-stage', 'Original')).TemplateBody : undefined
  if (typeof deployed === 'string') {
    throw new Refused(`The template of the stack ${at.stack} is not JSON, so it was not deployed by make deploy. Remove the stage first:${at.commands(at.make('remove'))}`)
  }
  const imported = imports.map(({ id, type, properties, policy }) => [id, { Type: type, DeletionPolicy: policy, UpdateReplacePolicy: 'Retain', Properties: properties }])
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    ...deployed,
    Resources: { ...deployed?.Resources, ...Object.fromEntries(imported) },
  }
}

// A larger template is one of a deployed stack, which has the bucket that osls deploys from.
async function templateArguments(at, template) {
  const file = written('template.json', template)
  if (Buffer.byteLength(JSON.stringify(template)) <= LARGEST_BODY) {
    return ['--template-body', `file://${file}`]
  }
  const found = await at.done('cloudformation', 'describe-stack-resource', '--stack-name', at.stack, '--logical-resource-id', 'ServerlessDeploymentBucket')
  const bucket = found.StackResourceDetail.PhysicalResourceId
  const key = `serverless/darkroom/${at.stage}/adopt.json`
  await at.done('s3api', 'put-object', '--bucket', bucket, '--key', key, '--body', file)
  const suffix = at.region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  return ['--template-url', `https://${bucket}.s3.${at.region}.${suffix}/${key}`]
}

function written(name, content) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(content))
  return file
}
