// Runs the provider's own client against the gateway, and downloads the images by fetch, without a key. Arguments: the
// gateway's base URL, API key, input and options of the client as JSON.
import { createHash } from 'node:crypto'
import wavespeed from 'wavespeed'

const [baseUrl, key, input, options] = process.argv.slice(2)
const client = new wavespeed.Client(key, { baseUrl })
const result = await client.run('wavespeed-ai/imagen4', JSON.parse(input), JSON.parse(options))
const downloads = []
for (const output of result.outputs) {
  const response = await fetch(output)
  const sha256 = createHash('sha256').update(Buffer.from(await response.arrayBuffer())).digest('hex')
  downloads.push({ status: response.status, type: response.headers.get('content-type'), sha256,
    sameOrigin: new URL(output).origin === new URL(baseUrl).origin })
}
console.log(JSON.stringify({ ...result, downloads }))
