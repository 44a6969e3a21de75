// The routes for callers with a token: each route that needs an API key once more, under /jwt and with the authorizer of
// jwt.yml. They are made of the routes of the functions, so that a new route has its twin. Routes for every method only
// refuse, so they have none.
const { readFileSync } = require('node:fs')
const { join } = require('node:path')

const FUNCTIONS = ['submit-generation', 'get-generation', 'manage-generations'] // those that check API keys
const OPEN = ['/openapi.json']
const ROUTE = /^ *- httpApi: \{method: ([A-Z]+), path: (?:"([^"]+)"|(\S+))\}$/gm

const words = text => text.split(/[^A-Za-z0-9]+/).filter(Boolean).map(word => word[0].toUpperCase() + word.slice(1).toLowerCase()).join('')

const routes = name =>
  [...readFileSync(join(__dirname, 'functions', `${name}.yml`), 'utf8').matchAll(ROUTE)]
    .map(([, method, quoted, plain]) => [method, quoted ?? plain])
    .filter(([, path]) => !OPEN.includes(path))
    .map(([method, path]) => [
      `JwtRoute${words(method)}${words(path)}`,
      {
        Type: 'AWS::ApiGatewayV2::Route',
        Condition: 'HasJwt',
        Properties: {
          ApiId: { Ref: 'HttpApi' },
          RouteKey: `${method} /jwt${path}`,
          AuthorizationType: 'JWT',
          AuthorizerId: { Ref: 'JwtAuthorizer' },
          Target: { 'Fn::Sub': `integrations/\${HttpApiIntegration${name[0].toUpperCase()}${name.slice(1).replaceAll('-', 'Dash')}}` },
        },
      },
    ])

module.exports = Object.fromEntries(FUNCTIONS.flatMap(routes))
