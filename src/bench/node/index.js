// get-generation as usually written for Node with the AWS SDK v3, behind a loop that does what Lambda's own runtime
// does. It makes the client at start and keeps connections open.
import http from 'node:http'
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

const ID = /^[0-9a-f]{32}$/
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':')
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
const client = new DynamoDBClient({})

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) } : {}
    const request = http.request({ host, port, agent, method, headers, path: `/2018-06-01/runtime/invocation/${path}` })
    request.on('error', reject)
    request.on('response', response => {
      const chunks = []
      response.on('error', reject)
      response.on('data', chunk => chunks.push(chunk))
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }))
    })
    request.end(body)
  })
}

function answer(statusCode, body) {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  return { statusCode, headers, body: JSON.stringify(body) }
}

function problem(statusCode, errorCode, message) {
  const errors = [{ field: 'id', message }]
  return answer(statusCode, { code: statusCode, message: `id ${message}`, data: null, error_code: errorCode, errors })
}

const STATUSES = {
  ACCEPTED: 'created',
  SUBMITTING: 'created',
  UNCONFIRMED: 'processing',
  PROCESSING: 'processing',
  COMPLETED: 'completed',
  FAILED: 'failed',
}

function view(item, url) {
  return {
    id: item.id.S,
    model: item.model.S,
    outputs: (item.outputs?.L ?? []).map(output => output.S),
    urls: { get: url },
    has_nsfw_contents: (item.nsfw?.L ?? []).map(nsfw => nsfw.BOOL),
    status: STATUSES[item.status.S],
    created_at: new Date(Number(item.createdAt.N)).toISOString(),
    error: item.failureText?.S ?? '',
    error_code: item.failureCode?.S,
    timings: { inference: Number(item.inferenceMs?.N ?? 0) },
  }
}

async function handle(event) {
  const id = event.pathParameters?.id ?? ''
  if (!ID.test(id)) {
    return problem(400, 'invalid_id', 'must be 32 lower-case hexadecimal digits')
  }
  const { Item } = await client.send(
    new GetItemCommand({ TableName: process.env.DARKROOM_TABLE_NAME, Key: { id: { S: id } }, ConsistentRead: true }),
  )
  if (!Item) {
    return problem(404, 'generation_not_found', 'is not the id of a generation')
  }
  const scheme = event.headers['x-forwarded-proto'] ?? 'https'
  const url = `${scheme}://${event.requestContext.domainName}/api/v3/predictions/${id}/result`
  return answer(200, { code: 200, message: 'success', data: view(Item, url) })
}

for (;;) {
  const event = await call('GET', 'next')
  const path = event.headers['lambda-runtime-aws-request-id']
  try {
    await call('POST', `${path}/response`, JSON.stringify(await handle(JSON.parse(event.body))))
  } catch (error) {
    const failure = { errorType: error.name, errorMessage: error.message }
    await call('POST', `${path}/error`, JSON.stringify(failure))
  }
}
