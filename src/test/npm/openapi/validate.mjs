// Checks an OpenAPI document with two validators: node validate.mjs openapi.json
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import redocly from '@redocly/openapi-core'
import { Validator } from '@seriousme/openapi-schema-validator'

const file = resolve(process.argv[2])
const problems = []

// The official JSON Schema of OpenAPI 3.1, and references that lead nowhere.
const { valid, errors } = await new Validator().validate(JSON.parse(await readFile(file, 'utf8')))
if (!valid) {
  problems.push(`does not fit the schema of OpenAPI: ${JSON.stringify(errors)}`)
}

// What the schema cannot say: path parameters, operation ids, examples. A link of an image has no answer but redirects.
const config = await redocly.createConfig({
  extends: ['recommended-strict'],
  rules: { 'operation-2xx-response': 'off', 'no-unused-components': 'error', 'no-invalid-media-type-examples': 'error', 'no-invalid-schema-examples': 'error' },
})
for (const { ruleId, message, location } of await redocly.lint({ ref: file, config })) {
  problems.push(`${location[0].pointer ?? ''}: ${message} (${ruleId})`)
}

if (problems.length > 0) {
  problems.forEach(problem => console.error(problem))
  process.exit(1)
}
console.log('valid')
