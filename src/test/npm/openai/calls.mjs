// Makes many calls with an unmodified client, some at once. The argument is a file of JSON: client, baseURL, apiKey, model,
// callers, and calls, each with prompt, n and perhaps an idempotency key. Prints a line of JSON for each call: its number,
// the statuses of the client's requests (null for a lost connection), and the SHA-256 of its images or the error.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { failure, generate, watched } from './clients.mjs'

const { client, baseURL, apiKey, model, callers, calls } = JSON.parse(readFileSync(process.argv[2], 'utf8'))

// With a key a program may call again when the client has given up: it pays for nothing.
const CALLS_WITH_KEY = 5

async function bytes({ url, base64 }) {
  return url ? Buffer.from(await (await fetch(url)).arrayBuffer()) : Buffer.from(base64, 'base64')
}

async function hashes(images) {
  const all = await Promise.all(images.map(bytes))
  return all.map(image => createHash('sha256').update(image).digest('hex'))
}

async function made({ prompt, n, key }, sent) {
  const connection = { apiKey, baseURL, fetch: watched(({ status }) => sent.push(status ?? null)) }
  const request = { model, prompt, n, headers: key ? { 'Idempotency-Key': key } : {} }
  for (let left = key ? CALLS_WITH_KEY : 1; ; left--) {
    try {
      return { images: await hashes(await generate(client, connection, request)) }
    } catch (e) {
      if (left === 1) {
        return { images: [], error: failure(e).message }
      }
    }
  }
}

let next = 0

async function caller() {
  while (next < calls.length) {
    const number = next++
    const sent = []
    const result = await made(calls[number], sent)
    console.log(JSON.stringify({ number, sent, ...result }))
  }
}

await Promise.all(Array.from({ length: callers }, caller))
