import { readFiscalYear } from '#core/fiscal-year.ts'
import type { Issue, Reading } from '#core/issues.ts'
import { read, unread } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'
import { readMoney } from '#core/money-reading.ts'
import type { FundingTerm } from '#features/funding/envelope.ts'
import type { EnvelopeStatement } from '#features/funding/envelope-proposal.ts'
import { termOf } from '#features/funding/envelope-terms.ts'

/**
 * A file of envelopes: a row a funding term; rows of one code are one envelope, which its first row
 * describes. Every cell that cannot be read is a finding of its row, and all rows are read before
 * anything is decided. Example of a row: CA-2018;…;term;19 M$;2018-2019;2022-2023;oui;BUDGET-2018;…
 */
export const envelopeColumns = {
  required: [
    ...['code', 'programme', 'title_fr', 'title_en', 'organization', 'kind', 'amount'],
    ...['first_fiscal_year', 'document', 'quote'],
  ],
  optional: [
    ...['measures', 'last_fiscal_year', 'stated', 'as_stated', 'precision'],
    ...['document_title_fr', 'document_title_en', 'url', 'sha256'],
  ],
} as const

export interface FileRow {
  readonly row: number
  readonly cells: Readonly<Record<string, string>>
}

/** An envelope of the file, with the rows of its terms: a finding about a term is one of its row. */
export interface ReadEnvelope {
  readonly stated: EnvelopeStatement
  readonly rows: readonly number[]
}

export interface ReadFile {
  readonly envelopes: readonly ReadEnvelope[]
  readonly issues: readonly Issue[]
}

export function columnIssues(columns: readonly string[]): readonly Issue[] {
  const known: readonly string[] = [...envelopeColumns.required, ...envelopeColumns.optional]
  const missing = envelopeColumns.required.filter((name) => !columns.includes(name))
  const strange = columns.filter((name) => !known.includes(name))
  return [
    ...missing.map((name) =>
      found(1, name, 'imports/column-missing', {
        fr: `Il manque la colonne ${name}.`,
        en: `The column ${name} is missing.`,
      }),
    ),
    ...strange.map((name) =>
      found(1, name, 'imports/column-unknown', {
        fr: `Colonne inconnue : ${name}.`,
        en: `Unknown column: ${name}.`,
      }),
    ),
  ]
}

const found = (row: number, column: string, code: string, detail: Bilingual): Issue => ({
  pointer: `/${row}/${column}`,
  code,
  detail,
  row,
  column,
})

export function readEnvelopeFile(rows: readonly FileRow[]): ReadFile {
  const issues: Issue[] = []
  const byCode = Map.groupBy(rows, ({ cells }) => (cells.code ?? '').toUpperCase())
  const envelopes = [...byCode].flatMap(([code, own]): ReadEnvelope[] => {
    const terms = own.flatMap((each) => readTermRow(each, issues))
    const [first] = own
    return first === undefined || !isWhole(first, issues)
      ? []
      : [{ stated: statementOf(code, first.cells, terms), rows: own.map(({ row }) => row) }]
  })
  return { envelopes, issues }
}

/** What an envelope's first row must say of it. */
function isWhole({ row, cells }: FileRow, issues: Issue[]): boolean {
  const described = ['code', 'programme', 'title_fr', 'title_en', 'organization']
  const empty = [...described, 'document', 'quote'].filter((name) => (cells[name] ?? '') === '')
  issues.push(
    ...empty.map((name) =>
      found(row, name, 'imports/cell-missing', {
        fr: `La première ligne d’une enveloppe demande ${name}.`,
        en: `The first row of an envelope needs ${name}.`,
      }),
    ),
  )
  return empty.length === 0
}

function statementOf(
  code: string,
  cells: FileRow['cells'],
  terms: readonly FundingTerm[],
): EnvelopeStatement {
  const cell = (name: string): string => cells[name] ?? ''
  const orNull = (name: string): string | null => (cell(name) === '' ? null : cell(name))
  const [fr, en] = [orNull('document_title_fr'), orNull('document_title_en')]
  return {
    code,
    programme: cell('programme').toUpperCase(),
    title: { fr: cell('title_fr'), en: cell('title_en') },
    organization: cell('organization').toUpperCase(),
    measures: cell('measures')
      .split(/[\s,]+/)
      .filter((measure) => measure !== ''),
    terms,
    source: {
      document: cell('document'),
      quote: cell('quote'),
      title: fr === null && en === null ? null : { fr: fr ?? en ?? '', en: en ?? fr ?? '' },
      url: orNull('url'),
      sha256: orNull('sha256')?.toLowerCase() ?? null,
    },
  }
}

function readTermRow({ row, cells }: FileRow, issues: Issue[]): readonly FundingTerm[] {
  const cell = (name: string): string => cells[name] ?? ''
  const taken = <T>(name: string, reading: Reading<T>): T | null => {
    if (reading.ok) {
      return reading.value
    }
    issues.push({ ...reading.issue, pointer: `/${row}/${name}`, row, column: name })
    return null
  }
  const kind = taken('kind', oneOf(cell('kind'), kinds))
  const amount = taken('amount', readMoney(cell('amount')))
  const firstFiscalYear = taken('first_fiscal_year', readFiscalYear(cell('first_fiscal_year')))
  const lastFiscalYear = taken(
    'last_fiscal_year',
    cell('last_fiscal_year') === '' ? read(null) : readFiscalYear(cell('last_fiscal_year')),
  )
  const stated = taken(
    'stated',
    cell('stated') === '' ? read(true) : oneOf(cell('stated'), answers),
  )
  const precision = taken(
    'precision',
    cell('precision') === '' ? read(null) : readMoney(cell('precision')),
  )
  const asStated = cell('as_stated') === '' ? null : cell('as_stated')
  return kind === null || amount === null || firstFiscalYear === null || stated === null
    ? []
    : [
        termOf({
          ...{ kind, amount, asStated, firstFiscalYear, lastFiscalYear, stated },
          precision: precision?.value ?? null,
        }),
      ]
}

const kinds = new Map([
  ['term', 'term'],
  ['recurring', 'recurring'],
] as const)

const answers = new Map([
  ...(['oui', 'yes', 'true'] as const).map((word) => [word, true] as const),
  ...(['non', 'no', 'false'] as const).map((word) => [word, false] as const),
])

function oneOf<T>(typed: string, words: ReadonlyMap<string, T>): Reading<T> {
  const value = words.get(typed.toLowerCase())
  const list = [...words.keys()].join(', ')
  return value === undefined
    ? unread(
        'imports/word-unknown',
        { fr: `Choisissez parmi ${list}.`, en: `Choose among ${list}.` },
        typed,
      )
    : read(value)
}
