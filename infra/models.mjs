// Checks the aliases of models, by the rules that the functions check when they start
// (src/main/java/dev/darkroom/jsonschema/ModelAliases.java), and whether the artifact has the models as they are.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { Refused } from './refused.mjs'

const project = dirname(dirname(fileURLToPath(import.meta.url)))
// A model's file of the second folder, the owner's own, replaces that of the first.
const FOLDERS = ['src/main/resources/models', 'models'].map(folder => join(project, folder))

// Paths that begin with these are other endpoints of the API.
const RESERVED = ['account', 'billings', 'media', 'model', 'models', 'predictions', 'user', 'webhook']

function read(folder) {
  const files = readdirSync(folder, { recursive: true }).filter(name => name.endsWith('.json'))
  return files.map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')))
}

function catalogue() {
  return new Map(FOLDERS.filter(existsSync).flatMap(read).map(model => [model.id, model]))
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

// The model that an alias leads to, through further names.
function drawing(path, targets, models) {
  let next = targets.get(path)
  while (!models.has(next) && targets.has(next)) {
    next = targets.get(next)
  }
  return next
}

function checkAlias(path, targets, models) {
  const [first] = path.split('/')
  if (RESERVED.includes(first)) {
    throw new Refused(`modelAliases: ${path} cannot be requested: paths that begin with ${first}/ are other endpoints.`)
  }
  if (isCircular(path, targets, models)) {
    throw new Refused(`modelAliases: ${path} leads back to itself.`)
  }
  const model = drawing(path, targets, models)
  if (!models.has(model)) {
    throw new Refused(`modelAliases: ${path} leads to ${model}, which is not in the catalogue.`)
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
  targets.forEach((_, path) => checkAlias(path, targets, models))
}

/** Checks that requests without a model have one. */
export function checkDefaultModel(model, aliases) {
  const names = aliases.split(',').map(alias => alias.split('=')[0])
  if (model && !names.includes(model) && !catalogue().has(model)) {
    throw new Refused(`defaultModel: ${model} is not in the catalogue.`)
  }
}

function changed(paths, time) {
  const path = paths.find(path => statSync(path).mtimeMs > time)
  return path && relative(project, path)
}

/** Refuses an artifact that was built, at a time in milliseconds, before a model's file was changed, added or removed. */
export function checkModelsOf(artifact, time, build) {
  const entries = FOLDERS.filter(existsSync).flatMap(folder => [
    { path: folder, isFile: false },
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .map(entry => ({ path: join(entry.parentPath ?? entry.path, entry.name), isFile: entry.isFile() })),
  ])
  const paths = files => entries.filter(({ isFile }) => isFile === files).map(({ path }) => path)
  const file = changed(paths(true), time)
  if (file) {
    throw new Refused(`${file} is newer than ${artifact}: build it again (${build}).`)
  }
  // The time of a folder changes with its list of files.
  const folder = changed(paths(false), time)
  if (folder) {
    throw new Refused(`A file was added to ${folder}, or removed from it, after ${artifact} was built: build it again (${build}).`)
  }
}
