import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { Issue } from '#core/issues.ts'
import type { Bilingual, Language } from '#core/language.ts'
import { Problem } from '#core/problem.ts'

/** The only reader of the environment: all problems at once, then frozen. */
export interface Config {
  /** A PostgreSQL of the user's; null: Vigie's own in the data folder. */
  readonly databaseUrl: string | null
  readonly dataFolder: string
  readonly host: string
  readonly port: number
  readonly logLevel: string
}

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  VIGIE_DATA: z.string().min(1).default('.data'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port <= 65_535)
    .default(3000),
  SESSION_SECRET: z.string().min(32).optional(),
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
  SESSION_SECRET: { fr: 'au moins 32 caractères.', en: 'at least 32 characters.' },
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

/** For the service: open to the network it needs its secrets. @throws Problem `config/invalid` */
export function serveConfig(environment: NodeJS.ProcessEnv): Config {
  const { HOST = '', SESSION_SECRET } = environment
  const isMissing = HOST !== '' && !isLoopback(HOST) && SESSION_SECRET === undefined
  return configOf(environment, isMissing ? [secretMissing(HOST)] : [])
}

/** The demo's own database, never the user's: `DATABASE_URL` is ignored, secrets are made up. */
export function demoConfig(environment: NodeJS.ProcessEnv): Config {
  const { VIGIE_DATA = join('.data', 'demo'), SESSION_SECRET = randomBytes(32).toString('hex') } =
    environment
  return serveConfig({ ...environment, DATABASE_URL: undefined, VIGIE_DATA, SESSION_SECRET })
}

function configOf(environment: NodeJS.ProcessEnv, found: readonly Issue[]): Config {
  const result = schema.safeParse(environment)
  const issues = [...found, ...(result.error?.issues ?? []).map(({ path }) => unusable(path[0]))]
  if (!result.success || issues.length > 0) {
    throw invalid(issues)
  }
  const { DATABASE_URL, VIGIE_DATA, HOST, PORT, LOG_LEVEL } = result.data
  return Object.freeze({
    databaseUrl: DATABASE_URL ?? null,
    dataFolder: resolve(VIGIE_DATA),
    host: HOST,
    port: PORT,
    logLevel: LOG_LEVEL,
  })
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

function unusable(variable: PropertyKey | undefined): Issue {
  const name = variable as keyof typeof expected
  return { pointer: `/${name}`, code: 'config/invalid', detail: expected[name] }
}

const secretMissing = (host: string): Issue => ({
  pointer: '/SESSION_SECRET',
  code: 'config/secret-missing',
  detail: {
    fr: `au moins 32 caractères, requis puisque ${host} s’ouvre au réseau.`,
    en: `at least 32 characters, needed since ${host} is open to the network.`,
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
