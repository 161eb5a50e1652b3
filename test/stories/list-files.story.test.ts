import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Language } from '#core/language.ts'
import { type CsvDialect, csvDialects, restoreNeutralised } from '#platform/tables/csv.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { type DangerousRecord, dangerousRecord, numbered } from '#test/support/dangerous-record.ts'
import { dangerousTexts } from '#test/support/dangerous-texts.ts'
import { submitted } from '#test/support/drafts.ts'
import { yearEnd } from '#test/support/year-ends.ts'

/**
 * Every list of the API as a CSV file: the fields of its JSON, in their order, and all of its rows
 * at once; and every word that people may type comes back as they typed it.
 */
let app: TestApp
let people: DangerousRecord

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  people = await dangerousRecord(app)
  await people.officer.send('POST', '/year-end', { body: yearEnd() })
  await submitted(people.officer, { documentNumber: 'F-2', supplier: '=1+1' })
}, 120_000)
afterAll(() => app.close())

type Reader = 'officer' | 'approver' | 'auditor' | 'administrator'

/** Who reads which list, where one does not sort it by the other. */
const lists: readonly (readonly [Reader, () => string])[] = [
  ...(
    [
      ...['programmes', 'measures', 'announcements', 'envelopes', 'relations', 'organizations'],
      ...['periods', 'expenditures', 'commitments', 'revisions', 'year-end', 'imports'],
      ...['extracts', 'extract-mappings', 'matching/runs', 'observations', 'anchors'],
    ] as const
  ).map((name): readonly ['auditor', () => string] => ['auditor', () => `/${name}`]),
  ['administrator', () => '/users'],
  ['administrator', () => '/tokens'],
  ['approver', () => '/approvals'],
  ['officer', () => `/extracts/${people.extractId}/rows`],
]

type Row = Readonly<Record<string, unknown>>

async function items(person: Person, url: string): Promise<readonly Row[]> {
  const all: Row[] = []
  let cursor: string | null = null
  do {
    const page: string = cursor === null ? '' : `&cursor=${cursor}`
    const { body } = await person.get(`${url}?limit=20${page}`)
    all.push(...body.items)
    cursor = body.nextCursor
  } while (cursor !== null)
  return all
}

interface Asked {
  readonly dialect: CsvDialect
  readonly language: Language
}

async function fileOf(person: Person, url: string, { dialect, language }: Asked) {
  const answer = await person.get(`${url}.csv?dialect=${dialect}&lang=${language}`)
  expect([url, answer.status]).toEqual([url, 200])
  expect(answer.headers['content-disposition']).toMatch(/^attachment; filename=\S+\.csv$/)
  const rows: string[][] = parse(answer.text, {
    bom: true,
    delimiter: dialect === 'open' ? ',' : ';',
  })
  const [header = [], ...body] = rows
  return { header, body }
}

const snake = (key: string): string => key.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase()

const isRecord = (value: unknown): value is Row =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The field of the JSON that a column belongs to. */
const ownerOf = (name: string, fields: readonly string[]): string | undefined =>
  fields.find((field) => name === field) ?? fields.find((field) => name.startsWith(`${field}_`))

/** What stands under `recorded_in_period`: the field itself, or one of the record that it is. */
function fieldOf(record: Row, header: string): unknown {
  const named = new Map(Object.entries(record).map(([key, value]) => [snake(key), value]))
  const owner = ownerOf(header, [...named.keys()])
  const value = named.get(owner ?? '')
  if (owner === undefined || owner === header) return value
  return isRecord(value) ? fieldOf(value, header.slice(owner.length + 1)) : null
}

/** The texts that may say a value: a list is its words, or JSON as any record is. */
function saying(value: unknown, language: Language): readonly string[] {
  if (Array.isArray(value)) return [JSON.stringify(value), value.join(' ')]
  if (isRecord(value)) return [String(value[language]), JSON.stringify(value)]
  return [String(value ?? '')]
}

describe('a list as CSV for programs', () => {
  test.each(lists)('of %s has the fields and the rows of its JSON (%#)', async (who, url) => {
    const found = await items(people[who], url())
    const { header, body } = await fileOf(people[who], url(), { dialect: 'open', language: 'fr' })
    const rows = body.filter(([first]) => first !== 'total')
    expect(rows).toHaveLength(found.length)
    const fields = [...new Set(found.flatMap((record) => Object.keys(record).map(snake)))]
    const covered = header.map((name) => ownerOf(name, fields))
    expect(fields.filter((field) => !covered.includes(field))).toEqual([])
    for (const [place, record] of found.entries()) {
      for (const [at, name] of header.entries()) {
        const texts = saying(fieldOf(record, name), 'fr')
        expect(texts, `${url()} ${place} ${name}`).toContain(rows[place]?.[at])
      }
    }
  })

  test('has its columns in the order of the JSON', async () => {
    const { header } = await fileOf(people.auditor, '/commitments', {
      dialect: 'open',
      language: 'fr',
    })
    const [first = {}] = await items(people.auditor, '/commitments')
    const order = Object.keys(first).map(snake)
    const places = header.map((name) => order.indexOf(ownerOf(name, order) ?? ''))
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  })
})

describe('what people typed', () => {
  const typed = [
    ['/expenditures', 'officer', ['documentNumber', 'supplier', 'description', 'justification']],
    ['/commitments', 'officer', ['supplier', 'reference', 'description']],
    ['/revisions', 'officer', ['reason', 'documentReference']],
    ['/observations', 'auditor', ['subject', 'text']],
    ['/extracts/:id/rows', 'officer', ['document', 'description']],
  ] as const

  const wantedIn = (field: string): readonly string[] =>
    field === 'documentNumber' || field === 'document'
      ? dangerousTexts.map(numbered)
      : dangerousTexts
  const placed = (url: string): string => url.replace(':id', people.extractId)

  test.each(
    typed.flatMap(([url, who, fields]) =>
      csvDialects.map((dialect) => ({ dialect, url, who, fields })),
    ),
  )(
    'in $url comes back from CSV in the dialect $dialect',
    async ({ dialect, url, who, fields }) => {
      const asked = { dialect, language: 'en' } as const
      const open = await fileOf(people[who], placed(url), { dialect: 'open', language: 'en' })
      const { body } = await fileOf(people[who], placed(url), asked)
      const restore = dialect === 'open' ? (text: string) => text : restoreNeutralised
      for (const field of fields) {
        const at = open.header.indexOf(snake(field))
        const cells = body.map((row) => row[at] ?? '')
        const texts = cells.map(restore)
        expect(texts).toEqual(expect.arrayContaining([...wantedIn(field)]))
        if (dialect === 'excel-fr') {
          expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([])
        }
      }
    },
  )

  test('is in JSON as it was typed', async () => {
    for (const [url, who, fields] of typed) {
      const found = await items(people[who], placed(url))
      for (const field of fields) {
        const texts = found.map((record) => record[field])
        expect(texts).toEqual(expect.arrayContaining([...wantedIn(field)]))
      }
    }
  })
})

describe('the file of a list', () => {
  test('follows the filters of its page and ends with its sums', async () => {
    const { body, header } = await fileOf(people.auditor, '/commitments', {
      dialect: 'open',
      language: 'fr',
    })
    const page = (await people.auditor.get('/commitments')).body
    const last = body.at(-1) ?? []
    expect([last[0], last[header.indexOf('amount')], last[header.indexOf('consumed')]]).toEqual([
      'total',
      page.total,
      '0.00',
    ])
    const none = await people.auditor.get('/commitments.csv?state=closed&supplier=Personne')
    expect(none.text.trimEnd().split('\n').at(-1)).toMatch(/^total,,.*,0\.00,0\.00,0\.00,0\.00,/)
  })

  test('is refused like its page', async () => {
    const analyst = await app.person('analyst', 'analyst')
    expect((await analyst.get('/expenditures.csv')).body.code).toBe('identity/forbidden')
    const asked = await people.auditor.get('/expenditures.csv?limit=5')
    expect([asked.status, asked.body.code]).toEqual([400, 'http/invalid-query'])
    const foreign = await people.officer.get(`/imports/${people.extractId}/rows.csv`)
    expect([foreign.status, foreign.body.code]).toEqual([404, 'imports/not-found'])
    const rows = await people.officer.get(`/imports/${people.importId}/rows.csv?dialect=excel-fr`)
    expect(rows.text).toContain(";'=1+1;")
    expect(rows.text.trimEnd().split('\r\n')).toHaveLength(dangerousTexts.length + 2)
  })
})
