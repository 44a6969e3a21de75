// Settings of the stack itself, which are no part of the template: its tags, which CloudFormation passes on to every
// resource that can have tags, and the alarm that rolls a deployment back.
const pairs = text => text.split(',').filter(Boolean).map(pair => pair.split(/=(.*)/s, 2))

module.exports = async ({ resolveVariable }) => {
  const minutes = Number(await resolveVariable('param:rollbackMinutes'))
  // The ARN of the alarm "errors". deploy.mjs sets it when the alarm exists and is not raised, because CloudFormation
  // rolls back every deployment whose trigger is missing.
  const alarm = await resolveVariable("param:rollbackAlarm, ''")
  return {
    tags: Object.fromEntries(pairs(String(await resolveVariable('param:tags')))),
    rollback:
      alarm && minutes
        ? { MonitoringTimeInMinutes: minutes, RollbackTriggers: [{ Arn: alarm, Type: 'AWS::CloudWatch::Alarm' }] }
        : { MonitoringTimeInMinutes: 0, RollbackTriggers: [] }, // an empty list removes the trigger of the deployment before
  }
}
