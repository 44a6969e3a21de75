// Submits a request, polls its result, lists it and deletes it, with types that are generated from the OpenAPI document.
// Arguments: the gateway's base URL and an API key. Prints what came of it as JSON.
import createClient from 'openapi-fetch'
import type { components, paths } from './document.js'

type Generation = components['schemas']['Generation']

declare const process: { argv: string[] }

const [, , baseUrl = '', key = ''] = process.argv
const project = 'generated-client'
const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` } })

async function submit(): Promise<Generation> {
  const { data, error } = await client.POST('/api/v3/wavespeed-ai/imagen4', {
    params: { header: { 'Idempotency-Key': project, 'X-Darkroom-Metadata': JSON.stringify({ project }) } },
    body: { prompt: 'a lighthouse at dawn', aspect_ratio: '16:9', num_images: 2 },
  })
  if (error) throw new Error(error.message)
  return data.data
}

async function poll(id: string): Promise<Generation> {
  for (;;) {
    const { data, error } = await client.GET('/api/v3/predictions/{id}/result', { params: { path: { id } } })
    if (error) throw new Error(error.message)
    if (data.data.status === 'completed' || data.data.status === 'failed') return data.data
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

async function list(): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const { data, error } = await client.POST('/api/v3/predictions', {
      body: { page_size: 10, status: 'completed', metadata: { project }, cursor },
    })
    if (error) throw new Error(error.message)
    ids.push(...data.data.items.map(item => item.id))
    cursor = data.data.next_cursor
  } while (cursor)
  return ids
}

async function remove(ids: string[]): Promise<number> {
  const { data, error } = await client.POST('/api/v3/predictions/delete', { body: { ids } })
  if (error) throw new Error(error.message)
  return data.data.deleted_count
}

const submitted = await submit()
const ended = await poll(submitted.id)
const listed = await list()
const deleted = await remove(listed)
console.log(JSON.stringify({ id: submitted.id, status: ended.status, images: ended.outputs.length, listed, deleted }))
