import { describe, expect, test } from 'vitest'
import type { Language } from '#core/language.ts'
import { comparisonWorkbook } from '#features/exports/comparison-workbook.views.ts'
import { reconciliationWorkbook } from '#features/exports/reconciliation-workbook.views.ts'
import { said } from '#features/exports/workbook-words.ts'
import type { SheetCell, Workbook } from '#platform/tables/workbook.ts'
import { sheetNamed } from './described-cells.ts'
import { comparisonSources, eventfulRecord, reconciliationSources } from './workbooks.ts'

const record = await eventfulRecord()
const asked = { jurisdiction: 'CA', by: 'fiscal-year', spread: 'straight-line' } as const
const makers: readonly (readonly [string, (language: Language) => Workbook])[] = [
  ['Québec', (language) => reconciliationWorkbook(reconciliationSources(record), language)],
  ['Canada', (language) => reconciliationWorkbook(reconciliationSources(record, asked), language)],
  ['comparison', (language) => comparisonWorkbook(comparisonSources(record), language)],
]

/** Words that French and English write alike. */
const alike = [
  'Code',
  'Date',
  'Description',
  'Document',
  'Initial',
  'Page',
  'Position',
  'Verdict',
  'Exceptions',
  'Provenance',
]

const headersOf = ({ sheets }: Workbook): readonly string[] =>
  sheets.flatMap(({ name, columns }) => [name, ...columns.map(({ header }) => header)])

const textsOf = (workbook: Workbook, name: string, column: number): readonly string[] =>
  sheetNamed(workbook, name).rows.flatMap((row) => {
    const cell: SheetCell | undefined = row[column]
    return cell !== undefined && 'text' in cell ? [cell.text] : []
  })

describe('a workbook in French', () => {
  test.each(makers)('has no English word among its headers: %s', (_, make) => {
    const english = new Set(headersOf(make('en')))
    const shared = headersOf(make('fr')).filter((header) => english.has(header))
    // An assumption heads the column of what hangs on it by its code.
    const isCode = (header: string) => /^CA-[\w-]+:|^equal-phasing$/.test(header)
    expect(shared.filter((header) => !alike.includes(header) && !isCode(header))).toEqual([])
  })

  test('keeps a word with the sign that follows it', () => {
    const workbook = reconciliationWorkbook(reconciliationSources(record), 'fr')
    const ours = [
      ...headersOf(workbook),
      ...workbook.sheets.flatMap(({ title, intro = [] }) => [title, ...intro]),
      ...textsOf(workbook, 'Contrôles', 1),
      ...textsOf(workbook, 'Dictionnaire', 4),
      ...textsOf(workbook, 'Exceptions', 7),
    ]
    expect(ours.filter((text) => / [:%$»]|« /.test(text))).toEqual([])
    expect(ours.filter((text) => text.includes("'"))).toEqual([])
    expect(ours.some((text) => text.includes('\u00a0:'))).toBe(true)
  })

  test.each([
    ['Prévu : 100 %', 'Prévu\u00a0: 100\u00a0%'],
    ['« Calculé »', '«\u00a0Calculé\u00a0»'],
    ['12:30', '12:30'],
  ])('writes %j as %j', (typed, printed) => {
    expect(said({ fr: typed, en: typed }, 'fr')).toBe(printed)
    expect(said({ fr: typed, en: typed }, 'en')).toBe(typed)
  })

  test('quotes the sources as they were printed', () => {
    const workbook = reconciliationWorkbook(reconciliationSources(record), 'fr')
    const quotes = sheetNamed(workbook, 'Provenance').rows.flat()
    expect(quotes).toContainEqual({ text: '6 000 000\\$' })
  })
})

describe('the dictionary', () => {
  test.each(makers)(
    'describes each column of each sheet once, in both languages: %s',
    (_, make) => {
      for (const language of ['fr', 'en'] as const) {
        const workbook = make(language)
        const name = language === 'fr' ? 'Dictionnaire' : 'Dictionary'
        const described = sheetNamed(workbook, name).rows.map((row) =>
          row.map((cell) => ('text' in cell ? cell.text : '')),
        )
        for (const sheet of workbook.sheets) {
          const rows = described.filter(([of]) => of === sheet.name)
          const labels = rows.map((row) => row[language === 'fr' ? 2 : 3])
          expect(labels).toEqual(sheet.columns.map(({ header }) => header))
          expect(
            rows.every(([, code, fr, en, inFrench, inEnglish]) =>
              [code, fr, en, inFrench, inEnglish].every(
                (text) => text !== undefined && text !== '',
              ),
            ),
          ).toBe(true)
        }
      }
    },
  )

  test('gives the formula that the cells hold', () => {
    const workbook = reconciliationWorkbook(reconciliationSources(record), 'fr')
    const formulas = textsOf(workbook, 'Dictionnaire', 6)
    expect(formulas).toContain('ROUND(N(K6)-N(M6),2)')
  })
})
