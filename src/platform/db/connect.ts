import { Pool, type PoolConfig } from 'pg'
import { isPlanOutdated } from './prepared.ts'
import { serviceTimeouts, startupOptions, type Timeouts, withOptions } from './startup-options.ts'
import { StrictClient, type StrictClientConfig } from './strict-client.ts'
import { valueTypes } from './value-types.ts'

/** A server reached through a socket in a folder, without port or password. */
export interface SocketConnection {
  /** The socket's folder. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

export interface PoolOptions {
  /** DATABASE_URL, or the own server's socket. */
  readonly connection: string | SocketConnection
  readonly role?: string
  readonly max: number
  readonly applicationName: string
  readonly timeouts?: Timeouts
  /** How much longer than a statement may take its answer may take to arrive. */
  readonly graceMillis?: number
  /** Told when a connection dies; the pool replaces it. */
  readonly onLost?: (error: Error) => void
}

const connectMillisMax = 5_000

/**
 * A pool that hands over numeric, bigint, days and instants as text, refuses what cannot be
 * stored, and survives the death of the server. Connects to nothing yet.
 */
export function createPool(options: PoolOptions): Pool {
  const {
    connection,
    max,
    applicationName,
    timeouts = serviceTimeouts,
    graceMillis = 5_000,
  } = options
  const { statementMillis } = timeouts
  const config: PoolConfig & StrictClientConfig = {
    ...reach(connection, startupOptions(options.role, timeouts)),
    max,
    application_name: applicationName,
    types: valueTypes,
    keepAlive: true,
    connectionTimeoutMillis: connectMillisMax,
    stallMillis: statementMillis === 0 ? 0 : statementMillis + graceMillis,
    Client: StrictClient,
  }
  const pool = new Pool(config)
  pool.on('error', (error) => options.onLost?.(error))
  return pool
}

function reach(connection: string | SocketConnection, options: string): PoolConfig {
  if (typeof connection === 'string') return { connectionString: withOptions(connection, options) }
  // Said outright, or `pg` would take PGSSLMODE from the environment.
  return { ...connection, ssl: false, options }
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** Cut off by an administrator or a crash, starting or stopping, no connection left. */
const serverCodes = new Set(['57P01', '57P02', '57P03', '53300'])

/** What `pg` and its pool say without a code. */
const driverSentences = [
  /^Connection terminated/,
  /^timeout exceeded when trying to connect$/,
  /^timeout expired$/,
  /is not queryable$/,
  /^Cannot use a pool after calling end on the pool$/,
]

/** The database is away and may come back: 503, and the same request may be tried again later. */
export const isUnavailable = (error: unknown): boolean =>
  isNobodyListening(error) ||
  isPlanOutdated(error) ||
  someCause(error, ({ code, message }) =>
    code === undefined
      ? driverSentences.some((sentence) => sentence.test(message))
      : networkCodes.has(code) || serverCodes.has(code) || /^08...$/.test(code),
  )

/** No server at the other end, not even one that refuses. */
export const isNobodyListening = (error: unknown): boolean =>
  someCause(
    error,
    ({ code, syscall }) => code === 'ECONNREFUSED' || (code === 'ENOENT' && syscall === 'connect'),
  )

/**
 * Serialization failure, deadlock, or a migration under our feet: the whole transaction may be run
 * again at once.
 */
export const isTransient = (error: unknown): boolean =>
  isPlanOutdated(error) || someCause(error, ({ code }) => code === '40001' || code === '40P01')

interface Symptom {
  readonly message: string
  readonly code: string | undefined
  readonly syscall: string | undefined
}

const causesMax = 5

function someCause(error: unknown, isMeant: (symptom: Symptom) => boolean): boolean {
  let each = error
  for (let depth = 0; depth < causesMax && each instanceof Error; depth += 1) {
    const { message, code, syscall } = each as Error & Partial<Symptom>
    if (isMeant({ message, code, syscall })) return true
    each = each.cause
  }
  return false
}
