import type { Pool } from 'pg'
import { createPool } from '#platform/db/connect.ts'
import type { Sent } from './recording.ts'

/**
 * The statements of an approval as a pgbench script. They were recorded once in every cell that the
 * drafts stand in; a value that differs from cell to cell is picked from an array by :c, the last
 * twelve digits of every UUID are the draft's number :n, and the journal entry is the one that its
 * own insert answered. Prepared, so that neither the arrays nor the texts are parsed again.
 */
export async function writeScript(
  databaseUrl: string,
  byCell: readonly (readonly Sent[])[],
  clients: number,
): Promise<string> {
  const pool = createPool({ connection: databaseUrl, max: 1, applicationName: 'vigie bench' })
  try {
    return await scriptOf(pool, byCell, clients)
  } finally {
    await pool.end()
  }
}

async function scriptOf(
  pool: Pool,
  byCell: readonly (readonly Sent[])[],
  clients: number,
): Promise<string> {
  const [first = []] = byCell
  for (const sent of byCell) {
    if (sent.length !== first.length || sent.some(({ text }, at) => text !== first[at]?.text)) {
      throw new Error('approvals in different cells sent different statements')
    }
  }
  const lines = [
    `\\set n :first + :client_id + ${clients} * :i`,
    '\\set i :i + 1',
    `\\set c 1 + :n % ${byCell.length}`,
  ]
  for (const [at, { text, entry }] of first.entries()) {
    const types = await parameterTypes(pool, text)
    const values = types.map((type, place) => {
      const texts = byCell.map((sent) => textOf(sent[at]?.values[place], entryAmong(sent)))
      return `(${expression(texts)})::${type}`
    })
    const statement = text.replace(/\$(\d+)/g, (_, place) => values[Number(place) - 1] ?? 'null')
    lines.push(`${statement}${entry === null ? ';' : ' \\gset entry_'}`)
  }
  return `${lines.join('\n')}\n`
}

const entryAmong = (sent: readonly Sent[]): string | null =>
  sent.find(({ entry }) => entry !== null)?.entry ?? null

/** What PostgreSQL itself takes each parameter for. */
async function parameterTypes(pool: Pool, text: string): Promise<readonly string[]> {
  if (!text.includes('$1')) {
    return []
  }
  const client = await pool.connect()
  try {
    await client.query(`prepare recorded as ${text}`)
    const { rows } = await client.query<{ types: string[] }>(
      `select parameter_types::text[] as types from pg_prepared_statements where name = 'recorded'`,
    )
    return rows[0]?.types ?? []
  } finally {
    client.release(true)
  }
}

const numberMark = '⟨n⟩'
const entryMark = '⟨entry⟩'
const uuid = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-)[0-9a-f]{12}/g

/** As the driver writes it to the wire, with marks where each approval has its own. */
function textOf(value: unknown, entry: string | null): string | null {
  if (value === null || value === undefined) {
    return null
  }
  if (Array.isArray(value)) {
    return `{${value.map((item) => elementOf(textOf(item, entry))).join(',')}}`
  }
  if (value === entry) {
    return entryMark
  }
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.replace(uuid, `$1${numberMark}`)
}

const elementOf = (text: string | null): string =>
  text === null ? 'NULL' : `"${text.replace(/[\\"]/g, '\\$&')}"`

function expression(texts: readonly (string | null)[]): string {
  const [first = null] = texts
  const isOne = texts.every((text) => text === first)
  const picked = isOne ? literal(first) : `(array[${texts.map(literal).join(', ')}])[:c]`
  const marked = (mark: string): boolean => texts.some((text) => text?.includes(mark) === true)
  const numbered = marked(numberMark) ? `replace(${picked}, '${numberMark}', :n::text)` : picked
  return marked(entryMark) ? `replace(${numbered}, '${entryMark}', :entry_id::text)` : numbered
}

/** pgbench takes :word for a variable even inside quotes, so colons are written as escapes. */
const literal = (text: string | null): string =>
  text === null
    ? 'null::text'
    : `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3a').replaceAll('\n', '\\n')}'`
