import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
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

/** @throws Problem `config/invalid` naming every variable that cannot be used. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  if (existsSync('.env') && environment === process.env) {
    process.loadEnvFile('.env')
  }
  const result = schema.safeParse(environment)
  if (!result.success) {
    const names = [...new Set(result.error.issues.map(({ path }) => path.join('.')))].sort()
    throw new Problem('invalid', 'config/invalid', unusable(names.join(', ')))
  }
  const { DATABASE_URL, VIGIE_DATA, HOST, PORT, LOG_LEVEL, SESSION_SECRET } = result.data
  if (!isLoopback(HOST) && SESSION_SECRET === undefined) {
    throw new Problem('invalid', 'config/secret-missing', {
      fr: `HOST=${HOST} s’ouvre au réseau : SESSION_SECRET (au moins 32 caractères) est requis.`,
      en: `HOST=${HOST} is open to the network: SESSION_SECRET (at least 32 characters) is needed.`,
    })
  }
  return Object.freeze({
    databaseUrl: DATABASE_URL ?? null,
    dataFolder: resolve(VIGIE_DATA),
    host: HOST,
    port: PORT,
    logLevel: LOG_LEVEL,
  })
}

/** The demo's own database, never the user's: `DATABASE_URL` is ignored. */
export function demoConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const config = readConfig({ ...environment, DATABASE_URL: undefined })
  const dataFolder = environment.VIGIE_DATA ?? join('.data', 'demo')
  return Object.freeze({ ...config, dataFolder: resolve(dataFolder) })
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

const unusable = (names: string): Bilingual => ({
  fr: `Configuration inutilisable : vérifiez ${names}.`,
  en: `The configuration cannot be used: check ${names}.`,
})

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
