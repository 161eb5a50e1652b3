import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

/**
 * Structured log on stderr: stdout is for data. What may carry a secret or somebody's words is
 * never printed: no header but by name, no query of an address, no row of the database. An error
 * says its kind, its code and where it was thrown.
 */
export function makeLog(level: string, destination: DestinationStream = pino.destination(2)): Log {
  return pino(
    {
      level,
      redact: {
        paths: ['*.token', '*.password', '*.authorization', '*.cookie', '*["set-cookie"]'],
        censor: '[…]',
      },
      serializers: { req: requestFacts, err: errorFacts },
    },
    destination,
  )
}

interface LoggedRequest {
  readonly method: string
  readonly url: string
  readonly ip?: string
}

/** A search for a text stands in the query: it is left out. */
export function requestFacts({ method, url, ip }: LoggedRequest) {
  return { method, path: url.split('?', 1)[0] ?? '', address: ip }
}

/** What the database says of itself; its `detail`, `where` and `hint` quote rows. */
const namedFacts = ['code', 'constraint', 'table', 'routine', 'syscall'] as const

export function errorFacts(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) {
    return { type: typeof error }
  }
  const facts = error as Error & Readonly<Record<string, unknown>>
  return {
    type: error.constructor.name,
    message: messageOf(facts),
    ...Object.fromEntries(
      namedFacts
        .filter((name) => typeof facts[name] === 'string')
        .map((name) => [name, facts[name]]),
    ),
    stack: framesOf(error),
    ...(error.cause === undefined ? {} : { cause: errorFacts(error.cause) }),
  }
}

/** SQLSTATE class 22 quotes the value it could not read. */
const messageOf = ({ message, code }: Error & Readonly<Record<string, unknown>>): string =>
  typeof code === 'string' && /^22/.test(code) ? message.replaceAll(/"[^"]*"/g, '"[…]"') : message

/** Without the first lines, which say the message once more. */
const framesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
