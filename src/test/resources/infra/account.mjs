// Stands in for an account in tests of make deploy, make adopt and make remove:
//   node account.mjs aws <arguments of the AWS CLI>
//   node account.mjs npx … osls deploy|remove …
// The state is the JSON file $STATE; osls deploys the packaged template $TEMPLATE. It has the rules of CloudFormation
// about names that are taken, retained resources and imports:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'

const ACCOUNT = '123456789012'
const LARGEST_BODY = 51200
const NAMES = { 'AWS::DynamoDB::Table': 'TableName', 'AWS::S3::Bucket': 'BucketName', 'AWS::Logs::LogGroup': 'LogGroupName' }

const [, , program, ...args] = process.argv
const state = existsSync(process.env.STATE) ? JSON.parse(readFileSync(process.env.STATE, 'utf8')) : { world: {}, stacks: {}, uploads: {} }
const option = name => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
const region = option('--region')
const input = text => JSON.parse(readFileSync(text.replace('file://', ''), 'utf8'))
const key = (type, name) => `${type} ${name}`

function end(answer) {
  writeFileSync(process.env.STATE, JSON.stringify(state, null, 1))
  if (answer !== undefined) {
    console.log(JSON.stringify(answer))
  }
  process.exit(0)
}

function fail(code, message) {
  writeFileSync(process.env.STATE, JSON.stringify(state, null, 1))
  console.error(`\nAn error occurred (${code}) when calling the ${args[1]} operation: ${message}`)
  process.exit(254)
}

function text(value) {
  const sub = value?.['Fn::Sub'] ?? value
  return typeof sub === 'string' ? sub.replaceAll('${AWS::AccountId}', ACCOUNT).replaceAll('${AWS::Region}', region) : undefined
}

const nameOf = ({ Type, Properties }) => text(Properties?.[NAMES[Type]])

function holds(template, name) {
  const is = condition => {
    const [operator, values] = Object.entries(condition)[0]
    return operator === 'Fn::Equals' ? String(values[0]) === String(values[1]) : operator === 'Fn::Not' ? !is(values[0]) : values.every(is)
  }
  return name === undefined || is(template.Conditions[name])
}

const existing = template => Object.entries(template.Resources).filter(([, { Condition }]) => holds(template, Condition))

// DynamoDB refuses to set a time to live that is set already, or to switch off what is off.
function updateTable(thing, before, after) {
  const isEncrypted = thing.properties.SSESpecification?.SSEEnabled === true
  if (!isDeepStrictEqual(before.SSESpecification, after.SSESpecification) && isEncrypted === after.SSESpecification?.SSEEnabled) {
    return 'Table already has the encryption of the specification'
  }
  if (!isDeepStrictEqual(before.TimeToLiveSpecification, after.TimeToLiveSpecification)) {
    if (thing.properties.TimeToLiveSpecification) {
      return 'TimeToLive is already enabled'
    }
  }
  if (!isDeepStrictEqual(before.KeySchema, after.KeySchema) || !isDeepStrictEqual(before.GlobalSecondaryIndexes, after.GlobalSecondaryIndexes)) {
    return 'the key or an index of the table would change'
  }
  return undefined
}

// The first error stops the deployment; then what it has created is deleted, if it is not retained.
function deploy(stackName, template) {
  const stack = (state.stacks[stackName] ??= { status: 'CREATE_COMPLETE', resources: {}, template: { Resources: {} } })
  const created = []
  for (const [id, resource] of existing(template)) {
    const name = nameOf(resource)
    const owned = stack.resources[id]
    const thing = name && state.world[key(resource.Type, name)]
    const problem = owned
      ? resource.Type === 'AWS::DynamoDB::Table' && updateTable(thing, stack.template.Resources[id].Properties, resource.Properties)
      : thing && `${name} already exists`
    if (problem) {
      created.forEach(id => discard(stack, template, id, true))
      stack.status = 'UPDATE_ROLLBACK_COMPLETE'
      writeFileSync(process.env.STATE, JSON.stringify(state, null, 1))
      console.error(`UPDATE_FAILED: ${id}: ${problem}`)
      process.exit(1)
    }
    if (!owned) {
      created.push(id)
      stack.resources[id] = { type: resource.Type, name: name ?? `${stackName}-${id}`.toLowerCase() }
    }
    if (name) {
      const key = `${resource.Type} ${name}`
      state.world[key] = { ...state.world[key], properties: resource.Properties }
    }
  }
  Object.keys(stack.resources)
    .filter(id => !existing(template).some(([declared]) => declared === id))
    .forEach(id => discard(stack, stack.template, id, false))
  stack.status = 'UPDATE_COMPLETE'
  stack.template = template
}

function discard(stack, template, id, isCreation) {
  const { type, name } = stack.resources[id]
  const policy = template.Resources[id]?.DeletionPolicy
  if (!(policy === 'Retain' || (policy === 'RetainExceptOnCreate' && !isCreation))) {
    delete state.world[key(type, name)]
  }
  delete stack.resources[id]
}

// Why CloudFormation refuses the change set; undefined if it does not.
function refusal(stack, template, size, imports) {
  const ids = imports.map(({ LogicalResourceId }) => LogicalResourceId)
  if (size > LARGEST_BODY) {
    return `Member must have length less than or equal to ${LARGEST_BODY}`
  }
  for (const { ResourceType: type, LogicalResourceId: id, ResourceIdentifier: identifier } of imports) {
    const declared = template.Resources[id]
    const name = identifier[NAMES[type]]
    if (declared?.Type !== type || nameOf(declared) !== name) {
      return `Resource ${id} is not in the template, or as something else`
    }
    if (!declared.DeletionPolicy) {
      return `Resources [${id}] is missing DeletionPolicy attribute. Resources to import must have DeletionPolicy attribute specified in the template.`
    }
    if (declared.Condition !== undefined && !holds(template, declared.Condition)) {
      return `Resource ${id} has a condition that does not hold`
    }
    if (!state.world[key(type, name)]) {
      return `Resource ${name} does not exist`
    }
    const owner = Object.entries(state.stacks).find(([, { resources }]) => Object.values(resources).some(owned => owned.type === type && owned.name === name))
    if (owner) {
      return `Resource ${name} already exists in stack ${owner[0]}`
    }
  }
  const others = resources => Object.fromEntries(Object.entries(resources).filter(([id]) => !ids.includes(id)))
  if (!isDeepStrictEqual(others(template.Resources), others(stack.template.Resources))) {
    return 'As part of the import operation, you cannot modify or add other resources'
  }
  return isDeepStrictEqual(template.Outputs, stack.template.Outputs) ? undefined : 'As part of the import operation, you cannot modify or add [Outputs]'
}

function createChangeSet() {
  const name = option('--stack-name')
  const stack = (state.stacks[name] ??= { status: 'REVIEW_IN_PROGRESS', resources: {}, template: { Resources: {} } })
  const url = option('--template-url')
  const template = url ? state.uploads[url.replace(/^https:\/\/([^.]+)\.s3\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/, '$1')] : input(option('--template-body'))
  const imports = input(option('--resources-to-import'))
  stack.changeSet = { template, imports, reason: refusal(stack, template, url ? 0 : JSON.stringify(template).length, imports) }
  end({})
}

function executeChangeSet() {
  const stack = state.stacks[option('--stack-name')]
  for (const { ResourceType: type, LogicalResourceId: id, ResourceIdentifier: identifier } of stack.changeSet.imports) {
    stack.resources[id] = { type, name: identifier[NAMES[type]] }
  }
  Object.assign(stack, { status: 'IMPORT_COMPLETE', template: stack.changeSet.template, changeSet: undefined })
  end()
}

function wait(what, stack) {
  if (what === 'change-set-create-complete' && stack.changeSet.reason) {
    writeFileSync(process.env.STATE, JSON.stringify(state, null, 1))
    console.error('\nWaiter ChangeSetCreateComplete failed: Waiter encountered a terminal failure state')
    process.exit(255)
  }
  end()
}

const found = (thing, answer) => (thing ? end(answer(thing)) : fail('ResourceNotFoundException', 'not found'))
const table = () => state.world[key('AWS::DynamoDB::Table', option('--table-name'))]
const stack = () => state.stacks[option('--stack-name')] ?? fail('ValidationError', `Stack with id ${option('--stack-name')} does not exist`)

const AWS = {
  'sts get-caller-identity': () => end({ Account: ACCOUNT }),
  'secretsmanager get-secret-value': () => end({ SecretString: 'the-key' }),
  'dynamodb scan': () => end({ Count: table().items ? 1 : 0, ScannedCount: 0 }),
  'dynamodb describe-table': () =>
    found(table(), ({ properties }) => ({
      Table: {
        TableName: option('--table-name'),
        TableStatus: 'ACTIVE',
        KeySchema: properties.KeySchema,
        AttributeDefinitions: properties.AttributeDefinitions,
        BillingModeSummary: { BillingMode: properties.BillingMode },
        DeletionProtectionEnabled: properties.DeletionProtectionEnabled,
        GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes?.map(index => ({ ...index, IndexStatus: 'ACTIVE', ItemCount: 0, ProvisionedThroughput: {} })),
        ...(properties.SSESpecification?.SSEEnabled ? { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: 'arn:of-key' } } : {}),
        ItemCount: 1,
      },
    })),
  'dynamodb describe-time-to-live': () =>
    found(table(), ({ properties: { TimeToLiveSpecification: ttl } }) => ({
      TimeToLiveDescription: { TimeToLiveStatus: ttl ? 'ENABLED' : 'DISABLED', ...(ttl ? { AttributeName: ttl.AttributeName } : {}) },
    })),
  'dynamodb describe-continuous-backups': () =>
    found(table(), ({ properties }) => ({
      ContinuousBackupsDescription: {
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: properties.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled ? 'ENABLED' : 'DISABLED' },
      },
    })),
  's3api head-bucket': () => (state.world[key('AWS::S3::Bucket', option('--bucket'))] ? end({}) : fail('404', 'Not Found')),
  's3api put-object': () => {
    state.uploads[`${option('--bucket')}/${option('--key')}`] = input(option('--body'))
    end({})
  },
  'logs describe-log-groups': () =>
    end({
      logGroups: Object.entries(state.world)
        .map(([name, { properties }]) => [name.replace('AWS::Logs::LogGroup ', ''), properties])
        .filter(([name]) => name.startsWith(option('--log-group-name-prefix')))
        .map(([logGroupName, { RetentionInDays: retentionInDays }]) => ({ logGroupName, retentionInDays })),
    }),
  'cloudformation describe-stacks': () => end({ Stacks: [{ StackStatus: stack().status }] }),
  'cloudformation describe-stack-resource': () =>
    stack().resources[option('--logical-resource-id')]
      ? end({ StackResourceDetail: { PhysicalResourceId: stack().resources[option('--logical-resource-id')].name, ResourceStatus: 'CREATE_COMPLETE' } })
      : fail('ValidationError', `Resource ${option('--logical-resource-id')} does not exist for stack ${option('--stack-name')}`),
  'cloudformation list-stack-resources': () =>
    end({
      StackResourceSummaries: Object.entries(stack().resources).map(([LogicalResourceId, { name }]) => ({
        LogicalResourceId,
        PhysicalResourceId: name,
        ResourceStatus: 'CREATE_COMPLETE',
      })),
    }),
  'cloudformation get-template': () => end({ TemplateBody: stack().template }),
  'cloudformation create-change-set': createChangeSet,
  'cloudformation describe-change-set': () => end({ Status: 'FAILED', StatusReason: stack().changeSet.reason }),
  'cloudformation delete-change-set': () => end(void delete stack().changeSet),
  'cloudformation execute-change-set': executeChangeSet,
  'cloudformation delete-stack': () => {
    Object.keys(stack().resources).forEach(id => discard(stack(), stack().template, id, false))
    end(void delete state.stacks[option('--stack-name')])
  },
  'cloudformation wait': () => wait(args[2], state.stacks[option('--stack-name')]),
}

appendFileSync(`${process.env.STATE}.calls`, `${program} ${args.join(' ')}\n`)
if (program === 'aws') {
  const call = AWS[`${args[0]} ${args[1]}`]
  call ? call() : fail('ResourceNotFoundException', 'not found')
} else if (program === 'npx') {
  const name = `darkroom-${option('--stage') ?? 'dev'}`
  if (args.includes('remove')) {
    Object.keys(state.stacks[name].resources).forEach(id => discard(state.stacks[name], state.stacks[name].template, id, false))
    delete state.stacks[name]
  } else {
    deploy(name, JSON.parse(readFileSync(process.env.TEMPLATE, 'utf8').replaceAll('darkroom-dev', name)))
  }
  end()
}
