import { Client } from 'pg'

type Query = (...parts: unknown[]) => unknown

/**
 * The texts of what is sent to the database meanwhile, by clients made after the call: the path
 * that an answer took, without a clock.
 */
export function listenToStatements(): { take(): readonly string[]; stop(): void } {
  let texts: string[] = []
  const prototype = Client.prototype as unknown as { query: Query }
  const send = prototype.query
  prototype.query = function (this: Client, ...parts: unknown[]) {
    const [first] = parts
    texts.push(typeof first === 'string' ? first : String(Object(first).text))
    return send.apply(this, parts)
  }
  return {
    take() {
      const taken = texts
      texts = []
      return taken
    },
    stop() {
      prototype.query = send
    },
  }
}
