/** Held by the server, which also stops the statement; 0: no limit. */
export interface Timeouts {
  readonly statementMillis: number
  readonly lockMillis: number
  readonly idleInTransactionMillis: number
}

export const serviceTimeouts: Timeouts = {
  statementMillis: 30_000,
  lockMillis: 10_000,
  idleInTransactionMillis: 60_000,
}

/** For what is answered at once or not at all. */
export const briefTimeouts: Timeouts = {
  statementMillis: 2_000,
  lockMillis: 2_000,
  idleInTransactionMillis: 2_000,
}

/** For migrations and whatever else may rightly take an hour. */
export const noTimeouts: Timeouts = {
  statementMillis: 0,
  lockMillis: 0,
  idleInTransactionMillis: 0,
}

/**
 * Settings of a session, sent with its first message: no query has to run before the first one.
 */
export function startupOptions(role: string | undefined, timeouts: Timeouts): string {
  const settings = {
    ...(role === undefined ? {} : { role }),
    timezone: 'UTC',
    datestyle: 'ISO',
    statement_timeout: timeouts.statementMillis,
    lock_timeout: timeouts.lockMillis,
    idle_in_transaction_session_timeout: timeouts.idleInTransactionMillis,
    default_transaction_isolation: 'read committed',
  }
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${String(value).replace(/[\\\s]/g, '\\$&')}`)
    .join(' ')
}

/** What the URL asks for itself comes first, so that it cannot undo the role or the timeouts. */
export function withOptions(url: string, options: string): string {
  const at = url.indexOf('?')
  const address = at === -1 ? url : url.slice(0, at)
  const parameters = new URLSearchParams(at === -1 ? '' : url.slice(at + 1))
  parameters.set('options', `${parameters.get('options') ?? ''} ${options}`.trim())
  return `${address}?${parameters}`
}
