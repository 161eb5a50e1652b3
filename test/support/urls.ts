/** The day every test lives in, unless it says otherwise: a Monday of 2026-2027. */
export const testToday = '2026-11-16'

/** The same server, another database. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.toString()
}
