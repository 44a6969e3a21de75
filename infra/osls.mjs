// Packages the project with osls in a folder of its own, because osls writes to .serverless of the project.
import { spawn } from 'node:child_process'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

// An empty zip, because the content of the zip does not change the template.
const EMPTY_ZIP = Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64')

async function copyOfProject(project, copy) {
  await mkdir(join(copy, 'target'), { recursive: true })
  await cp(join(project, 'serverless.yml'), join(copy, 'serverless.yml'))
  await cp(join(project, 'infra'), join(copy, 'infra'), {
    recursive: true,
    filter: source => basename(source) !== 'node_modules',
  })
  await writeFile(join(copy, 'target/function.zip'), EMPTY_ZIP)
}

function osls(directory, args) {
  // From where this file's tools are installed.
  const program = join(dirname(createRequire(import.meta.url).resolve('osls/package.json')), 'bin/serverless.js')
  // Without the credentials and the other AWS settings of this machine.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && name !== 'ARTIFACT'))
  return new Promise(done => {
    const child = spawn(process.execPath, [program, 'package', ...args], {
      cwd: directory,
      env: { ...env, AWS_EC2_METADATA_DISABLED: 'true', HOME: directory, SLS_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', data => (said += data))
    child.stderr.on('data', data => (said += data))
    child.on('close', code => done({ code, said: said.trim() }))
  })
}

/**
 * Packages the project with these parameters as a stage. Resolves to {file}, the template, or to {problem}, what osls
 * says.
 */
export async function packaged(project, copy, parameters, stage) {
  await copyOfProject(project, copy)
  const { code, said } = await osls(copy, [
    ...(stage ? ['--stage', stage] : []),
    ...Object.entries(parameters).map(([name, value]) => `--param=${name}=${value}`),
  ])
  return code === 0
    ? { file: join(copy, '.serverless/cloudformation-template-update-stack.json') }
    : { problem: said.replace(/^.*\nError:\s*/s, '') }
}
