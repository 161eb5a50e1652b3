import { randomUUID } from 'node:crypto'
import type { Money } from '#core/money.ts'
import { type Period, periodKey } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import { findCurrentExtract } from '#features/extracts/extracts.public.ts'
import { authorize, type Context } from '#features/identity/context.public.ts'
import { requireOrganization } from '#features/organizations/organizations.public.ts'
import { isPeriodClosed } from '#features/periods/periods.public.ts'
import { requireTolerance } from './asked-run.ts'
import { periodClosed } from './constraints.ts'
import { insertLines, insertMatches, readContents } from './lines.store.ts'
import type { RunContents } from './run.ts'
import { joinCarried, matchRun } from './run-lines.ts'
import { findCarried, findLastRun, findLaterSigned, insertRun } from './runs.store.ts'
import { listRowsOf, listSpending } from './sources.store.ts'
import { recordRun, type ShownRun } from './steps.actions.ts'

export interface AskedRun {
  readonly organization: string
  readonly period: Period
  readonly tolerance: Money
  readonly toleranceDays: number
}

/** Matches the extract of a period with the journal; the last run of a period is its tie-out. */
export async function runMatching(context: Context, asked: AskedRun): Promise<ShownRun> {
  const { organization, period, tolerance, toleranceDays } = asked
  authorize(context, 'matching.prepare', organization)
  requireTolerance(tolerance)
  const { work, actor } = context
  await requireOrganization(work, organization)
  const extract = await findCurrentExtract(work, organization, period)
  if (extract === null) {
    throw noExtract(organization, period)
  }
  requireNoneLater(period, await findLaterSigned(work, organization, period))
  if (await isPeriodClosed(work, organization, period)) {
    throw periodClosed()
  }
  const carried = await findCarried(work, organization, period)
  const last = await findLastRun(work, organization, period)
  const before: RunContents[] = []
  for (const run of [carried, last]) {
    before.push(...(run === null ? [] : [await readContents(work, run)]))
  }
  const open = (before.find(({ run }) => run === carried)?.extract ?? []).filter(
    ({ match }) => match === null,
  )
  const brought = {
    extract: joinCarried(await listRowsOf(work, extract.id, period), open),
    journal: await listSpending(work, organization, period, carried?.id ?? null),
  }
  const made = matchRun(brought, before, { tolerance, toleranceDays, newId: randomUUID })
  const id = await insertRun(work, {
    ...{ organization, period, tolerance, toleranceDays },
    ...{ extract: extract.id, carriedFrom: carried?.id ?? null },
    ...{ stopped: made.stopped, preparedBy: actor.email },
  })
  await insertMatches(work, id, made.matches)
  await insertLines(work, id, made)
  return recordRun(context, id, 'matching.run', { before: null, change: null })
}

const noExtract = (organization: string, period: Period): Problem =>
  new Problem('conflict', 'matching/no-extract', {
    fr: `Aucun extrait n’est chargé pour ${periodKey(period)} ${organization}.`,
    en: `No extract is loaded for ${periodKey(period)} ${organization}.`,
  })

/** What an earlier period leaves open was taken over: it can no longer be something else. */
function requireNoneLater(period: Period, later: string | null): void {
  if (later !== null) {
    throw new Problem('conflict', 'matching/later-signed', {
      fr: `${later} est déjà signé : ce que ${periodKey(period)} laissait ouvert y est reporté.`,
      en: `${later} is signed already: what ${periodKey(period)} left open is carried over there.`,
    })
  }
}
