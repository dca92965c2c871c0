import {
  any,
  duration,
  fallthrough,
  line,
  lineLeavingRest,
  one,
  oneOf,
  oneOfAnyCase,
  plugin,
  property,
  since,
  tested,
  text,
} from '../schema.ts'
import type { PluginQuirk, Quirks, WordTest } from '../setup.ts'

const zone = tested('zone', '`RESOURCE_GROUP:ZONE`, such as `dns:example.org`')
const secret = property({ line: lineLeavingRest(one('VALUE', text(), { secret: true })) })
const clouds = ['AzureChinaCloud', 'AzureGermanCloud', 'AzurePublicCloud', 'AzureUSGovernmentCloud', 'AzureStackCloud']

// Source: plugin/azure/setup.go parse; the names of environments: EnvironmentFromName of Azure/go-autorest.
export default plugin('azure', {
  source: 'plugin/azure/setup.go parse',
  about: 'Answers for zones from the records of Azure DNS.',
  line: line(any('RESOURCE_GROUP:ZONE', zone)),
  properties: {
    tenant: secret,
    client: secret,
    secret,
    subscription: secret,
    environment: property({
      line: since({
        '1.6.2': lineLeavingRest(one('ENVIRONMENT', oneOfAnyCase(...clouds))),
        '1.9.2': lineLeavingRest(one('ENVIRONMENT', oneOfAnyCase(...clouds, 'AzureCloud', 'AzureUSGovernment'))),
      }),
      default: 'AzurePublicCloud',
    }),
    fallthrough: fallthrough(),
    access: property({
      since: '1.6.8',
      line: lineLeavingRest(one('ACCESS', oneOf('public', 'private'))),
      default: 'public',
    }),
    refresh: property({
      since: '1.15.0',
      line: lineLeavingRest(one('DURATION', duration({ orSeconds: true, positive: true }))),
      default: '1m',
    }),
  },
  afterAll: 'zones-and-secret',
})

/** plugin/azure/setup.go parse: both sides of the first colon. */
const isZone: WordTest = (word) => {
  const colon = word.indexOf(':')
  return colon > 0 && colon < word.length - 1 ? null : `invalid resource group/zone: "${word}"`
}

/** plugin/azure/setup.go parse: a zone twice, in all directives together; since 1.6.8 the two names are compared run together. */
const zonesOnce: PluginQuirk = (setup, occurrences) => {
  const seen = new Set<string>()
  for (const arg of occurrences.flatMap(({ args }) => args)) {
    if (!arg.known || isZone(arg.value, setup.release) !== null) continue
    const key = setup.since('1.6.8') ? arg.value.replace(':', '') : arg.value
    if (seen.has(key)) setup.report('conflict', { at: arg, message: `conflicting zone: "${arg.value}"` })
    seen.add(key)
  }
  if (!setup.since('1.15.0') && seen.size > 0) setup.assume('Azure can be reached and has the zones of azure')
}

/**
 * GetAuthorizer of Azure/go-autorest, which setup calls: a secret needs a client. Up to 1.6.9 `environment` also overwrote the secret.
 * Variables of the environment do not count, and without a secret it is the machine that must have an identity.
 */
const secretHasClient: PluginQuirk = (setup, occurrences) => {
  const properties = occurrences.flatMap((occurrence) => occurrence.properties)
  const last = (...names: string[]) =>
    properties.findLast(({ name, args }) => names.includes(name.value) && args.length > 0)?.args[0]
  const environment = last('environment')
  if (environment?.value.toLowerCase() === 'azurestackcloud') {
    const file = setup.variable('AZURE_ENVIRONMENT_FILEPATH')
    if (file === '' || (file !== undefined && setup.fileExists(file) === false))
      setup.report('needs', {
        at: environment,
        property: 'environment',
        expected: 'the variable AZURE_ENVIRONMENT_FILEPATH to name the file of an Azure environment',
        message: `open ${file}: no such file or directory`,
      })
    else setup.assume('the variable AZURE_ENVIRONMENT_FILEPATH names the file of an Azure environment')
  }
  const secret = setup.since('1.7.0') ? last('secret') : last('secret', 'environment')
  if (secret === undefined || secret.value === '') {
    if (secret?.known !== false) setup.assume('the machine has a managed identity of Azure')
  } else if ((last('client')?.value ?? '') === '') {
    const message = "parameter 'clientID' cannot be empty"
    setup.report('missing-property', { at: secret, property: 'client', expected: 'client', message })
  }
}

const afterAll: PluginQuirk = (setup, occurrences) => {
  zonesOnce(setup, occurrences)
  secretHasClient(setup, occurrences)
}

export const quirks: Quirks = { words: { zone: isZone }, afterAll: { 'zones-and-secret': afterAll } }
