// Checks packaged templates against the AwsSolutions rules of cdk-nag: node nag.mjs <template> …
// Each finding must be accepted in accepted.json, with a reason, and each reason must still be needed. rule and
// resources are regular expressions there.
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { App, Stack } from 'aws-cdk-lib'
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include'
import { AwsSolutionsChecks } from 'cdk-nag'

const here = dirname(fileURLToPath(import.meta.url))
const [, , ...templates] = process.argv

// The template as CloudFormation deploys it: its conditions compare constants, and the rules cannot read an Fn::If.
function deployed(template) {
  const holds = condition => {
    const [operator, values] = Object.entries(condition)[0]
    return {
      'Fn::Equals': () => String(values[0]) === String(values[1]),
      'Fn::Not': () => !holds(values[0]),
      'Fn::And': () => values.every(holds),
      'Fn::Or': () => values.some(holds),
      Condition: () => holds(template.Conditions[values]),
    }[operator]()
  }
  const isAbsent = value => value?.Ref === 'AWS::NoValue'
  const chosen = value => {
    if (Array.isArray(value)) {
      return value.map(chosen).filter(each => !isAbsent(each))
    }
    if (value === null || typeof value !== 'object') {
      return value
    }
    if (value['Fn::If']) {
      const [name, yes, no] = value['Fn::If']
      return chosen(holds(template.Conditions[name]) ? yes : no)
    }
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, each]) => [name, chosen(each)])
        .filter(([, each]) => !isAbsent(each)),
    )
  }
  const resources = Object.entries(template.Resources).filter(([, { Condition }]) => !Condition || holds(template.Conditions[Condition]))
  const ids = resources.map(([id]) => id)
  return {
    Resources: Object.fromEntries(
      resources.map(([id, { Condition, DependsOn, ...resource }]) => [id, { ...chosen(resource), DependsOn: [DependsOn ?? []].flat().filter(each => ids.includes(each)) }]),
    ),
  }
}

async function findings(file) {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-nag-'))
  try {
    const templateFile = join(folder, 'template.json')
    await writeFile(templateFile, JSON.stringify(deployed(JSON.parse(readFileSync(file, 'utf8')))))
    const stack = new Stack(new App({ outdir: folder }), 'darkroom')
    new CfnInclude(stack, 'template', { templateFile, preserveLogicalIds: true })
    const pack = new AwsSolutionsChecks(stack)
    return pack.validateScope(stack).violations.flatMap(violation =>
      violation.violatingResources.map(({ constructPath }) => ({
        rule: violation.ruleName,
        resource: constructPath.split('/').pop(),
        details: violation.description,
      })),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

const accepted = JSON.parse(readFileSync(join(here, 'accepted.json'), 'utf8'))
const matches = (pattern, text) => new RegExp(`^(${pattern})$`).test(text)
const used = new Set()
const problems = new Set()
for (const template of templates) {
  for (const { rule, resource, details } of await findings(template)) {
    const index = accepted.findIndex(each => matches(each.rule, rule) && matches(each.resources, resource))
    if (index < 0) {
      problems.add(`${resource}: ${rule}: ${details}`)
    } else {
      used.add(index)
    }
  }
}
accepted.forEach(({ rule, resources, reason }, index) => {
  if (!reason) {
    problems.add(`${rule} of ${resources} is accepted without a reason`)
  } else if (!used.has(index)) {
    problems.add(`${rule} of ${resources} is accepted, and no template has such a finding`)
  }
})
if (problems.size > 0) {
  problems.forEach(problem => console.error(problem))
  process.exit(1)
}
console.log(`${templates.length} templates have only findings of cdk-nag that accepted.json accepts`)
