import { type Logger, pino } from 'pino'

export type Log = Logger

/** Structured log on stderr: stdout is for data. What may carry a secret is never printed. */
export function makeLog(level: string): Log {
  return pino(
    {
      level,
      redact: {
        paths: ['req.headers.authorization', 'req.headers.cookie', '*.token', '*.password'],
        censor: '[…]',
      },
    },
    pino.destination(2),
  )
}
