import { Workbook as SecondWorkbook } from '@cj-tech-master/excelts'
import { installChartSupport } from '@cj-tech-master/excelts/chart'
import { calculateFormulas } from '@cj-tech-master/excelts/formula'
import { elements, type ReadCell, readParts } from '#test/platform/tables/read-parts.ts'

installChartSupport()

/**
 * A written workbook read back as the standard says, and computed again by another library's
 * engine, as an auditor's Excel does on the first change of a cell.
 */
export interface ReadWorkbook {
  readonly names: readonly string[]
  /** Cells of a sheet by address, as they stand in the file. */
  cells(name: string): ReadonlyMap<string, ReadCell>
}

export interface Recalculation {
  readonly formulas: number
  /** `sheet!address: cached, computed`, where the two differ. */
  readonly differences: readonly string[]
  /** What a cell comes to. */
  readonly result: (name: string, address: string) => unknown
}

export function readWorkbook(bytes: Uint8Array): ReadWorkbook {
  const parts = readParts(bytes)
  const names = elements(parts.xml('xl/workbook.xml'), 'sheet').map(
    ({ attributes }) => attributes.name ?? '',
  )
  const cells = new Map(names.map((name, index) => [name, parts.sheet(index + 1).cells]))
  return { names, cells: (name) => cells.get(name) ?? new Map() }
}

type Engine = Parameters<typeof calculateFormulas>[0]

export async function recalculate(
  bytes: Uint8Array,
  read: ReadWorkbook = readWorkbook(bytes),
): Promise<Recalculation> {
  const engine = new SecondWorkbook()
  await engine.xlsx.load(bytes)
  calculateFormulas(engine as Engine)
  const differences: string[] = []
  let formulas = 0
  for (const name of read.names) {
    const sheet = engine.getWorksheet(name)
    for (const [address, cell] of read.cells(name)) {
      if (cell.formula !== null) {
        formulas += 1
        const computed = sheet?.getCell(address).result
        // Not Object.is: a sum of cents that falls a hair under zero rounds to -0, which is zero.
        if (cachedValue(cell) !== computed) {
          differences.push(`${name}!${address}: ${cell.value}, ${computed}`)
        }
      }
    }
  }
  const result = (name: string, address: string): unknown =>
    engine.getWorksheet(name)?.getCell(address).result
  return { formulas, differences, result }
}

export function cachedValue({ type, value }: ReadCell): unknown {
  if (type === 'b') {
    return value === '1'
  }
  return type === 'str' ? value : Number(value)
}

/** What each item of the cover, the first sheet, says; the first where two have one name. */
export function coverOf({ names, cells }: ReadWorkbook): ReadonlyMap<string, string> {
  const cover = cells(names[0] ?? '')
  return new Map(
    [...cover].reverse().flatMap(([address, { value }]) => {
      const row = /^A(\d+)$/.exec(address)?.[1]
      const said = row === undefined ? undefined : cover.get(`B${row}`)?.value
      return value === null || said == null ? [] : [[value, said] as const]
    }),
  )
}
