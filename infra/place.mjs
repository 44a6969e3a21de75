// A stage in a region, and the AWS CLI for it, for the commands of deploy.mjs.
import { spawn } from 'node:child_process'
import { Refused } from './refused.mjs'

/** A stage in a region, and the AWS CLI for it. */
export class Place {
  constructor(stage, region) {
    this.stage = stage
    this.region = region.name
    this.source = region.source
    this.stack = `darkroom-${stage}`
    this.table = `darkroom-${stage}-generations`
  }

  async account() {
    const { value, error } = await this.aws('sts', 'get-caller-identity')
    if (error) {
      throw new Refused(`The AWS CLI cannot sign in to an account: ${error}\nSet AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`)
    }
    return value.Account
  }

  // The output of the command; undefined when the resource does not exist.
  async found(...args) {
    const { value, code, error } = await this.aws(...args)
    if (error && !['ResourceNotFoundException', '404'].includes(code) && !(code === 'ValidationError' && error.includes('does not exist'))) {
      throw new Refused(`aws ${args.join(' ')} failed, so nothing was deployed: ${error}`)
    }
    return value
  }

  // The output of a command that has to succeed.
  async done(...args) {
    const { value, error } = await this.aws(...args)
    if (error) {
      throw new Refused(`aws ${args.slice(0, 2).join(' ')} failed: ${error}`)
    }
    return value
  }

  // Resolves to {value}, or to {code, error}.
  aws(...args) {
    return new Promise((done, failed) => {
      const child = spawn('aws', [...args, '--region', this.region, '--output', 'json'], {
        env: { ...process.env, AWS_PAGER: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let out = ''
      let said = ''
      child.stdout.on('data', data => (out += data))
      child.stderr.on('data', data => (said += data))
      child.on('error', error => failed(new Refused(`The AWS CLI cannot be started (aws): ${error.message}`)))
      child.on('close', code => {
        const error = said.trim().replace(/\s+/g, ' ') || `exit code ${code}`
        done(code === 0 ? { value: out.trim() ? JSON.parse(out) : {} } : { code: error.match(/\((\w+)\)/)?.[1], error })
      })
    })
  }

  commands(...lines) {
    return lines.map(line => `\n  ${line.replaceAll('$AT', `--region ${this.region}`)}`).join('')
  }

  make(target) {
    return `make ${target} STAGE=${this.stage} REGION=${this.region}`
  }
}
