import { createInterface } from 'node:readline'

/** The first line of stdin, without its end; empty when there is none. */
export async function readLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) {
    lines.close()
    return line
  }
  return ''
}
