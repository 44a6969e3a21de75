// The alarm that rolls a deployment back.

/**
 * The ARN of the alarm "errors", if this deployment may depend on it: CloudFormation rolls back each deployment whose
 * trigger is missing, as before the first one, or raised already, as before one that mends it.
 */
export async function rollbackAlarm(at, minutes) {
  if (minutes === '0') {
    return undefined
  }
  const { value } = await at.aws('cloudwatch', 'describe-alarms', '--alarm-names', `${at.stack}-errors`, '--alarm-types', 'MetricAlarm')
  if (!value) {
    console.log(`The alarm ${at.stack}-errors cannot be read, so it does not roll this deployment back.`)
  }
  const [alarm] = value?.MetricAlarms ?? []
  if (alarm?.StateValue === 'ALARM') {
    console.log(`The alarm ${alarm.AlarmName} is raised, so it does not roll this deployment back.`)
    return undefined
  }
  return alarm?.AlarmArn
}
