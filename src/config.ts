import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { Issue } from '#core/issues.ts'
import type { Bilingual, Language } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import type { AnchorFiles } from '#features/audit/anchors.actions.ts'

/** The only reader of the environment: all problems at once, then frozen. */
export interface Config {
  /** A PostgreSQL of the user's; null: Vigie's own in the data folder. */
  readonly databaseUrl: string | null
  readonly dataFolder: string
  readonly host: string
  readonly port: number
  /** Where people reach the pages, `https://…` without a last slash; null where nobody knows. */
  readonly site: string | null
  /** Null: no figures are served. */
  readonly metricsPort: number | null
  readonly logLevel: string
  /** Null: one is made up at each start. */
  readonly sessionSecret: string | null
  /** What vouches for the record from outside the database. */
  readonly anchorFiles: AnchorFiles
}

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number <= 65_535)

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  VIGIE_DATA: z.string().min(1).default('.data'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: z
    .string()
    .regex(/^https?:\/\/[A-Za-z0-9.-]{1,253}(?::\d{1,5})?\/?$/)
    .optional(),
  METRICS_PORT: port.optional(),
  SESSION_SECRET: z.string().min(32).optional(),
  SIGNING_KEY_FILE: z.string().min(1).optional(),
  ANCHOR_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
})

/** What each one takes. The value is never said again: it may hold a password. */
const expected: Readonly<Record<keyof z.infer<typeof schema>, Bilingual>> = {
  DATABASE_URL: {
    fr: 'une adresse postgresql://…; à retirer pour le PostgreSQL de Vigie.',
    en: 'an address postgresql://…; leave it out for Vigie’s own PostgreSQL.',
  },
  VIGIE_DATA: { fr: 'un dossier.', en: 'a folder.' },
  HOST: { fr: 'une adresse ou un nom de machine.', en: 'an address or the name of a machine.' },
  PORT: { fr: 'un nombre de 0 à 65535.', en: 'a number from 0 to 65535.' },
  PUBLIC_URL: {
    fr: 'l’adresse où l’on ouvre les pages, https://vigie.example.org.',
    en: 'the address where people open the pages, https://vigie.example.org.',
  },
  METRICS_PORT: {
    fr: 'un nombre de 0 à 65535; à retirer pour ne pas servir de mesures.',
    en: 'a number from 0 to 65535; leave it out to serve no metrics.',
  },
  SESSION_SECRET: { fr: 'au moins 32 caractères.', en: 'at least 32 characters.' },
  SIGNING_KEY_FILE: { fr: 'le fichier d’une clé Ed25519.', en: 'the file of an Ed25519 key.' },
  ANCHOR_FILE: { fr: 'le fichier des ancres.', en: 'the file of the anchors.' },
  LOG_LEVEL: {
    fr: 'fatal, error, warn, info, debug, trace ou silent.',
    en: 'fatal, error, warn, info, debug, trace or silent.',
  },
}

/** With what `.env` adds; it changes nothing that is set. */
export function readEnvironment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) {
    process.loadEnvFile('.env')
  }
  return process.env
}

/** @throws Problem `config/invalid` with an issue for every variable that cannot be used. */
export const readConfig = (environment: NodeJS.ProcessEnv = readEnvironment()): Config =>
  configOf(environment, [])

/** What the network may not be served without: made up at home, named by whoever opens the door. */
const secrets = ['SESSION_SECRET', 'SIGNING_KEY_FILE', 'ANCHOR_FILE'] as const

/** For the service: open to the network it needs its secrets. @throws Problem `config/invalid` */
export function serveConfig(environment: NodeJS.ProcessEnv): Config {
  const { HOST = '' } = environment
  const isOpen = HOST !== '' && !isLoopback(HOST)
  const missing = isOpen ? secrets.filter((name) => environment[name] === undefined) : []
  return configOf(
    environment,
    missing.map((name) => secretMissing(name, HOST)),
  )
}

/** The demo's own database, never the user's: `DATABASE_URL` is ignored, secrets are made up. */
export function demoConfig(environment: NodeJS.ProcessEnv): Config {
  const { VIGIE_DATA = join('.data', 'demo'), SESSION_SECRET = randomBytes(32).toString('hex') } =
    environment
  return configOf(
    {
      ...environment,
      DATABASE_URL: undefined,
      SIGNING_KEY_FILE: undefined,
      ANCHOR_FILE: undefined,
      VIGIE_DATA,
      SESSION_SECRET,
    },
    [],
  )
}

function configOf(environment: NodeJS.ProcessEnv, found: readonly Issue[]): Config {
  const result = schema.safeParse(environment)
  const issues = [...found, ...(result.error?.issues ?? []).map(({ path }) => unusable(path[0]))]
  if (!result.success || issues.length > 0) {
    throw invalid(issues)
  }
  const { DATABASE_URL, VIGIE_DATA, HOST, PORT, METRICS_PORT, LOG_LEVEL } = result.data
  const { PUBLIC_URL, SESSION_SECRET, SIGNING_KEY_FILE, ANCHOR_FILE } = result.data
  return Object.freeze({
    databaseUrl: DATABASE_URL ?? null,
    dataFolder: resolve(VIGIE_DATA),
    host: HOST,
    port: PORT,
    site: PUBLIC_URL?.replace(/\/$/, '') ?? siteAt(HOST, PORT),
    metricsPort: METRICS_PORT ?? null,
    logLevel: LOG_LEVEL,
    sessionSecret: SESSION_SECRET ?? null,
    anchorFiles: {
      signingKey: placeOf(SIGNING_KEY_FILE, join(VIGIE_DATA, 'signing-key.pem')),
      anchors: placeOf(ANCHOR_FILE, join(VIGIE_DATA, anchorFileName(DATABASE_URL))),
    },
  })
}

/** At home the pages are where the service is; from elsewhere only their operator knows. */
function siteAt(host: string, port: number): string | null {
  const name = host === '::1' ? 'localhost' : host
  return isLoopback(host) && port !== 0 ? `http://${name}:${port}` : null
}

const placeOf = (named: string | undefined, otherwise: string) => ({
  path: resolve(named ?? otherwise),
  isNamed: named !== undefined,
})

/** Anchors speak of one database: two of them used from one folder have a file each. */
function anchorFileName(databaseUrl: string | undefined): string {
  if (databaseUrl === undefined) {
    return 'anchors.jsonl'
  }
  const { hostname, port, pathname, searchParams } = new URL(databaseUrl)
  const place = [hostname, port || '5432', searchParams.get('host') ?? '', pathname].join(' ')
  return `anchors-${createHash('sha256').update(place).digest('hex').slice(0, 8)}.jsonl`
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

function unusable(variable: PropertyKey | undefined): Issue {
  const name = variable as keyof typeof expected
  return { pointer: `/${name}`, code: 'config/invalid', detail: expected[name] }
}

const secretMissing = (name: (typeof secrets)[number], host: string): Issue => ({
  pointer: `/${name}`,
  code: 'config/secret-missing',
  detail: {
    fr: `${expected[name].fr.slice(0, -1)}, requis puisque ${host} s’ouvre au réseau.`,
    en: `${expected[name].en.slice(0, -1)}, needed since ${host} is open to the network.`,
  },
})

function invalid(issues: readonly Issue[]): Problem {
  const names = [...new Set(issues.map(({ pointer }) => pointer.slice(1)))].join(', ')
  const sentence = {
    fr: `Configuration inutilisable : vérifiez ${names}.`,
    en: `The configuration cannot be used: check ${names}.`,
  }
  return new Problem('invalid', 'config/invalid', sentence, { issues })
}

/** `--lang` wins, then the locale; French unless the locale is English. */
export function readLanguage(argv: readonly string[], environment: NodeJS.ProcessEnv): Language {
  const place = argv.findIndex(
    (argument) => argument === '--lang' || argument.startsWith('--lang='),
  )
  const asked = argv[place]?.split('=')[1] ?? argv[place + 1]
  if (place >= 0 && (asked === 'fr' || asked === 'en')) {
    return asked
  }
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''
  return locale.toLowerCase().startsWith('en') ? 'en' : 'fr'
}
