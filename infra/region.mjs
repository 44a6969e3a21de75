// The region, by one rule for make deploy, make remove and the commands of operators
// (dev.darkroom.operator.StageRegion): REGION, else the region of the AWS CLI (AWS_REGION, AWS_DEFAULT_REGION, the
// profile), else us-east-1.
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Refused } from './refused.mjs'

const FORM = /^[a-z]{2,}(-[a-z]+)+-\d+$/

/** Returns {name, source}; source is the variable or profile that names the region. */
export function regionOf(env) {
  const profile = env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE || 'default'
  const [source, name] = [
    ['REGION', env.REGION],
    ['AWS_REGION', env.AWS_REGION],
    ['AWS_DEFAULT_REGION', env.AWS_DEFAULT_REGION],
    [`the profile ${profile}`, ofProfile(env, profile)],
    ['the default', 'us-east-1'],
  ].map(([source, name]) => [source, name?.trim()]).find(([, name]) => name)
  if (!FORM.test(name)) {
    throw new Refused(`${source} must be a region, such as us-east-1, not ${name}.`)
  }
  return { name, source }
}

// In the CLI, the credentials file takes precedence.
function ofProfile(env, profile) {
  const folder = join(env.HOME || homedir(), '.aws')
  return (
    inFile(env.AWS_SHARED_CREDENTIALS_FILE || join(folder, 'credentials'), [profile]) ??
    inFile(env.AWS_CONFIG_FILE || join(folder, 'config'), [`profile ${profile}`, ...(profile === 'default' ? ['default'] : [])])
  )
}

function inFile(file, wanted) {
  if (!existsSync(file)) {
    return undefined
  }
  let section
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    section = line.match(/^\[\s*([^\]]*?)\s*]/)?.[1].replaceAll('"', '').replace(/\s+/g, ' ') ?? section
    // Not an indented line: it is a part of another setting.
    const region = wanted.includes(section) && line.match(/^region\s*=\s*(\S+)/)?.[1]
    if (region) {
      return region
    }
  }
  return undefined
}
