import type { Answered, Person } from './app.ts'

/** An extract as people bring it: rows as text, and what is stated of them. */
export interface Brought {
  readonly rows: readonly string[]
  readonly header?: string
  readonly name?: string
  readonly fields?: Readonly<Record<string, string>>
}

export const extractHeader = 'date;compte;piece;libelle;montant'

/** `date document amount [description]`, on one account. */
export const ledgerRow = (date: string, document: string, amount: string, said = 'PIPQ'): string =>
  `${date};5100;${document};${said};${amount}`

const boundary = 'vigie-test-boundary'

export function formOf(
  fields: Readonly<Record<string, string>>,
  file: { readonly name: string; readonly content: string | Uint8Array } | null,
): { readonly payload: Buffer; readonly headers: Record<string, string> } {
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head =
    file === null
      ? ''
      : `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: text/csv\r\n\r\n`
  const payload = Buffer.concat([
    Buffer.from(parts.join('') + head),
    typeof file?.content === 'string' ? Buffer.from(file.content) : (file?.content ?? Buffer.of()),
    Buffer.from(`${file === null ? '' : '\r\n'}--${boundary}--\r\n`),
  ])
  return { payload, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}

const centsOf = (row: string): bigint =>
  BigInt((row.split(';').at(-1) ?? '0').replaceAll(/[^\d-]/g, ''))

/** Stated as it is, unless a test states otherwise: amounts are written with two decimals. */
export function bring(person: Person, brought: Brought): Promise<Answered> {
  const { rows, header = extractHeader, name = 'extrait.csv', fields = {} } = brought
  const cents = rows.map(centsOf).reduce((total, each) => total + each, 0n)
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0')
  const stated = {
    organization: 'MSP',
    fiscalYear: '2025-2026',
    period: '3',
    rows: String(rows.length),
    total: `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`,
    ...fields,
  }
  const { payload, headers } = formOf(stated, { name, content: [header, ...rows, ''].join('\n') })
  return person.send('POST', '/extracts', { body: payload, headers })
}

/** A whole file as it is, with what is stated of it. */
export function bringFile(
  person: Person,
  file: { readonly name: string; readonly content: string | Uint8Array },
  fields: Readonly<Record<string, string>>,
): Promise<Answered> {
  const stated = { organization: 'MSP', fiscalYear: '2025-2026', period: '3', ...fields }
  const { payload, headers } = formOf(stated, file)
  return person.send('POST', '/extracts', { body: payload, headers })
}
