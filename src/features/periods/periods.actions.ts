import type { Period } from '#core/period.ts'
import { periodKey } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import { authorize, type Context, record, type Viewing } from '#features/identity/context.public.ts'
import { requireOrganization } from '#features/organizations/organizations.public.ts'
import {
  lastServiceDay,
  requireBegun,
  requireNothingWaiting,
  requireReason,
  requireShown,
  requireState,
  requireTiedOut,
} from './closing.ts'
import { type KeptPeriod, type PeriodState, periodFacts, stateOf } from './period-state.ts'
import {
  findPeriod,
  findTieOut,
  listClosedPeriods,
  listUnposted,
  lockPeriod,
  savePeriod,
} from './periods.store.ts'

/** A period of an organization, and the version of it that was shown. */
export interface ShownPeriod {
  readonly organization: string
  readonly period: Period
  readonly version: number
  readonly reason: string | null
}

/** The period as the decision left it, and the event that says so. */
export type DecidedPeriod = ReturnType<typeof periodFacts> & {
  readonly state: PeriodState
  readonly position: number
}

/**
 * Whoever records in the period has committed or will find it closed; a draft that is entered while
 * we look becomes a late item.
 */
export async function closePeriod(context: Context, shown: ShownPeriod): Promise<DecidedPeriod> {
  const before = await openForManager(context, shown)
  requireShown(before, shown.version)
  requireState(before, false)
  requireBegun(before, context.today)
  const { work, today } = context
  requireNothingWaiting(before, {
    today,
    closed: await listClosedPeriods(work, before.organization),
    unposted: await listUnposted(work, before.organization, lastServiceDay(before)),
  })
  requireTiedOut(before, await findTieOut(work, before))
  await savePeriod(work, before, context.event)
  return recordChange(context, before, 'period.closed', shown.reason)
}

export async function reopenPeriod(context: Context, shown: ShownPeriod): Promise<DecidedPeriod> {
  const before = await openForManager(context, shown)
  requireShown(before, shown.version)
  requireState(before, true)
  const reason = requireReason(shown.reason)
  await savePeriod(context.work, before, null)
  return recordChange(context, before, 'period.reopened', reason)
}

async function openForManager(
  context: Context,
  { organization, period }: ShownPeriod,
): Promise<KeptPeriod> {
  authorize(context, 'period.manage')
  await requireOrganization(context.work, organization)
  return lockPeriod(context.work, organization, period)
}

async function recordChange(
  context: Context,
  before: KeptPeriod,
  type: 'period.closed' | 'period.reopened',
  reason: string | null,
): Promise<DecidedPeriod> {
  const after = await findPeriod(context.work, before.organization, before)
  const facts = (period: KeptPeriod) => ({
    ...periodFacts(period),
    state: stateOf(period, context.today),
  })
  const position = await record(context, {
    type,
    subject: `period/${before.organization}/${periodKey(before)}`,
    before: facts(before),
    after: facts(after),
    ...(reason === null ? {} : { reason }),
  })
  return { ...facts(after), position }
}

export interface ShownStanding {
  readonly period: KeptPeriod
  readonly state: PeriodState
  /** What would refuse closing it now, each as the refusal says it. */
  readonly obstacles: readonly Problem[]
}

/** One period, and what stands in the way of closing it. */
export async function readObstacles(
  viewing: Viewing,
  organization: string,
  asked: Period,
): Promise<ShownStanding> {
  authorize(viewing, 'period.manage')
  const { handle, today } = viewing
  await requireOrganization(handle, organization)
  const period = await findPeriod(handle, organization, asked)
  const waiting = {
    today,
    closed: await listClosedPeriods(handle, organization),
    unposted: await listUnposted(handle, organization, lastServiceDay(period)),
  }
  const tieOut = await findTieOut(handle, period)
  const checks = [
    () => requireBegun(period, today),
    () => requireNothingWaiting(period, waiting),
    () => requireTiedOut(period, tieOut),
  ]
  return {
    period,
    state: stateOf(period, today),
    obstacles: period.isClosed ? [] : checks.flatMap((check) => refusalOf(check) ?? []),
  }
}

function refusalOf(check: () => void): Problem | null {
  try {
    check()
    return null
  } catch (error) {
    if (error instanceof Problem) {
      return error
    }
    throw error
  }
}
