import { findCurrentExtract } from '#features/extracts/extracts.public.ts'
import { authorize, type Context } from '#features/identity/context.public.ts'
import { readFigures } from './figures.store.ts'
import { type Run, requireOpen, requireVersion } from './run.ts'
import {
  findCarried,
  findEarlierOpen,
  findLastRun,
  isJournalUnmoved,
  updateRun,
} from './runs.store.ts'
import { lockVisible, recordRun, type SeenRun, type ShownRun } from './steps.actions.ts'
import {
  requireCurrent,
  requireExplained,
  requireSomebodyElse,
  type Standing,
  tieOutOf,
} from './tie-out.ts'

/** The tie-out of a period: signed by somebody else, once all that is open is explained. */
export async function signRun(context: Context, seen: SeenRun): Promise<ShownRun> {
  const run = await lockVisible(context, seen.id)
  authorize(context, 'matching.sign', run.organization)
  requireVersion(run, seen.version)
  requireOpen(run)
  const { work, actor } = context
  requireSomebodyElse(run, actor.email)
  requireCurrent(run, await standingOf(context, run))
  requireExplained(run, tieOutOf(await readFigures(work, run)))
  await updateRun(work, run.id, { state: 'signed', signed_by: actor.email })
  return recordRun(context, run.id, 'matching.signed', { before: run, change: null })
}

async function standingOf({ work }: Context, run: Run): Promise<Standing> {
  const { organization, period } = run
  const last = await findLastRun(work, organization, period)
  const extract = await findCurrentExtract(work, organization, period)
  const carried = await findCarried(work, organization, period)
  return {
    isLastOfPeriod: last?.id === run.id,
    isExtractCurrent: extract?.id === run.extract,
    isJournalUnmoved: await isJournalUnmoved(work, run),
    isCarriedFromLast: (carried?.id ?? null) === run.carriedFrom,
    earlierOpen: await findEarlierOpen(work, organization, period),
  }
}
