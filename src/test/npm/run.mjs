// Runs the provider's own client against the gateway at the base URL given first, with the input given second.
import wavespeed from 'wavespeed'

const [baseUrl, input] = process.argv.slice(2)
const client = new wavespeed.Client('a-key-of-the-gateway', { baseUrl })
const result = await client.run('wavespeed-ai/imagen4', JSON.parse(input))
console.log(JSON.stringify(result))
