import type { Language } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import { findLastPosition, findPositions, readStanding } from '#features/audit/audit.public.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { returnedLimits } from '#platform/files/returned-limits.ts'
import {
  type ReturnedFile,
  type ReturnedWorkbook,
  returnedTooLarge,
  withReturned,
} from '#platform/files/returned-workbook.ts'
import { compareWorkbooks } from '#platform/tables/compare-workbooks.ts'
import type { Differences } from '#platform/tables/difference.ts'
import { type RowFlows, rowsOnly } from '#platform/tables/long-sheet.ts'
import type { Workbook } from '#platform/tables/workbook.ts'
import type { DetailKind } from './detail.ts'
import { describeLongReconciliation, type LongDescribed } from './long-workbook.actions.ts'
import { describeTieOut, type Standing } from './other-workbooks.actions.ts'
import type { AskedWorkbook } from './report-command.ts'
import {
  originTold,
  positionTold,
  requireOurs,
  requireUnmoved,
  type ToldOrigin,
  withSite,
} from './returned.ts'
import { describeWorkbook, longAsked, workbookLimits } from './workbooks.actions.ts'

/** What a workbook that came back was found to be. */
export interface Verdict extends Differences {
  readonly isUnchanged: boolean
  readonly report: string
  readonly language: Language
  readonly detail: DetailKind | null
  /** Of the record, where the file says that it stands. */
  readonly position: number
  readonly seal: string
}

/** One snapshot of the record, for whoever asks. */
export type Look = <T>(reading: (viewing: Viewing) => Promise<T>) => Promise<T>

const listedMax = 1000

/** What is received of a file before it is looked at. */
export const returnedUpload = {
  bytesMax: returnedLimits.fileBytesMax,
  tooLarge: returnedTooLarge,
}

/**
 * Compares a workbook that came back with what the record gives at the position that it says.
 * Nothing is recorded. The file is read outside any transaction.
 * @throws Problem why it cannot be compared
 */
export async function verifyReturned(
  look: Look,
  file: ReturnedFile,
  signal?: AbortSignal,
): Promise<Verdict> {
  await look(async (viewing) => authorize(viewing, 'record.verify'))
  const record: Redrawing = {
    standing: (told) => look((viewing) => findStanding(viewing, told)),
    redraw: (asked, standing) => redrawn(look, asked, standing),
  }
  return withReturned(file, (returned) => judgeReturned(returned, record), signal)
}

/** What is asked of the record about a file. */
export interface Redrawing {
  /** @throws Problem where the record has no such position */
  readonly standing: (told: ToldOrigin) => Promise<Standing>
  readonly redraw: (asked: AskedWorkbook, standing: Standing) => Promise<Redrawn>
}

/** What the record gives; rows that are too many to hold are read when they are looked at. */
export interface Redrawn {
  readonly workbook: Workbook
  readonly flows?: RowFlows
}

export async function judgeReturned(
  returned: ReturnedWorkbook,
  record: Redrawing,
): Promise<Verdict> {
  const face = returned.sheets.flatMap(({ head }) => head)
  const told = originTold(face, returned.description)
  requireOurs(told)
  const standing = await record.standing(told)
  return closest(told.asked, async (asked) => {
    const { workbook, ...flowing } = await record.redraw(asked, standing)
    const comparing = { listedMax, ...flowing }
    const { count, listed } = await compareWorkbooks(workbook, returned, comparing)
    return {
      isUnchanged: count === 0,
      ...{ count, listed },
      report: asked.request.name,
      language: asked.language,
      detail: asked.detail ?? null,
      position: standing.position,
      seal: standing.seal,
    }
  })
}

async function findStanding({ handle }: Viewing, told: ToldOrigin): Promise<Standing> {
  const sealed = await findPositions(handle, told.seals)
  const { position: last } = await readStanding(handle, null)
  return readStanding(handle, positionTold(told, sealed, last))
}

export async function redrawn(
  look: Look,
  told: AskedWorkbook,
  standing: Standing,
  limits = workbookLimits,
): Promise<Redrawn> {
  const described = await look(async (viewing) => {
    const asked = withSite(told, viewing.site ?? null)
    const { request } = asked
    if (request.name === 'tie-out') {
      return { workbook: await redrawTieOut(viewing, asked, standing) }
    }
    const asOf = { position: standing.position }
    const again = { ...asked, request: { ...request, asOf } }
    const long = await longAsked(viewing, { ...again, limits })
    return long === null
      ? { workbook: await describeWorkbook(viewing, again) }
      : describeLongReconciliation(viewing, long)
  })
  return 'sheetsIn' in described
    ? { workbook: described.workbook, flows: flowsOf(described, look) }
    : described
}

/** Each look is a snapshot of its own: as of one position they all have the same rows. */
const flowsOf = ({ sheets, sheetsIn }: LongDescribed, look: Look): RowFlows =>
  new Map(
    sheets.map(({ name, rowCount }) => [
      name,
      {
        rowCount,
        look: (use) => look((viewing) => use(rowsOnly(sheetsIn(viewing), name))),
      },
    ]),
  )

async function redrawTieOut(
  viewing: Viewing,
  asked: AskedWorkbook,
  standing: Standing,
): Promise<Workbook> {
  const { workbook, run } = await describeTieOut(viewing, asked, standing)
  const changedAt = await findLastPosition(viewing.handle, `matching/${run}`)
  requireUnmoved(standing.position, changedAt ?? 0)
  return workbook
}

/**
 * Of the commands that the file says, the one whose workbook it is closest to. One that was changed
 * may ask for what there is not, which is no reason to refuse the other.
 */
async function closest(
  asked: readonly AskedWorkbook[],
  compare: (asked: AskedWorkbook) => Promise<Verdict>,
): Promise<Verdict> {
  let found: Verdict | null = null
  let refusal: unknown = null
  for (const each of asked) {
    try {
      const verdict = await compare(each)
      found = found === null || verdict.count < found.count ? verdict : found
    } catch (error) {
      if (!(error instanceof Problem) || error.kind === 'unavailable') {
        throw error
      }
      refusal ??= error
    }
  }
  if (found === null) {
    throw refusal
  }
  return found
}
