import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Answered, Person, TestApp } from './app.ts'

/** Files that people bring, as a browser's form sends them. */
export const headers =
  'organisme;mesure;enveloppe;date;montant;piece;fournisseur;description;engagement'

export interface FileRow {
  readonly organisme?: string
  readonly mesure?: string
  readonly enveloppe?: string
  readonly date?: string
  readonly montant?: string
  readonly piece?: string
  readonly fournisseur?: string
  readonly description?: string
  readonly engagement?: string
}

const plain: Required<FileRow> = {
  organisme: 'MSP',
  mesure: '12',
  enveloppe: '',
  date: '2025-06-15',
  montant: '1234,50',
  piece: 'F-1',
  fournisseur: 'PIPQ',
  description: 'Projet',
  engagement: '',
}

const quoted = (text: string): string =>
  /[;"\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** A CSV file; what a test is about in a row it says itself. */
export const csvOf = (rows: readonly FileRow[]): string =>
  [
    headers,
    ...rows.map((row) =>
      Object.values({ ...plain, ...row })
        .map(quoted)
        .join(';'),
    ),
  ].join('\n')

/** Rows that differ in their document only. */
export const manyRows = (count: number, change: (at: number) => FileRow = () => ({})) =>
  Array.from({ length: count }, (_, at) => ({ piece: `F-${at + 1}`, ...change(at) }))

export interface Form {
  readonly name?: string
  readonly content: string | Uint8Array
  readonly fields?: Readonly<Record<string, string>>
}

export function formOf({ name = 'depenses.csv', content, fields = {} }: Form): {
  readonly body: Buffer
  readonly type: string
} {
  const boundary = `----${randomUUID()}`
  const said = Object.entries(fields).map(
    ([key, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  )
  return {
    body: Buffer.concat([
      Buffer.from(said.join('')),
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      Buffer.from(content),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
    type: `multipart/form-data; boundary=${boundary}`,
  }
}

export function bring(person: Person, form: Form, key?: string): Promise<Answered> {
  const { body, type } = formOf(form)
  return person.send('POST', '/imports/expenditures', {
    body,
    headers: { 'content-type': type },
    ...(key === undefined ? {} : { key }),
  })
}

export const bringRows = (person: Person, rows: readonly FileRow[], name?: string) =>
  bring(person, { content: csvOf(rows), ...(name === undefined ? {} : { name }) })

/** Brought and confirmed; answers the import. */
export async function imported(person: Person, rows: readonly FileRow[], submit = false) {
  const { body } = await bringRows(person, rows)
  return (await person.step(`/imports/${body.id}/confirm`, body.version, { submit })).body
}

export function expectRefused(answer: Answered, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body?.code }).toEqual({ status, code })
}

/** A file that the API answers, as bytes. */
export async function fetchBytes(app: TestApp, person: Person, url: string): Promise<Buffer> {
  const answer = await app.server.inject({
    method: 'GET',
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${person.token}`, 'accept-language': 'fr' },
  })
  expect(answer.statusCode).toBe(200)
  return answer.rawPayload
}
