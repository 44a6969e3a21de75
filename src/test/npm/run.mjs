// Runs the provider's own client against the gateway. Arguments: the gateway's base URL, API key, input and options of
// the client as JSON.
import wavespeed from 'wavespeed'

const [baseUrl, key, input, options] = process.argv.slice(2)
const client = new wavespeed.Client(key, { baseUrl })
const result = await client.run('wavespeed-ai/imagen4', JSON.parse(input), JSON.parse(options))
console.log(JSON.stringify(result))
