import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { add, money } from '#core/money.ts'
import { reconciliationWorkbook } from '#features/exports/reconciliation-workbook.views.ts'
import type { ReconciliationSources } from '#features/exports/workbook-sources.ts'
import type { SheetCell, Workbook } from '#platform/tables/workbook.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { cellAt, sheetNamed, totalAt } from './described-cells.ts'
import { readWorkbook, recalculate } from './recalculate.ts'
import { eventfulRecord, reconciliationSources } from './workbooks.ts'

const record = await eventfulRecord()
const sources = reconciliationSources(record)
const hash = async (workbook: Workbook): Promise<string> =>
  createHash('sha256')
    .update(await writeWorkbook(workbook))
    .digest('hex')

describe('the same record', () => {
  test('gives the same bytes twice, and others in the other language', async () => {
    const once = await hash(reconciliationWorkbook(sources, 'fr'))
    expect(await hash(reconciliationWorkbook(reconciliationSources(record), 'fr'))).toBe(once)
    expect(await hash(reconciliationWorkbook(sources, 'en'))).not.toBe(once)
  })

  test('gives the same bytes in whatever order the database hands its balances over', async () => {
    const { facts } = sources
    const shuffled: ReconciliationSources = {
      ...sources,
      facts: {
        ...facts,
        balances: facts.balances.toReversed(),
        flags: facts.flags.toReversed(),
      },
    }
    expect(await hash(reconciliationWorkbook(shuffled, 'fr'))).toBe(
      await hash(reconciliationWorkbook(sources, 'fr')),
    )
  })
})

describe('a workbook is not written', () => {
  const written = (change: Partial<ReconciliationSources>) => () =>
    reconciliationWorkbook({ ...sources, ...change }, 'fr')

  test('when a document is missing from its details', () => {
    expect(written({ details: sources.details.slice(1) })).toThrow(/spent is .* add up to/)
  })

  test('when a document is one cent off', () => {
    const [first, ...others] = sources.details
    const wrong =
      first === undefined ? [] : [{ ...first, amount: add(first.amount, money('0.01')) }]
    expect(written({ details: [...wrong, ...others] })).toThrow(RangeError)
  })

  test('when its findings are those of other facts', () => {
    const balances = sources.facts.balances.slice(1)
    expect(written({ facts: { ...sources.facts, balances } })).toThrow(/initial is/)
  })
})

/** As somebody would who changes a cell and lets Excel compute again. */
function tampered(workbook: Workbook, name: string, isChanged: (cell: SheetCell) => boolean) {
  const change = (cell: SheetCell): SheetCell =>
    'amount' in cell && isChanged(cell) ? { amount: add(cell.amount, money('0.01')) } : cell
  return {
    ...workbook,
    sheets: workbook.sheets.map((sheet) =>
      sheet.name === name ? { ...sheet, rows: sheet.rows.map((row) => row.map(change)) } : sheet,
    ),
  }
}

describe('a cell changed by one cent', () => {
  const workbook = reconciliationWorkbook(sources, 'fr')
  const statusRow = sheetNamed(workbook, 'Couverture').rows.findIndex(
    ([label]) => label !== undefined && 'text' in label && label.text === 'État des contrôles',
  )
  const amountIs = (text: string) => (cell: SheetCell) =>
    'amount' in cell && cell.amount.toString() === text

  test.each([
    ['Dépenses', '7777.77'],
    ['Budget prévu', '79224900.00'],
    ['Provenance', '79224900.00'],
    ['Couverture', '147196924.99'],
  ])('on %s turns the status of the cover', async (name, amount) => {
    const bytes = await writeWorkbook(tampered(workbook, name, amountIs(amount)))
    const { result, differences } = await recalculate(bytes)
    expect(differences.length).toBeGreaterThan(0)
    // Title, blank, headers: the first item is in row 4.
    expect(result('Couverture', `B${statusRow + 4}`)).toBe('écart')
  })
})

describe('the details of spending', () => {
  test('add up to the same totals for a reader who may not open the documents', async () => {
    const cells = reconciliationSources(record, {}, 'cells')
    const workbook = reconciliationWorkbook(cells, 'fr')
    expect(await recalculate(await writeWorkbook(workbook))).toMatchObject({ differences: [] })
    const total = (of: Workbook) => {
      const cell = totalAt(of, 'Dépenses', 'amount')
      return 'formula' in cell ? cell.result : cell
    }
    expect(total(workbook)).toEqual(total(reconciliationWorkbook(sources, 'fr')))
    expect(cellAt(workbook, 'Dépenses', 0, 'supplier')).toEqual({ missing: 'not-applicable' })
    expect(cellAt(workbook, 'Sommaire', 0, 'href')).toEqual({ missing: 'not-applicable' })
  })

  test('are text where they look like a formula', async () => {
    const read = readWorkbook(await writeWorkbook(reconciliationWorkbook(sources, 'fr')))
    const texts = [...read.cells('Dépenses').values()].filter(({ value }) => value === '=1+1')
    expect(texts).toMatchObject([{ type: 's', formula: null }])
  })

  test('are linked to their page where Vigie is reached, and never to a file of the reader', () => {
    const linked = reconciliationWorkbook({ ...sources, site: 'https://vigie.example.org' }, 'fr')
    expect(cellAt(linked, 'Dépenses', 0, 'href')).toMatchObject({
      link: {
        target: expect.stringMatching(
          /^https:\/\/vigie\.example\.org\/fr\/expenditures\/[0-9a-f-]{36}$/,
        ),
      },
    })
    expect(cellAt(reconciliationWorkbook(sources, 'fr'), 'Dépenses', 0, 'href')).toEqual({
      text: expect.stringMatching(/^\/fr\/expenditures\//),
    })
  })
})
