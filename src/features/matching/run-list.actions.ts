import type { Extract } from '#features/extracts/extract.ts'
import { listExtracts } from '#features/extracts/extracts.public.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import { readFigures } from './figures.store.ts'
import { digestRun, readContents } from './lines.store.ts'
import { type Run, type RunFilter, runNotFound } from './run.ts'
import { findRun, listRuns } from './runs.store.ts'
import type { ShownRun } from './steps.actions.ts'
import { tieOutOf } from './tie-out.ts'

export async function readRuns(viewing: Viewing, filter: RunFilter): Promise<readonly Run[]> {
  authorize(viewing, 'matching.read')
  const runs = await listRuns(viewing.handle, filter)
  return runs.filter(({ organization }) => may(viewing.actor, 'matching.read', organization))
}

/** What one may not see is answered like what does not exist. */
export async function readRun(viewing: Viewing, id: string): Promise<ShownRun> {
  const { handle, actor } = viewing
  const run = await findRun(handle, id)
  if (run === null || !may(actor, 'matching.read', run.organization)) {
    throw runNotFound()
  }
  const contents = await readContents(handle, run)
  const tieOut = tieOutOf(await readFigures(handle, run))
  return { contents, tieOut, digest: await digestRun(handle, id), position: null }
}

/** Extracts that count, of the organizations for which the person may prepare a matching. */
export async function readMatchable(viewing: Viewing): Promise<readonly Extract[]> {
  authorize(viewing, 'matching.read')
  const extracts = await listExtracts(viewing.handle, {})
  return extracts.filter(
    ({ organization, supersededBy }) =>
      supersededBy === null && may(viewing.actor, 'matching.prepare', organization),
  )
}
