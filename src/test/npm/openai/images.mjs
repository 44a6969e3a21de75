// Makes images with an unmodified client of OpenAI's API. Arguments: the client, the gateway's base URL, the API key, the
// request as JSON. Prints what came back as one line of JSON: which requests the client sent, and the images or the error
// as the client gives them to a program.
import OpenAI from 'openai'
import { failure, generate, watched } from './clients.mjs'

const [client, baseURL, apiKey, text] = process.argv.slice(2)
const request = JSON.parse(text)
const sent = []

async function models() {
  const { models } = new OpenAI({ apiKey, baseURL })
  const listed = []
  for await (const one of models.list()) {
    listed.push(one.id)
  }
  return { listed, retrieved: await models.retrieve(request.model) }
}

try {
  const connection = { apiKey, baseURL, fetch: watched(one => sent.push(one)) }
  const result = client === 'models' ? await models() : await generate(client, connection, request)
  console.log(JSON.stringify({ sent, result }))
} catch (e) {
  console.log(JSON.stringify({ sent, error: failure(e) }))
}
