import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import { listClosedYears, listEnvelopes, lockEnvelopes } from '#features/funding/funding.public.ts'
import {
  refuseIssues,
  requireSomebodyElse,
  requireState,
  requireVersion,
} from '#features/funding/proposal.ts'
import { authorize, type Context, record, type Viewing } from '#features/identity/context.public.ts'
import { may, reach } from '#features/identity/permission.ts'
import { post } from '#features/journal/journal.public.ts'
import type { Programme } from '#features/programmes/programme.ts'
import { listProgrammes } from '#features/programmes/programmes.public.ts'
import { everyPage } from '#platform/db/every-page.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { listClosedFigures, lockCommitmentsHeld, saveClosedYear } from './closed-years.store.ts'
import { closingEntries } from './closing-entries.ts'
import { type Asked, type Computed, computeClosing } from './closings.actions.ts'
import { policyIssues } from './policy.ts'
import {
  nameOf,
  type Preview,
  requireClosable,
  type ShownYearEnd,
  sealedClosing,
  sealedYearEnd,
  type YearEnd,
} from './year-end.ts'
import {
  countYearEnds,
  deleteYearEnd,
  findYearEnd,
  findYearEndOf,
  insertYearEnd,
  listYearEnds,
  lockYearEnd,
  markYearEnd,
  type YearEndFilter,
  type YearEndPage,
} from './year-ends.store.ts'

/** A document and the version of it that the person saw. */
export interface Seen {
  readonly id: string
  readonly version: number
}

export const yearEndNotFound = (): Problem =>
  new Problem('not-found', 'year-end/not-found', {
    fr: 'Cette fermeture d’exercice n’existe pas, ou vous n’y avez pas accès.',
    en: 'There is no such year-end, or you may not see it.',
  })

/** Writes nothing. */
export async function previewYearEnd(viewing: Viewing, asked: Asked): Promise<Preview> {
  const programme = await requireProgramme(viewing.handle, asked.programme)
  authorize(viewing, 'proposal.read', programme.organization)
  await settle(viewing.handle, programme, asked, viewing)
  return computeClosing(viewing.handle, asked)
}

/** Takes the place of what was prepared before for the same year, with its id. */
export async function prepareYearEnd(context: Context, asked: Asked): Promise<ShownYearEnd> {
  const { work, actor } = context
  const programme = await requireProgramme(work, asked.programme)
  authorize(context, 'proposal.prepare', programme.organization)
  await settle(work, programme, asked, context)
  const replaced = await takeAway(context, asked)
  const computed = await computeClosing(work, asked)
  const id = await insertYearEnd(work, {
    ...asked,
    organization: programme.organization,
    digest: computed.digest,
    preparedBy: actor.email,
    replaces: replaced,
  })
  const version = (replaced?.version ?? 0) + 1
  await markYearEnd(work, { id, version }, { state: 'submitted', submitted_by: actor.email })
  const prepared = await requireYearEnd(work, id)
  await record(context, {
    type: 'year-end.prepared',
    subject: `year-end/${id}`,
    before: replaced === null ? null : sealedYearEnd(replaced),
    after: { ...sealedYearEnd(prepared), ...sealedClosing(computed.figures) },
  })
  return { ...prepared, ...shownAs(computed), isCurrent: true }
}

async function requireProgramme(handle: Handle, code: string): Promise<Programme> {
  const found = (await listProgrammes(handle)).find((programme) => programme.code === code)
  if (found === undefined) {
    throw refuseField(
      'programme',
      'year-end/programme-unknown',
      {
        fr: `Le programme « ${code} » n’existe pas.`,
        en: `There is no programme “${code}”.`,
      },
      code,
    )
  }
  return found
}

async function settle(
  handle: Handle,
  programme: Programme,
  { fiscalYear, policies }: Asked,
  { today }: Pick<Context, 'today'>,
): Promise<void> {
  requireClosable(programme, fiscalYear, { closed: await listClosedYears(handle), today })
  const envelopes = await listEnvelopes(handle)
  const byCode = new Map(envelopes.map((envelope) => [envelope.code, envelope]))
  refuseIssues(policyIssues(policies, programme.code, byCode))
}

async function takeAway(context: Context, asked: Asked): Promise<YearEnd | null> {
  const { work } = context
  const id = await findYearEndOf(work, asked.programme, asked.fiscalYear)
  const before = id === null ? null : await lockYearEnd(work, id)
  if (before === null) {
    return null
  }
  if (before.state === 'submitted') {
    await markYearEnd(work, before, { state: 'draft', submitted_by: null })
  }
  await deleteYearEnd(work, before.id)
  return before
}

/** Posts what was prepared, under the locks of all that it moves, or nothing. */
export async function approveYearEnd(context: Context, seen: Seen): Promise<ShownYearEnd> {
  const { work, event, actor } = context
  const before = await openForApprover(context, seen)
  requireState(named(before), 'submitted', { fr: 'l’approuver', en: 'approved' })
  requireSomebodyElse(named(before), actor.email)
  const { computed, held } = await lockAll(context, before)
  if (computed.digest !== before.digest) {
    throw new Problem('stale', 'year-end/figures-changed', {
      fr: `${nameOf(before).fr} : les chiffres ne sont plus ceux qui ont été préparés. Préparez-la de nouveau.`,
      en: `${nameOf(before).en}: the figures are not those that were prepared any more. Prepare it again.`,
    })
  }
  const { id, version, fiscalYear } = before
  const { carriedTo, figures } = computed
  const entries = closingEntries(computed.closings, { id, fiscalYear, carriedTo })
  if (entries.length > 0) {
    await post(context, entries)
  }
  const marks = { state: 'approved', approved_by: actor.email, event } as const
  await markYearEnd(work, { id, version: version + 1 }, marks)
  await saveClosedYear(work, before, { event, carriedTo, figures })
  const approved = await requireYearEnd(work, id)
  const carried = held.map(({ number, remaining }) => ({ number, remaining }))
  const position = await record(context, {
    type: 'year-end.approved',
    subject: `year-end/${id}`,
    before: sealedYearEnd(before),
    after: { ...sealedYearEnd(approved), ...sealedClosing(figures), carriedTo, carried },
  })
  return { ...approved, position, ...shownAs(computed), isCurrent: true }
}

/** Commitments by id, then envelopes by code; what came between the two is asked again. */
async function lockAll({ work }: Context, yearEnd: YearEnd) {
  const { programme, fiscalYear } = yearEnd
  await lockCommitmentsHeld(work, programme, fiscalYear)
  const envelopes = (await listEnvelopes(work)).filter((each) => each.programme === programme)
  await lockEnvelopes(
    work,
    envelopes.map(({ code }) => code),
  )
  const held = await lockCommitmentsHeld(work, programme, fiscalYear)
  return {
    held: held.filter(({ state }) => state === 'approved'),
    computed: await computeClosing(work, yearEnd),
  }
}

export async function returnYearEnd(
  context: Context,
  seen: Seen,
  reason: string,
): Promise<ShownYearEnd> {
  const before = await openForApprover(context, seen)
  requireState(named(before), 'submitted', { fr: 'la retourner', en: 'returned' })
  const next = { id: before.id, version: before.version + 1 }
  await markYearEnd(context.work, next, { state: 'draft', submitted_by: null })
  const after = await requireYearEnd(context.work, before.id)
  await record(context, {
    type: 'year-end.returned',
    subject: `year-end/${before.id}`,
    before: sealedYearEnd(before),
    after: sealedYearEnd(after),
    reason,
  })
  return shownOf(context.work, after)
}

const named = (yearEnd: YearEnd) => ({ proposal: yearEnd, name: nameOf(yearEnd) })

/** What one may not see is answered like what does not exist. */
async function openForApprover(context: Context, seen: Seen): Promise<YearEnd> {
  const yearEnd = await lockYearEnd(context.work, seen.id)
  if (yearEnd === null || !may(context.actor, 'proposal.read', yearEnd.organization)) {
    throw yearEndNotFound()
  }
  authorize(context, 'proposal.decide', yearEnd.organization)
  requireVersion(named(yearEnd), seen.version)
  return yearEnd
}

async function requireYearEnd(handle: Handle, id: string): Promise<YearEnd> {
  const found = await findYearEnd(handle, id)
  if (found === null) {
    throw yearEndNotFound()
  }
  return found
}

const shownAs = ({ carriedTo, figures }: Computed) => ({ carriedTo, figures })

/** As it would be now, while it waits; as it was, once approved. */
async function shownOf(handle: Handle, yearEnd: YearEnd): Promise<ShownYearEnd> {
  if (yearEnd.state === 'approved') {
    const closed = await listClosedFigures(handle, { yearEnd: yearEnd.id })
    const carriedTo = closed[0]?.carriedTo ?? yearEnd.fiscalYear
    return { ...yearEnd, carriedTo, figures: closed.map(({ figures }) => figures), isCurrent: true }
  }
  const computed = await computeClosing(handle, yearEnd)
  return { ...yearEnd, ...shownAs(computed), isCurrent: computed.digest === yearEnd.digest }
}

export async function readYearEnd(viewing: Viewing, id: string): Promise<ShownYearEnd> {
  const yearEnd = await findYearEnd(viewing.handle, id)
  if (yearEnd === null || !may(viewing.actor, 'proposal.read', yearEnd.organization)) {
    throw yearEndNotFound()
  }
  return shownOf(viewing.handle, yearEnd)
}

export async function readYearEnds(
  viewing: Viewing,
  filter: YearEndFilter,
  page: YearEndPage,
): Promise<{ readonly rows: readonly YearEnd[]; readonly count: number }> {
  authorize(viewing, 'proposal.read')
  const organizations = reach(viewing.actor, 'proposal.read')
  return {
    rows: await listYearEnds(viewing.handle, organizations, filter, page),
    count: await countYearEnds(viewing.handle, organizations, filter),
  }
}

/** All of them, page by page: for a file, and for the terminal. */
export function everyYearEnd(
  viewing: Viewing,
  filter: YearEndFilter,
): AsyncGenerator<readonly YearEnd[]> {
  authorize(viewing, 'proposal.read')
  const organizations = reach(viewing.actor, 'proposal.read')
  return everyPage(
    (page) => listYearEnds(viewing.handle, organizations, filter, page),
    ({ fiscalYear, id }) => [fiscalYear, id],
  )
}
