import { randomUUID } from 'node:crypto'
import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Grid } from '#core/grid.ts'
import { add, Money } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { readKnown } from '#features/expenditures/known.public.ts'
import type { Known } from '#features/expenditures/known.ts'
import { authorize, type Context } from '#features/identity/context.public.ts'
import { readUpload } from '#platform/files/read-upload.ts'
import { restoreNeutralised } from '#platform/tables/csv.ts'
import type { FileAsked } from './file-asked.ts'
import type { Finding, ImportBatch, RowState, RowTally } from './import.ts'
import {
  exampleIgnored,
  findingsMax,
  keyRepeated,
  RunningTotals,
  sameBytes,
  totalFindings,
  yearFindings,
} from './import-findings.ts'
import {
  type Alike,
  importRowOf,
  type JudgedRow,
  judgeRow,
  SeenRows,
  wantedOf,
} from './import-judging.ts'
import { insertRows, listAlike } from './import-rows.store.ts'
import { importParts, type ReadRow } from './import-rows.ts'
import { importNotFound, nothingInIt } from './import-rules.ts'
import { findImportTable, type ImportTable } from './import-table.ts'
import { findImport, insertImport, listOfSameBytes, saveRead } from './imports.store.ts'
import { understoodFacts } from './understood.ts'

export interface BroughtFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly asked: FileAsked
}

/** A file that was read, and not yet compared with anything. */
export interface ReadFile extends BroughtFile {
  readonly grid: Grid
  readonly table: ImportTable
}

/**
 * Reads the file in a thread of its own, outside any transaction.
 * @throws Problem: what refuses a file as a whole
 */
export async function readImportFile(file: BroughtFile): Promise<ReadFile> {
  const { name, bytes, asked } = file
  const { encoding, delimiter } = asked
  const grid = await readUpload(bytes, { name, encoding, delimiter })
  const table = findImportTable(grid, asked)
  if (!table.ok) {
    const [first] = table.issues
    throw new Problem('refused', first?.code ?? '', first?.detail ?? { fr: '', en: '' }, {
      issues: table.issues,
    })
  }
  return { ...file, grid, table: table.value }
}

/** Rows judged, compared and kept at a time: what others ask meanwhile waits for one lot at most. */
const lot = 500

/**
 * Keeps the file and what each of its rows would become. Nothing is recorded: there is no event
 * until somebody confirms it.
 */
export async function previewImport(context: Context, file: ReadFile): Promise<ImportBatch> {
  authorize(context, 'import.prepare')
  const { work } = context
  const id = await insertImport(work, {
    name: file.name,
    sha256: file.grid.sha256,
    content: file.bytes,
    asked: file.asked,
    preparedBy: context.actor.email,
  })
  const known = await readKnown(context, commitmentsIn(file.table))
  const tally = new Tally()
  const kept: ReadRow[] = []
  const keep = async (): Promise<void> => {
    await keepLot(context, { id, known, tally }, kept.splice(0))
  }
  for (const part of importParts(file.table, restoreNeutralised)) {
    if (part.kind === 'row') {
      tally.read(part.row)
      kept.push(part.row)
    } else {
      tally.leaveOut(part)
    }
    if (kept.length === lot) {
      await keep()
    }
  }
  await keep()
  if (tally.isEmpty) {
    throw nothingInIt(file.name)
  }
  const again = await listOfSameBytes(work, file.grid.sha256)
  await saveRead(work, id, {
    organizations: [...tally.organizations].sort(),
    understood: understoodFacts(file.grid, file.table),
    lines: file.table.sheet.lastRow - file.table.header.row,
    ignored: tally.ignored,
    tallies: tally.tallies,
    unreadableAmounts: tally.unreadableAmounts,
    findings: [
      ...(again.length === 0 ? [] : [sameBytes(again.map((each) => each.id))]),
      ...totalFindings(file.table, tally.running.totals),
      ...yearFindings([file.name, file.table.sheet.name], tally.years),
      ...tally.examples,
      ...tally.repeated,
    ].slice(0, findingsMax),
  })
  const batch = await findImport(work, id)
  if (batch === null) {
    throw importNotFound()
  }
  return batch
}

function commitmentsIn(table: ImportTable): readonly string[] {
  const names = new Set<string>()
  if (table.columns.fields.commitment !== undefined) {
    for (const part of importParts(table, restoreNeutralised)) {
      if (part.kind === 'row' && part.row.commitment !== null) {
        names.add(part.row.commitment)
      }
    }
  }
  return [...names]
}

interface Keeping {
  readonly id: string
  readonly known: Known
  readonly tally: Tally
}

async function keepLot(
  { work }: Context,
  { id, known, tally }: Keeping,
  rows: readonly ReadRow[],
): Promise<void> {
  if (rows.length === 0) {
    return
  }
  const judged = rows.map((row) => judgeRow(row, known))
  const wanted = judged.flatMap((row) => wantedOf(row) ?? [])
  const alike = Map.groupBy(
    wanted.length === 0 ? [] : await listAlike(work, wanted),
    ({ place }) => place,
  )
  await insertRows(
    work,
    id,
    judged.map((row) => tally.judge(row, alike.get(row.read.place) ?? [])),
  )
}

/** What the preview counts while rows go by. */
class Tally {
  readonly running = new RunningTotals()
  readonly organizations = new Set<string>()
  readonly years = new Map<FiscalYear, number>()
  readonly repeated: Finding[] = []
  readonly examples: Finding[] = []
  isEmpty = true
  ignored = 0
  unreadableAmounts = 0
  readonly tallies: Record<RowState, RowTally> = {
    new: { rows: 0, amount: Money.zero },
    duplicate: { rows: 0, amount: Money.zero },
    changed: { rows: 0, amount: Money.zero },
    rejected: { rows: 0, amount: Money.zero },
  }
  readonly #seen = new SeenRows()

  read({ amountRead }: ReadRow): void {
    this.isEmpty = false
    this.running.count(amountRead)
    this.unreadableAmounts += amountRead === null ? 1 : 0
  }

  leaveOut(part: { reason: string; firstRow: number; lastRow: number }): void {
    if (part.reason === 'header' || part.reason === 'above-header') {
      return
    }
    this.ignored += part.lastRow - part.firstRow + 1
    if (part.reason === 'total') {
      this.running.total(part.firstRow)
    }
    if (part.reason === 'example') {
      this.examples.push(exampleIgnored(part.firstRow))
    }
  }

  judge(row: JudgedRow, alike: readonly Alike[]) {
    const { read, judged, issues } = row
    const seen = issues.length > 0 ? null : this.#seen.meet(row)
    if (seen?.isSame === false && this.repeated.length < findingsMax) {
      this.repeated.push(keyRepeated(read.place, seen.row, read.documentNumber ?? ''))
    }
    const kept = importRowOf(row, { alike, seen, id: randomUUID() })
    const { rows, amount } = this.tallies[kept.state]
    this.tallies[kept.state] = {
      rows: rows + 1,
      amount: add(amount, read.amountRead ?? Money.zero),
    }
    if (kept.state !== 'rejected' && read.organization !== null) {
      this.organizations.add(read.organization)
    }
    if (judged.fiscalYear !== null) {
      this.years.set(judged.fiscalYear, (this.years.get(judged.fiscalYear) ?? 0) + 1)
    }
    return kept
  }
}
