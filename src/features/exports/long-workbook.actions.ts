import type { Language } from '#core/language.ts'
import {
  flowBehindSpending,
  type PostedFilter,
} from '#features/expenditures/spending-flow.public.ts'
import { everyOrganization } from '#features/identity/actor.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { readOrigins } from '#features/imports/origins.public.ts'
import { factsOf } from '#features/reconciliation/facts.ts'
import { readAhead } from '#platform/files/read-ahead.ts'
import { Spool } from '#platform/files/spool.ts'
import { type LongSheet, type Row, shared } from '#platform/tables/long-sheet.ts'
import type { Workbook } from '#platform/tables/workbook.ts'
import { writeLongWorkbook } from '#platform/tables/xlsx-long.ts'
import { detailing } from './detail.ts'
import {
  type LongMeasure,
  type LongReconciliation,
  leadingExceptionRows,
  longParts,
  longReconciliation,
  type NotedException,
  notedExceptionRow,
  notedExceptions,
  unlinkedRow,
} from './long-workbook.views.ts'
import { placing } from './reconciliation-draft.views.ts'
import type { SheetParts } from './sheet-plan.views.ts'
import type { ReconciliationSources } from './workbook-sources.ts'
import { type PlacedDetail, Ties } from './workbook-ties.ts'

/** How many lines of a file are written, of how many; told now and then. */
export type Told = (written: number, total: number) => void

export interface LongAsked {
  /** But for the details, which are read as they are written. */
  readonly sources: Omit<ReconciliationSources, 'details' | 'detailKind'>
  readonly filter: PostedFilter
  readonly size: LongMeasure
  readonly language: Language
}

/**
 * A reconciliation with all its documents, however many: read through a cursor inside the viewing's
 * one snapshot, and written as they are read. The figures are those of the report; once the last
 * line is written, the lines must have added up to them, or the file ends in an error.
 */
export async function* drawLongReconciliation(
  viewing: Viewing,
  asked: LongAsked,
  told: Told,
): AsyncGenerator<Uint8Array, void> {
  const lots = readAhead(detailLots(viewing, asked.sources, asked.filter))
  const first = await lots.next()
  const details = first.done === true ? [] : first.value
  const long = describedWith(details, asked)
  yield* writeLongWorkbook(long.workbook, sheetsIn(long, followed(details, lots), told))
}

/** What such a workbook is, without its long rows: they come of any snapshot, as often as is asked. */
export interface LongDescribed {
  readonly workbook: Workbook
  readonly sheets: readonly Pick<LongSheet, 'name' | 'rowCount'>[]
  readonly sheetsIn: (viewing: Viewing) => readonly LongSheet[]
}

export async function describeLongReconciliation(
  viewing: Viewing,
  asked: LongAsked,
): Promise<LongDescribed> {
  const lotsIn = (looked: Viewing) => detailLots(looked, asked.sources, asked.filter)
  const lots = lotsIn(viewing)
  const first = await lots.next()
  await lots.return()
  const long = describedWith(first.done === true ? [] : first.value, asked)
  return {
    workbook: long.workbook,
    sheets: longParts(long.places),
    sheetsIn: (looked) => sheetsIn(long, readAhead(lotsIn(looked)), () => undefined),
  }
}

const describedWith = (
  details: readonly PlacedDetail[],
  { sources, size, language }: LongAsked,
): LongReconciliation =>
  longReconciliation({ ...sources, details, detailKind: 'documents' }, size, language)

function sheetsIn(
  long: LongReconciliation,
  lots: AsyncIterable<readonly PlacedDetail[]>,
  told: Told,
): LongSheet[] {
  const reading = new LineReading(long, told)
  return [
    ...sheetsFor(long.places.expenditures, reading.expenditures(lots)),
    ...sheetsFor(long.places.exceptions, reading.exceptions()),
  ]
}

async function* detailLots(
  { handle }: Viewing,
  { facts, reconciliation: { question } }: LongAsked['sources'],
  filter: PostedFilter,
): AsyncGenerator<readonly PlacedDetail[], void> {
  const detailsOf = detailing(facts, question)
  const place = placing(factsOf(facts, question.jurisdiction), question.by)
  for await (const behind of flowBehindSpending(handle, [everyOrganization], filter)) {
    const ids = behind.expenditures.flatMap(({ id, reclassifiedFrom }) => [
      id,
      ...(reclassifiedFrom === null ? [] : [reclassifiedFrom]),
    ])
    const origins = await readOrigins(handle, ids)
    yield detailsOf({ ...behind, origins }).map(place)
  }
}

async function* followed<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T, void> {
  yield first
  yield* rest
}

function sheetsFor({ parts }: SheetParts, rows: AsyncIterable<readonly Row[]>): LongSheet[] {
  const flows = shared(
    rows,
    parts.map(({ rowCount }) => rowCount),
  )
  return parts.flatMap(({ name, rowCount }, at) => {
    const flow = flows[at]
    return flow === undefined ? [] : [{ name, rowCount, rows: flow }]
  })
}

/** The lines on their way to the file: counted, added up, and their exceptions put aside. */
class LineReading {
  readonly #long: LongReconciliation
  readonly #told: Told
  readonly #noted = new Spool()

  constructor(long: LongReconciliation, told: Told) {
    this.#long = long
    this.#told = told
  }

  async *expenditures(
    lots: AsyncIterable<readonly PlacedDetail[]>,
  ): AsyncGenerator<readonly Row[], void> {
    const { draft } = this.#long
    const ties = new Ties(draft.budget)
    let written = 0
    for await (const details of lots) {
      ties.add(details)
      for (const noted of notedExceptions(details, written)) {
        this.#noted.add(JSON.stringify(noted))
      }
      for (const part of slices(details)) {
        const start = written
        written += part.length
        yield part.map((detail, at) => unlinkedRow(detail, start + at, this.#long))
      }
      this.#told(written, draft.lines.details)
    }
    ties.assert(draft.sources.reconciliation)
  }

  async *exceptions(): AsyncGenerator<readonly Row[], void> {
    const leading = leadingExceptionRows(this.#long)
    yield leading
    let written = leading.length
    for (const lines of this.#noted.read()) {
      for (const part of slices(lines)) {
        const start = written
        written += part.length
        const noted = part.map((line): NotedException => JSON.parse(line))
        yield noted.map((each, at) => notedExceptionRow(each, start + at, this.#long))
      }
    }
  }
}

/** Few enough that the cells of these rows are gone before the next are made. */
const rowsAtOnce = 50

function* slices<T>(items: readonly T[]): Generator<readonly T[], void> {
  for (let at = 0; at < items.length; at += rowsAtOnce) {
    yield items.slice(at, at + rowsAtOnce)
  }
}
