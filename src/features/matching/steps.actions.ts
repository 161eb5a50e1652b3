import { randomUUID } from 'node:crypto'
import type { Canonical } from '#core/canonical.ts'
import type { Money } from '#core/money.ts'
import { authorize, type Context, record } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import { type Explained, requireExplainable } from './explaining.ts'
import { readFigures, readLastNumber } from './figures.store.ts'
import { deleteLine, deleteMatch, explain, setMatch } from './line-changes.store.ts'
import {
  digestRun,
  insertLines,
  insertMatches,
  listExtractLines,
  listJournalLines,
  listMatches,
  readContents,
} from './lines.store.ts'
import { type AskedMatch, chooseLines, requireParts } from './manual.ts'
import {
  type Run,
  type RunContents,
  requireOpen,
  requireVersion,
  runNotFound,
  sealedRun,
} from './run.ts'
import { findRun, findRunOfMatch, lockRun, updateRun } from './runs.store.ts'
import { type TieOut, tieOutOf } from './tie-out.ts'

/** A run as it is shown: all of it, whether it ties, and where its last step stands. */
export interface ShownRun {
  readonly contents: RunContents
  readonly tieOut: TieOut
  readonly digest: string
  readonly position: number | null
}

export interface SeenRun {
  readonly id: string
  readonly version: number
}

/** Lines that are open become one match, by hand; they are open still, or it is refused. */
export async function matchByHand(
  context: Context,
  { run: id, reason, ...asked }: AskedMatch & { readonly run: string; readonly reason: string },
): Promise<ShownRun> {
  const run = await openForOfficer(context, id)
  requireOpen(run)
  const { work, actor } = context
  const chosen = {
    extract: await listExtractLines(work, run.id, asked.extractRows),
    journal: await listJournalLines(work, run.id, asked.expenditures),
  }
  const { extract, journal, residual } = chooseLines(chosen, asked)
  const match = {
    ...{ id: randomUUID(), rule: 'manual' as const, basis: null, days: 0, residual, reason },
    ...{ madeBy: actor.email, explanation: null },
  }
  await updateRun(work, run.id, { changed_by: actor.email })
  await insertMatches(work, run.id, [match])
  await setMatch(work, run.id, match.id, {
    extract: extract.map(({ number }) => number),
    journal: journal.map(({ number }) => number),
  })
  const change = { match: match.id, ...asked }
  return recordRun(context, run.id, 'matching.matched', { before: run, change, reason })
}

/** Its lines are open again. */
export async function unmatch(context: Context, { id, version }: SeenRun): Promise<Run> {
  const found = await findRunOfMatch(context.work, id)
  if (found === null) {
    throw runNotFound()
  }
  const run = await openForOfficer(context, found)
  requireVersion(run, version)
  requireOpen(run)
  await updateRun(context.work, run.id, { changed_by: context.actor.email })
  await deleteMatch(context.work, run.id, id)
  const { run: after } = await sealRun(context, run.id, 'matching.unmatched', {
    before: run,
    change: { match: id },
  })
  return after
}

export async function splitRow(
  context: Context,
  seen: SeenRun,
  { extractRow, amounts }: { readonly extractRow: number; readonly amounts: readonly Money[] },
): Promise<ShownRun> {
  const run = await openForOfficer(context, seen.id)
  requireVersion(run, seen.version)
  requireOpen(run)
  const [found] = await listExtractLines(context.work, run.id, [extractRow])
  const line = requireParts(found, amounts)
  const last = await readLastNumber(context.work, run.id)
  const parts = amounts.map((amount, place) => ({
    ...line,
    ...{ number: last + place + 1, splitOf: line.number, amount },
  }))
  await updateRun(context.work, run.id, { changed_by: context.actor.email })
  await deleteLine(context.work, run.id, line.number)
  await insertLines(context.work, run.id, { extract: parts, journal: [] })
  const change = { extractRow, amounts: amounts.map(String) }
  return recordRun(context, run.id, 'matching.split', { before: run, change })
}

/** Causes and owners of what is open, and of residuals; all of them, or none. */
export async function explainOpen(
  context: Context,
  seen: SeenRun,
  items: readonly Explained[],
): Promise<ShownRun> {
  const run = await openForOfficer(context, seen.id)
  requireVersion(run, seen.version)
  requireOpen(run)
  const named = <T>(of: (item: Explained) => T | null): readonly T[] =>
    items.flatMap((item) => of(item) ?? [])
  const contents = {
    extract: await listExtractLines(
      context.work,
      run.id,
      named(({ extractRow }) => extractRow),
    ),
    journal: await listJournalLines(
      context.work,
      run.id,
      named(({ expenditure }) => expenditure),
    ),
    matches: await listMatches(
      context.work,
      run.id,
      named(({ match }) => match),
    ),
  }
  const targets = requireExplainable(contents, items)
  await updateRun(context.work, run.id, { changed_by: context.actor.email })
  for (const { target, explanation } of targets) {
    await explain(context.work, run.id, target, explanation)
  }
  const change = items.map(({ cause, owner, note, ...item }) => ({ ...item, cause, owner, note }))
  return recordRun(context, run.id, 'matching.explained', { before: run, change })
}

async function openForOfficer(context: Context, id: string): Promise<Run> {
  const run = await lockVisible(context, id)
  authorize(context, 'matching.prepare', run.organization)
  return run
}

/** What one may not see is answered like what does not exist. */
export async function lockVisible(context: Context, id: string): Promise<Run> {
  const run = await lockRun(context.work, id)
  if (run === null || !may(context.actor, 'matching.read', run.organization)) {
    throw runNotFound()
  }
  return run
}

export interface Step {
  readonly before: Run | null
  readonly change: Canonical
  readonly reason?: string
}

/** With all its lines, for the answer; read before the event, which others wait behind. */
export async function recordRun(
  context: Context,
  id: string,
  type: string,
  step: Step,
): Promise<ShownRun> {
  const run = await findRun(context.work, id)
  if (run === null) {
    throw runNotFound()
  }
  const contents = await readContents(context.work, run)
  const { tieOut, digest, position } = await sealRun(context, id, type, step)
  return { contents, tieOut, digest, position }
}

/** The identities are asserted before the event says that the run is so. */
async function sealRun(
  context: Context,
  id: string,
  type: string,
  { before, change, reason }: Step,
): Promise<Omit<ShownRun, 'contents'> & { readonly run: Run }> {
  const { work } = context
  const run = await findRun(work, id)
  if (run === null) {
    throw runNotFound()
  }
  const tieOut = tieOutOf(await readFigures(work, run))
  const digest = await digestRun(work, id)
  const position = await record(context, {
    type,
    subject: `matching/${id}`,
    before: before === null ? null : { state: before.state, version: before.version },
    after: { ...sealedRun(run, digest), change },
    ...(reason === undefined ? {} : { reason }),
  })
  return { run, tieOut, digest, position }
}
