// Checks the aliases of models, by the rules that the functions check when they start
// (src/main/java/dev/darkroom/jsonschema/ModelAliases.java).
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { Refused } from './refused.mjs'

const MODELS = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src/main/resources/models')

function catalogue() {
  const files = readdirSync(MODELS, { recursive: true }).filter(name => name.endsWith('.json'))
  const models = files.map(name => JSON.parse(readFileSync(join(MODELS, name), 'utf8')))
  return new Map(models.map(model => [model.id, model]))
}

// What a parameter takes, without the texts for people.
function rule({ input }, name) {
  const { description, errorMessage, ...taken } = input.properties[name] ?? {}
  return input.properties[name] && { ...taken, required: input.required.includes(name) }
}

function differences(from, to) {
  const names = new Set([...Object.keys(from.input.properties), ...Object.keys(to.input.properties)])
  return [...names].filter(name => !isDeepStrictEqual(rule(from, name), rule(to, name)))
}

function isCircular(path, targets, models) {
  const seen = new Set()
  let next = path
  while (next && !seen.has(next)) {
    seen.add(next)
    next = targets.get(next) ?? models.get(next)?.successor?.model
  }
  return next !== undefined
}

function checkAlias(path, model, targets, models) {
  if (!models.has(model) && !targets.has(model)) {
    throw new Refused(`modelAliases: ${path} leads to ${model}, which is not in the catalogue.`)
  }
  if (isCircular(path, targets, models)) {
    throw new Refused(`modelAliases: ${path} leads back to itself.`)
  }
  const [from, to] = [models.get(path), models.get(model)]
  const fields = from && to && from.successor?.model !== model ? differences(from, to) : []
  if (fields.length > 0) {
    throw new Refused(`modelAliases: ${path} leads to ${model}, and the two do not agree on ${fields.join(', ')}. Nothing says what becomes of these parameters: add a successor with a map to models/${path}.json, or choose a model that takes the same.`)
  }
}

/** Checks path=model, with commas between several. */
export function checkAliases(aliases) {
  const pairs = aliases.split(',').filter(Boolean).map(alias => alias.split('='))
  const targets = new Map(pairs)
  if (targets.size < pairs.length) {
    throw new Refused('modelAliases: a path has two aliases.')
  }
  const models = pairs.length > 0 ? catalogue() : new Map()
  targets.forEach((model, path) => checkAlias(path, model, targets, models))
}
