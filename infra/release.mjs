// Makes the files of a release from a native zip: node infra/release.mjs. It reads ARTIFACT (target/function.zip),
// VERSION (that of pom.xml), BOM (target/bom.json) and OUT (target/release) from the environment, and needs no account.
// A release has, for each architecture, the zip, the template, the parts (CycloneDX) and the checksums of the three.
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { architectureOf, executableInZip } from './artifact.mjs'
import { Refused } from './refused.mjs'
import { placeholders, released } from './template.mjs'
import { installTools } from './tools.mjs'

const project = dirname(dirname(fileURLToPath(import.meta.url)))

function existing(file, how) {
  if (!existsSync(file)) {
    throw new Refused(`There is no ${file}: ${how}.`)
  }
  return file
}

function architecture(zip) {
  const executable = executableInZip(readFileSync(zip))
  if (!executable) {
    throw new Refused(`${zip} has no native executable, and a release has no other: build it (make native).`)
  }
  const arch = architectureOf(executable)
  if (!arch) {
    throw new Refused(`The native executable in ${zip} is neither for arm64 nor for x86_64.`)
  }
  return arch
}

function versionOf({ VERSION }) {
  const version = VERSION || readFileSync(join(project, 'pom.xml'), 'utf8').match(/<artifactId>darkroom<\/artifactId>\s*<version>([^<]+)</)[1]
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(version)) {
    throw new Refused(`VERSION must be letters, digits, dots, hyphens and underscores, not ${version}.`)
  }
  return version
}

async function template(release) {
  const { packaged } = await import('./osls.mjs') // after the installation
  const copy = mkdtempSync(join(tmpdir(), 'darkroom-release-'))
  try {
    const { parameters, stage } = placeholders(release.arch)
    const { file, problem } = await packaged(project, copy, parameters, stage)
    if (problem) {
      throw new Refused(`osls cannot package it: ${problem}`)
    }
    return released(project, JSON.parse(readFileSync(file, 'utf8')), release)
  } finally {
    rmSync(copy, { recursive: true })
  }
}

async function main() {
  const environment = process.env
  const zip = existing(resolve(environment.ARTIFACT || join(project, 'target/function.zip')), 'build it (make native), or name another zip (ARTIFACT=)')
  const bom = existing(resolve(environment.BOM || join(project, 'target/bom.json')), 'make it (make target/bom.json)')
  const version = versionOf(environment)
  const arch = architecture(zip)
  const out = resolve(environment.OUT || join(project, 'target/release'))
  const name = `darkroom-${version}-${arch}`
  if (environment.TOOLS !== 'installed') {
    installTools()
  }
  const made = await template({ version, arch, zip: `${name}.zip` })
  mkdirSync(out, { recursive: true })
  copyFileSync(zip, join(out, `${name}.zip`))
  copyFileSync(bom, join(out, `${name}.bom.json`))
  writeFileSync(join(out, `${name}.template.json`), `${JSON.stringify(made, null, 1)}\n`)
  const files = ['zip', 'template.json', 'bom.json'].map(ending => `${name}.${ending}`)
  const sums = files.map(file => `${createHash('sha256').update(readFileSync(join(out, file))).digest('hex')}  ${file}\n`)
  writeFileSync(join(out, `${name}.sha256`), sums.join(''))
  console.log(`${out} has ${[...files, `${name}.sha256`].join(', ')}`)
}

try {
  await main()
} catch (e) {
  console.error(e instanceof Refused ? e.message : e.stack)
  process.exit(1)
}
