import type { Period } from '#core/period.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { readFigures } from './figures.store.ts'
import { readContents } from './lines.store.ts'
import { listPrintedLines } from './printed-lines.store.ts'
import type { Run, RunLines } from './run.ts'
import { findLastRun } from './runs.store.ts'
import { type TieOut, tieOutOf } from './tie-out.ts'

export { listWaitingLedgers } from './waiting.store.ts'

/** The last run of a period and whether it ties, as it stands now; null when there is none. */
export async function readTieOut(
  handle: Handle,
  organization: string,
  period: Period,
): Promise<{ readonly run: Run; readonly tieOut: TieOut } | null> {
  const run = await findLastRun(handle, organization, period)
  return run === null ? null : { run, tieOut: tieOutOf(await readFigures(handle, run)) }
}

/** All its lines and matches, with what each line's own document prints. */
export const readRunLines = async (handle: Handle, run: Run): Promise<RunLines> => ({
  contents: await readContents(handle, run),
  printed: await listPrintedLines(handle, run.id),
})
