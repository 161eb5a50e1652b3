import { createHash } from 'node:crypto'
import { documentNumber } from '#core/ids.ts'
import type { Context } from '#features/identity/context.public.ts'
import { nextNumbers } from '#features/journal/journal.public.ts'
import {
  deleteRows,
  insertTogether,
  lockTogether,
  type NewTogether,
  readRoot,
  readTogether,
  returnRows,
  sealLeaves,
  sealRows,
  submitRows,
} from './together.store.ts'
import type { Obstacle, Sealed, TogetherState } from './together.ts'

/**
 * Steps of many documents in one transaction and one event, for a feature that brings them by file.
 * The caller authorizes, records the event, and puts in it what is answered here.
 */
const lot = 1_000

export function* lots<T>(items: readonly T[]): Generator<readonly T[], void> {
  for (let at = 0; at < items.length; at += lot) {
    yield items.slice(at, at + lot)
  }
}

/** How the numbers of new documents are given: in the order asked, each year from its counter. */
export interface Numbering {
  readonly numberOf: (year: NewTogether['fiscalYear']) => string
}

/** Whoever enters documents of these years waits from here to our commit. */
export async function openNumbering(
  { work }: Context,
  counts: ReadonlyMap<string, number>,
): Promise<Numbering> {
  const last = await nextNumbers(work, 'D', counts)
  return {
    numberOf(year) {
      const next = (last.get(year) ?? 0) + 1
      last.set(year, next)
      return documentNumber('D', year, next)
    },
  }
}

/** A lot of new documents: drafts, or submitted at once. */
export const enterTogether = (
  { work, actor }: Context,
  documents: readonly NewTogether[],
  isSubmitted: boolean,
): Promise<void> => insertTogether(work, documents, { by: actor.email, isSubmitted })

/** Which of the documents a step is about, and what keeps any of those. */
export interface Step {
  readonly isAbout: (document: TogetherState) => boolean
  readonly obstacles: (documents: readonly TogetherState[]) => readonly Obstacle[]
}

export interface OpenedTogether {
  /** Ids of those that the step is about, by state, in the order asked. */
  readonly byState: ReadonlyMap<string, readonly string[]>
  readonly obstacles: readonly Obstacle[]
}

/** Locks them in the order of ids, and tells which the step is about. */
export async function openTogether(
  { work, actor }: Context,
  ids: readonly string[],
  { isAbout, obstacles }: Step,
): Promise<OpenedTogether> {
  await lockTogether(work, ids)
  const byState = new Map<string, string[]>()
  const found: Obstacle[] = []
  for (const some of lots(ids)) {
    const meant = (await readTogether(work, some, actor.email)).filter(isAbout)
    found.push(...obstacles(meant))
    for (const { id, state } of meant) {
      const known = byState.get(state) ?? []
      byState.set(state, known)
      known.push(id)
    }
  }
  return { byState, obstacles: found }
}

export async function submitTogether(
  { work, actor }: Context,
  ids: readonly string[],
): Promise<void> {
  for (const some of lots(ids)) {
    await submitRows(work, some, actor.email)
  }
}

export async function returnTogether({ work }: Context, ids: readonly string[]): Promise<void> {
  for (const some of lots(ids)) {
    await returnRows(work, some)
  }
}

/** Seals them as they now are, and answers what the event says of them. */
export async function sealTogether(
  { work, event }: Context,
  ids: readonly string[],
): Promise<Sealed> {
  let after = 0
  for (const some of lots(ids)) {
    await sealRows(work, event, { ids: some, after })
    after += some.length
  }
  return readRoot(work, event)
}

/** Deletes drafts. What is sealed of each is that there is nothing. */
export async function deleteTogether(
  { work, event }: Context,
  ids: readonly string[],
  after = 0,
): Promise<void> {
  let place = after
  for (const some of lots(ids)) {
    await deleteRows(work, some)
    await sealLeaves(work, event, { leaves: some.map(deleted), after: place })
    place += some.length
  }
}

const deleted = (id: string) => ({ id, version: 0, leaf: leafOf('n;') })

/** Of a canonical text, in hexadecimal, as the journal's leaves are made. */
export const leafOf = (text: string): string =>
  createHash('sha256').update('\0').update(text).digest('hex')
