// What an earlier deployment of a stage has left outside of its stack: the table, the bucket of the images, log groups.
// CloudFormation cannot create a second one of the same name, so make deploy refuses and make adopt imports them.
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refused } from './refused.mjs'

const LONGEST_BUCKET = 63
const functions = join(dirname(fileURLToPath(import.meta.url)), 'functions')

/** The description of the table; undefined if there is none, or if it belongs to the stack. */
export async function tableLeft(at, isStackThere) {
  const table = await at.found('dynamodb', 'describe-table', '--table-name', at.table)
  return table && !(isStackThere && (await isOfStack(at, 'GenerationsTable', at.table))) ? table.Table : undefined
}

/** The name of the bucket of the images if it is left; a removed stage, or keepImages=false, leaves it. */
export async function bucketLeft(at, account, isStackThere, keepImages) {
  if (keepImages !== 'true') {
    return undefined
  }
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

/** The log groups that are left, as {id, name, days}; id is their name in the template. */
export async function logGroupsLeft(at, isStackThere) {
  const declared = logGroups(at)
  const there = []
  for (const prefix of [`/aws/lambda/${at.stack}-`, '/aws/vendedlogs/']) {
    const found = await at.found('logs', 'describe-log-groups', '--log-group-name-prefix', prefix)
    there.push(...(found?.logGroups ?? []).filter(({ logGroupName: name }) => declared[name]))
  }
  const ofStack = isStackThere && there.length > 0 ? await resourcesOfStack(at) : []
  return there
    .map(({ logGroupName: name, retentionInDays: days }) => ({ id: declared[name], name, days }))
    .filter(({ id, name }) => !ofStack.some(owned => owned.LogicalResourceId === id && owned.PhysicalResourceId === name))
}

// In one call, because there are many log groups.
async function resourcesOfStack(at) {
  const resources = await at.found('cloudformation', 'list-stack-resources', '--stack-name', at.stack)
  return (resources?.StackResourceSummaries ?? []).filter(({ ResourceStatus: status }) => !status.startsWith('DELETE_'))
}

// Their names in the template, by their own names.
function logGroups(at) {
  const ofFunctions = readdirSync(functions).map(file => {
    const name = file.replace(/\.yml$/, '')
    return [`/aws/lambda/${at.stack}-${name}`, `${name[0].toUpperCase()}${name.slice(1).replaceAll('-', 'Dash')}LogGroup`]
  })
  return {
    ...Object.fromEntries(ofFunctions),
    [`/aws/vendedlogs/http-api/${at.stack}`]: 'HttpApiLogGroup',
    [`/aws/vendedlogs/states/${at.stack}-generate-image`]: 'GenerateImageLogGroup',
    [`/aws/vendedlogs/states/${at.stack}-generate-image-callback`]: 'GenerateImageCallbackLogGroup',
  }
}

// CloudFormation lists retained resources with a DELETE_ status for a while.
async function isOfStack(at, logicalId, physicalId) {
  const resource = await at.found('cloudformation', 'describe-stack-resource', '--stack-name', at.stack, '--logical-resource-id', logicalId)
  const { PhysicalResourceId: name, ResourceStatus: status = '' } = resource?.StackResourceDetail ?? {}
  return name === physicalId && !status.startsWith('DELETE_')
}
