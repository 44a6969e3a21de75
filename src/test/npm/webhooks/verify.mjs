// Verifies deliveries with npm standardwebhooks: a line of JSON for each, {secret, headers, body}, in the file of the first
// argument. Prints what it says of each as it came, with another byte, under another id, and an hour older.
import { readFileSync } from 'node:fs'
import { Webhook } from 'standardwebhooks'

function verifies(secret, headers, body) {
  try {
    new Webhook(secret).verify(body, headers)
    return true
  } catch {
    return false
  }
}

for (const line of readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
  const { secret, headers, body } = JSON.parse(line)
  const time = String(Number(headers['webhook-timestamp']) - 3600)
  console.log(
    [
      verifies(secret, headers, body),
      verifies(secret, headers, `${body} `),
      verifies(secret, { ...headers, 'webhook-id': 'msg_2' }, body),
      verifies(secret, { ...headers, 'webhook-timestamp': time }, body),
    ].join(' '),
  )
}
