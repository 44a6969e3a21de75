// Runs the provider's older client against the gateway, with a webhook. Arguments: the gateway's address, API key and
// the webhook's address.
import wavespeed from 'wavespeed'

const [baseUrl, key, webhook] = process.argv.slice(2)
const client = new wavespeed.WaveSpeed(key, { baseUrl: `${baseUrl}/api/v3/` })
const prediction = await client.create('wavespeed-ai/imagen4', { prompt: 'a cat' }, { webhook })
console.log(JSON.stringify({ id: prediction.id }))
