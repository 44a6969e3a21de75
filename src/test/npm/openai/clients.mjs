// Makes images with an unmodified client of OpenAI's API. Each answers the images as it gives them to a program.
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateImage } from 'ai'
import OpenAI from 'openai'

async function openai(connection, { model, prompt, n, size, headers, ...others }) {
  const client = new OpenAI(connection)
  const images = await client.images.generate({ model, prompt, n, size, ...others }, { headers })
  return images.data.map(({ url, b64_json: base64 }) => ({ url, base64 }))
}

async function aiSdk(model, { prompt, n, size, headers, model: _, ...others }) {
  const { images } = await generateImage({ model, prompt, n, size, headers, providerOptions: { openai: others, gateway: others } })
  return images.map(({ base64, mediaType }) => ({ base64, mediaType }))
}

const CLIENTS = {
  openai,
  '@ai-sdk/openai': (connection, request) => aiSdk(createOpenAI(connection).image(request.model), request),
  '@ai-sdk/openai-compatible': (connection, request) =>
    aiSdk(createOpenAICompatible({ name: 'gateway', ...connection }).imageModel(request.model), request),
}

// `connection` is { apiKey, baseURL, fetch }. Members of the request that are not the client's own are the model's.
export function generate(client, connection, request) {
  return CLIENTS[client](connection, request)
}

// A fetch that calls `sent` with each POST's status, or with undefined when the connection was lost.
export function watched(sent) {
  return async (url, options) => {
    if (options?.method !== 'POST') {
      return fetch(url, options)
    }
    const retry = new Headers(options.headers).get('x-stainless-retry-count')
    try {
      const answer = await fetch(url, options)
      sent({ status: answer.status, retry })
      return answer
    } catch (e) {
      sent({ retry })
      throw e
    }
  }
}

// The AI SDK gives the last error in an error of its own when it gives up.
export function failure(e) {
  const cause = e.lastError ?? e
  const { error } = cause.data ?? { error: cause.error ?? {} }
  const { code, type, param } = error ?? {}
  return { name: cause.name ?? cause.constructor.name, class: cause.constructor.name,
    status: cause.status ?? cause.statusCode, code, type, param, message: cause.message }
}
