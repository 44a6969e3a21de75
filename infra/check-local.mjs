// Checks PARAMS="name=value …" for make run, by the check of make deploy, and refuses what has no effect on this machine:
// node infra/check-local.mjs. It also reads DARKROOM_WAVESPEED_API_KEY, with which make run calls the real provider.
import { checkParameters, checkTogether, given } from './parameters.mjs'
import { Refused } from './refused.mjs'

const ARTIFACT = 'make run starts target/function.zip as it was built (make package, make native).'
const ENDPOINT = 'there is no API Gateway on this machine.'
const ACCOUNT = 'there is no account on this machine.'
const ALARMS = 'there are no alarms on this machine.'
// Why a parameter has no effect on this machine.
const WITHOUT_EFFECT = {
  packaging: ARTIFACT,
  arch: ARTIFACT,
  image: ARTIFACT,
  providerKeySecret: 'set DARKROOM_WAVESPEED_API_KEY to call the real provider.',
  providerKeyArn: 'set DARKROOM_WAVESPEED_API_KEY to call the real provider.',
  providerKeyField: 'set DARKROOM_WAVESPEED_API_KEY to call the real provider.',
  imagesKey: 'the bucket on this machine is not encrypted.',
  receiptKmsKey: 'there is no KMS on this machine; receiptKey works.',
  logRetention: 'each start replaces the log file.',
  keepLogs: 'each start replaces the log file.',
  domainName: ENDPOINT,
  domainCertificate: ENDPOINT,
  domainBasePath: ENDPOINT,
  disableExecuteApi: ENDPOINT,
  jwtIssuer: ENDPOINT,
  jwtAudience: ENDPOINT,
  jwtOwnerClaim: ENDPOINT,
  tags: ACCOUNT,
  permissionsBoundary: ACCOUNT,
  rollbackMinutes: ALARMS,
  tracing: 'there is no X-Ray on this machine.',
  alarmEmail: ALARMS,
  queuedAlarmAge: ALARMS,
  queuedAlarmLength: ALARMS,
  imagesAlarmPerDay: ALARMS,
  dollarsAlarmPerDay: ALARMS,
}

function checkEffect(parameters) {
  for (const name of Object.keys(parameters)) {
    if (WITHOUT_EFFECT[name]) {
      throw new Refused(`${name} has no effect here: ${WITHOUT_EFFECT[name]}`)
    }
  }
}

function checkHere({ providerUrl, scheduleRate = '', webhookSecret = '', receiptKey = '' }, key) {
  if (providerUrl && !key) {
    throw new Refused('providerUrl needs DARKROOM_WAVESPEED_API_KEY: without a key, the simulated provider is called.')
  }
  if (scheduleRate.startsWith('cron')) {
    throw new Refused(`scheduleRate must be rate(…) here, such as rate(2 minutes), not ${scheduleRate}.`)
  }
  if (receiptKey.includes('{{resolve:')) {
    throw new Refused('receiptKey must be the secret itself here: there is no Secrets Manager.')
  }
  if (webhookSecret.includes('{{resolve:')) {
    throw new Refused('webhookSecret must be the secret itself here, such as whsec_local: there is no Secrets Manager.')
  }
}

try {
  const parameters = given(process.env.PARAMS ?? '')
  checkParameters(parameters)
  checkEffect(parameters)
  checkTogether(parameters)
  checkHere(parameters, process.env.DARKROOM_WAVESPEED_API_KEY?.trim())
} catch (e) {
  console.error(e instanceof Refused ? e.message : e.stack)
  process.exit(1)
}
