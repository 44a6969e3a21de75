// Makes images with an unmodified client of OpenAI's API. Arguments: the client, the gateway's base URL, the API key, the
// request as JSON. Prints what came back as one line of JSON: how many requests the client sent, and the images or the
// error as the client gives them to a program.
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateImage } from 'ai'
import OpenAI from 'openai'

const [client, baseURL, apiKey, text] = process.argv.slice(2)
const { model, prompt, n, size, ...others } = JSON.parse(text)
const sent = []

async function counted(url, options) {
  const answer = await fetch(url, options)
  if (options?.method === 'POST') {
    const retry = new Headers(options.headers).get('x-stainless-retry-count')
    sent.push({ status: answer.status, retry })
  }
  return answer
}

async function openai() {
  const images = await new OpenAI({ apiKey, baseURL, fetch: counted }).images.generate({ model, prompt, n, size, ...others })
  return images.data.map(({ url, b64_json: base64 }) => ({ url, base64 }))
}

async function aiSdk(provider) {
  const { images } = await generateImage({ model: provider, prompt, n, size, providerOptions: { openai: others, gateway: others } })
  return images.map(({ base64, mediaType }) => ({ base64, mediaType }))
}

async function models() {
  const { models } = new OpenAI({ apiKey, baseURL })
  const listed = []
  for await (const one of models.list()) {
    listed.push(one.id)
  }
  return { listed, retrieved: await models.retrieve(model) }
}

const CLIENTS = {
  openai,
  models,
  '@ai-sdk/openai': () => aiSdk(createOpenAI({ apiKey, baseURL, fetch: counted }).image(model)),
  '@ai-sdk/openai-compatible': () =>
    aiSdk(createOpenAICompatible({ name: 'gateway', apiKey, baseURL, fetch: counted }).imageModel(model)),
}

try {
  const result = await CLIENTS[client]()
  console.log(JSON.stringify({ sent, result }))
} catch (e) {
  // The AI SDK gives the last error in an error of its own when it gives up.
  const cause = e.lastError ?? e
  const { error } = cause.data ?? { error: cause.error ?? {} }
  const { code, type, param } = error
  console.log(JSON.stringify({ sent, error: { name: cause.name ?? cause.constructor.name, class: cause.constructor.name, status: cause.status ?? cause.statusCode, code, type, param, message: cause.message } }))
}
