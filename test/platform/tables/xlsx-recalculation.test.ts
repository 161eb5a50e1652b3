import { Workbook as SecondWorkbook } from '@cj-tech-master/excelts'
import { calculateFormulas } from '@cj-tech-master/excelts/formula'
import { describe, expect, test } from 'vitest'
import { money } from '#core/money.ts'
import type { Sheet, Workbook } from '#platform/tables/workbook.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { type ReadCell, readParts } from './read-parts.ts'
import { sampleWorkbook } from './sample-workbook.ts'

/**
 * A second engine, that of another library, opens the file and computes every formula again, as an
 * auditor's Excel does on the first change of a cell. What it finds is set against the cached results
 * as they stand in the file: `address: cached, computed`.
 */
interface Recalculation {
  readonly formulas: number
  readonly differences: readonly string[]
}

type Engine = Parameters<typeof calculateFormulas>[0]

async function recalculate(workbook: Workbook): Promise<Recalculation> {
  const bytes = await writeWorkbook(workbook)
  const engine = new SecondWorkbook()
  await engine.xlsx.load(bytes)
  calculateFormulas(engine as Engine)
  const parts = readParts(bytes)
  const differences: string[] = []
  let formulas = 0
  workbook.sheets.forEach(({ name }, index) => {
    for (const [address, cell] of parts.sheet(index + 1).cells) {
      if (cell.formula !== null) {
        formulas += 1
        const computed = engine.getWorksheet(name)?.getCell(address).result
        if (!Object.is(cachedValue(cell), computed)) {
          differences.push(`${name}!${address}: ${cell.value}, ${computed}`)
        }
      }
    }
  })
  return { formulas, differences }
}

function cachedValue({ type, value }: ReadCell): unknown {
  if (type === 'b') {
    return value === '1'
  }
  return type === 'str' ? value : Number(value)
}

describe('a second engine', () => {
  test('computes every formula to its cached result', async () => {
    expect(await recalculate(sampleWorkbook())).toEqual({ formulas: 24, differences: [] })
  })

  test('finds a result that is one cent off', async () => {
    const sample = sampleWorkbook()
    const sheets = sample.sheets.map((sheet) =>
      sheet.name === 'Sommaire' ? { ...sheet, totalRow: tamper(sheet) } : sheet,
    )
    const { differences } = await recalculate({ ...sample, sheets })
    expect(differences).toEqual(['Sommaire!C9: 2903050.8, 2903050.81'])
  })
})

function tamper(sheet: Sheet): NonNullable<Sheet['totalRow']> {
  return (sheet.totalRow ?? []).map((cell, at) =>
    at === 2 && 'formula' in cell ? { ...cell, result: { amount: money('2903050.80') } } : cell,
  )
}
