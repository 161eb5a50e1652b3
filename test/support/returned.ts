import { unzipParts, zipParts } from '#platform/files/deterministic-zip.ts'
import { readReturnedBook } from '#platform/files/returned-book.ts'
import { returnedLimits } from '#platform/files/returned-limits.ts'
import { ReturnedReading } from '#platform/files/returned-reading.ts'
import type { ReturnedWorkbook } from '#platform/files/returned-workbook.ts'
import { openZip } from '#platform/files/zip-guard.ts'
import type { Person, TestApp } from '#test/support/app.ts'
import { formOf } from './imports.ts'

/** A workbook that came back, read here: a thread takes longer to start than the file to read. */
export async function returnedHere(bytes: Uint8Array): Promise<ReturnedWorkbook> {
  const zip = await openZip(bytes, returnedLimits)
  const reading = new ReturnedReading(zip, await readReturnedBook(zip))
  return {
    ...(await reading.opened()),
    async align(sheet, record) {
      const answer = await reading.answer({ kind: 'align', sheet, record })
      if (answer.kind !== 'aligned') throw new Error(answer.kind)
      return answer.aligned
    },
    async *rows(sheet, wanted) {
      let answer = await reading.answer({ kind: 'rows', sheet, wanted: Uint32Array.from(wanted) })
      while (answer.kind === 'rows' && answer.rows !== null) {
        yield answer.rows
        answer = await reading.answer({ kind: 'more' })
      }
    },
  }
}

/** The parts of a file as somebody who knows the format changes them. */
export type Parts = Map<string, string>

export function editedFile(bytes: Uint8Array, edit: (parts: Parts) => void): Uint8Array {
  const decoder = new TextDecoder()
  const parts: Parts = new Map(
    [...unzipParts(bytes)].map(([name, content]) => [name, decoder.decode(content)]),
  )
  edit(parts)
  return zipParts(parts)
}

/** A part as it is after a change. @throws where nothing was changed */
export function change(parts: Parts, name: string, edit: (xml: string) => string): void {
  const before = parts.get(name) ?? ''
  const after = edit(before)
  if (after === before) throw new Error(`${name}: nothing was changed`)
  parts.set(name, after)
}

/** The part of a sheet, by its name in the workbook. */
export function partOf(parts: Parts, sheet: string): string {
  const names = [...(parts.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/g)]
  const at = names.findIndex(([, name]) => name === sheet)
  if (at < 0) throw new Error(`no sheet ${sheet}`)
  return `xl/worksheets/sheet${at + 1}.xml`
}

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A cell as the file has it. */
export interface FileCell {
  readonly address: string
  readonly xml: string
  readonly type: string
  readonly formula: string | null
  /** As it stands between its tags; a place among the shared texts where the type is `s`. */
  readonly value: string | null
}

/** The cells of a sheet that say something. */
export const cellsOf = (xml: string): readonly FileCell[] =>
  [...xml.matchAll(/<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)]
    .map(([whole, address = '', attributes = '', inside = '']) => ({
      address,
      xml: whole,
      type: /t="(\w+)"/.exec(attributes)?.[1] ?? 'n',
      formula: /<f[^>]*>(.*?)<\/f>/s.exec(inside)?.[1] ?? null,
      value: /<v>(.*?)<\/v>/s.exec(inside)?.[1] ?? null,
    }))
    .filter(({ value, formula }) => value !== null || formula !== null)

/** Puts another cell where one is, in its style: what is typed over a figure is shown as it was. */
export function putCell(parts: Parts, sheet: string, address: string, xml: string): void {
  const cell = new RegExp(`<c r="${address}"([^>]*?)(?:/>|>.*?</c>)`, 's')
  change(parts, partOf(parts, sheet), (before) =>
    before.replace(cell, (_, attributes) => {
      const style = / s="\d+"/.exec(attributes)?.[0] ?? ''
      return xml.replace(/^<c r="[^"]*"/, (start) => start + style)
    }),
  )
}

export const textCellXml = (address: string, text: string): string =>
  `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`

/** What somebody downloads. */
export async function download(app: TestApp, person: Person, url: string): Promise<Buffer> {
  const answer = await app.server.inject({
    method: 'GET',
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${person.token}` },
  })
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`)
  return answer.rawPayload
}

/** Sends a file back for verification. */
export function sendBack(person: Person, content: Uint8Array, name = 'revenu.xlsx') {
  const { body, type } = formOf({ name, content })
  return person.send('POST', '/verify/workbook', { body, headers: { 'content-type': type } })
}

/** The rows of a sheet, put in another order: those after are renumbered, formulas are left alone. */
export function reorderRows(
  parts: Parts,
  sheet: string,
  edit: (rows: readonly string[]) => readonly string[],
): void {
  change(parts, partOf(parts, sheet), (xml) => {
    const rows = [...xml.matchAll(/<row [^>]*?(?:\/>|>.*?<\/row>)/gs)].map(([row]) => row)
    const numbers = rows.map(rowNumber)
    const data = edit(rows).map((row, at) =>
      renumbered(row, numbers[at] ?? (numbers.at(-1) ?? 0) + 1 + at - numbers.length),
    )
    return xml.replace(
      /<sheetData>.*<\/sheetData>/s,
      () => `<sheetData>${data.join('')}</sheetData>`,
    )
  })
}

const rowNumber = (row: string): number => Number(/<row r="(\d+)"/.exec(row)?.[1])

const renumbered = (row: string, number: number): string =>
  row
    .replace(/<row r="\d+"/, `<row r="${number}"`)
    .replaceAll(/<c r="([A-Z]+)\d+"/g, `<c r="$1${number}"`)
