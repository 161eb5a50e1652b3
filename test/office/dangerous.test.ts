import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { restoreNeutralised } from '#platform/tables/csv.ts'
import { readWorkbook } from '#test/features/exports/recalculate.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { type DangerousRecord, dangerousRecord, numbered } from '#test/support/dangerous-record.ts'
import { dangerousTexts } from '#test/support/dangerous-texts.ts'
import { bring, csvOf, manyRows } from '#test/support/imports.ts'
import { visitor } from '#test/support/pages.ts'
import { convertAll, folderOfTest } from '#test/support/programs.ts'
import { sessionFor } from '#test/support/sessions.ts'

/**
 * LibreOffice opens every file that leaves, of a record in which people typed what could act: text
 * is text there, word for word, and nothing computes but what we wrote as a formula.
 */
let app: TestApp
let people: DangerousRecord
let errorsOf: string

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  people = await dangerousRecord(app)
  const { body } = await people.administrator.get('/organizations?limit=500')
  const { version } = body.items.find(({ code }: { code: string }) => code === 'MSP')
  await people.administrator.send('PATCH', '/organizations/MSP', {
    body: { name: { fr: '=1+1', en: '@SUM(1+1)' } },
    version,
  })
  const run = { organization: 'MSP', fiscalYear: '2025-2026', period: 3 }
  await people.officer.send('POST', '/matching/runs', { body: run })
  const rows = manyRows(dangerousTexts.length, (at) => {
    const typed = dangerousTexts[at] ?? ''
    return { piece: numbered(typed, at), fournisseur: typed, description: typed, montant: 'abc' }
  })
  errorsOf = (await bring(people.officer, { name: '=1+1.csv', content: csvOf(rows) })).body.id
}, 240_000)
afterAll(() => app.close())

const tieOut = 'organization=MSP&fiscalYear=2025-2026&period=3'
/** Which of them hold the words that people typed, and not figures and codes alone. */
const workbooks = (): readonly (readonly [url: string, says: readonly string[]])[] => [
  ['/api/v1/reports/reconciliation.xlsx?lang=fr', dangerousTexts],
  ['/api/v1/reports/reconciliation.xlsx?lang=en&by=envelope', dangerousTexts],
  ['/api/v1/reports/exceptions.xlsx?lang=fr', []],
  [`/api/v1/reports/tie-out.xlsx?lang=fr&${tieOut}`, dangerousTexts],
  ['/api/v1/reports/bridge.xlsx?lang=fr&since=1', []],
  ['/api/v1/reports/year-end.xlsx?lang=fr', []],
  ['/api/v1/reports/comparison.xlsx?lang=fr', []],
  ['/api/v1/imports/template.xlsx?organization=MSP&fiscalYear=2025-2026', []],
  [`/api/v1/imports/${errorsOf}/errors.xlsx`, dangerousTexts],
  ['/fr/expenditures.xlsx', dangerousTexts],
  ['/fr/commitments.xlsx', []],
  ['/fr/revisions.xlsx', []],
  ['/fr/organizations.xlsx', ['=1+1']],
]

const texts: readonly (readonly [url: string, field: string])[] = [
  ['/api/v1/expenditures.csv', 'Description'],
  ['/fr/expenditures.csv', 'Description'],
  ['/api/v1/commitments.csv', 'Description'],
  ['/api/v1/revisions.csv', 'Motif'],
  ['/api/v1/journal/entries.csv', 'Description'],
]

async function fetched(url: string): Promise<Uint8Array> {
  const { email, token } = url.includes('template') ? people.officer : people.auditor
  const { status, bytes } = url.startsWith('/api/')
    ? await visitor(app).get(url, { authorization: `Bearer ${token}` })
    : await visitor(app, await sessionFor(app, email)).get(url)
  expect([url, status]).toEqual([url, 200])
  return bytes
}

/** The files in a folder, converted in one start of LibreOffice. */
async function opened(
  urls: readonly string[],
  extension: string,
  importFilter?: string,
): Promise<readonly { readonly ours: Uint8Array; readonly theirs: Uint8Array }[]> {
  const folder = await folderOfTest()
  const files: Uint8Array[] = []
  for (const url of urls) {
    files.push(await fetched(url))
  }
  const paths = urls.map((_, at) => join(folder, `${at}.${extension}`))
  await Promise.all(paths.map((path, at) => writeFile(path, files[at] ?? Buffer.of())))
  const converted = await convertAll(paths, 'xlsx', importFilter)
  const saved = await Promise.all(converted.map((path) => readFile(path)))
  return files.map((ours, at) => ({ ours, theirs: saved[at] ?? Buffer.of() }))
}

describe('a workbook in LibreOffice', () => {
  test('has our texts as texts, and no formula but ours', async () => {
    const asked = workbooks()
    const files = await opened(
      asked.map(([url]) => url),
      'xlsx',
    )
    for (const [at, { ours, theirs }] of files.entries()) {
      const [url, says] = asked[at] ?? ['', []]
      const [written, read] = [readWorkbook(ours), readWorkbook(theirs)]
      const found: string[] = []
      for (const name of written.names) {
        for (const [address, { type, value, formula }] of written.cells(name)) {
          const there = read.cells(name).get(address)
          const place = `${url} ${name}!${address}`
          // LibreOffice writes a truth value as TRUE().
          if (type !== 'b') {
            expect([place, there?.formula != null]).toEqual([place, formula !== null])
          }
          if (type === 's' && value !== '') {
            expect([place, there?.type, savedAgain(there?.value)]).toEqual([
              place,
              's',
              savedAgain(value),
            ])
            found.push(value ?? '')
          }
        }
      }
      expect(found, url).toEqual(expect.arrayContaining([...says]))
    }
  })
})

/** LibreOffice reads `_x005F_` in a text as we do, and saves it without the escape that it needs. */
const savedAgain = (text: string | null | undefined): string | undefined =>
  text?.replaceAll('_x005F_', '_')

/** Semicolons, quotes, UTF-8, from line 1, as French of Canada, numbers recognized. */
const asExcelDoes = 'CSV:59,34,76,1,,3084,false,true'

describe('a CSV file for Excel in LibreOffice', () => {
  test('has no formula, texts word for word, and amounts that are numbers', async () => {
    const urls = texts.map(
      ([url]) => `${url}?dialect=excel-fr${url.startsWith('/api') ? '&lang=fr' : ''}`,
    )
    for (const [at, { ours, theirs }] of (await opened(urls, 'csv', asExcelDoes)).entries()) {
      const [url = '', field = ''] = texts[at] ?? []
      const [header = [], ...rows]: string[][] = parse(ours, { bom: true, delimiter: ';' })
      const book = readWorkbook(theirs)
      const cells = book.cells(book.names[0] ?? '')
      expect([...cells.values()].filter(({ formula }) => formula !== null)).toEqual([])
      const column = header.indexOf(field)
      const letter = String.fromCharCode(65 + column)
      const amounts = header.indexOf('Montant')
      for (const [place, row] of rows.entries()) {
        const cell = cells.get(`${letter}${place + 2}`)
        const typed = row[column] ?? ''
        if (/^'*[=+\-@＝＋－＠]/.test(restoreNeutralised(typed))) {
          expect([url, cell?.type, cell?.value]).toEqual([url, 's', typed])
        }
        const amount = row[amounts] ?? ''
        if (amount !== '') {
          const number = cells.get(`${String.fromCharCode(65 + amounts)}${place + 2}`)
          expect([url, number?.type, Number(number?.value)]).toEqual([
            url,
            'n',
            Number(amount.replace(',', '.')),
          ])
        }
      }
      const restored = rows.map((row) => restoreNeutralised(row[column] ?? ''))
      expect(restored, url).toEqual(expect.arrayContaining([...dangerousTexts]))
    }
  })
})
