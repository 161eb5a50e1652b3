import { createHash } from 'node:crypto'
import { Problem } from '#core/problem.ts'
import type { Actor } from '#features/identity/actor.ts'
import { type Context, record, type Viewing } from '#features/identity/context.public.ts'
import { actorOfEmail } from '#features/identity/identity.public.ts'
import {
  type Attempt,
  clearExpired,
  type Finished,
  saveBegun,
  saveFailed,
  saveFinished,
  savePart,
  saveProgress,
} from './export-drawing.store.ts'
import type { Told } from './long-workbook.actions.ts'
import { exportLimits, isPending } from './queued-export.ts'
import { subjectOf } from './queued-exports.actions.ts'
import { findExportForUpdate } from './queued-exports.store.ts'
import { readCommand } from './report-command.ts'
import { streamWorkbook } from './workbooks.actions.ts'

/** What is to be drawn, and as whom: with the rights that its asker has now. */
export interface Drawing extends Attempt {
  readonly command: string
  readonly actor: Actor
}

/**
 * As the system. Null where there is nothing to draw any more.
 * @throws Problem `identity/person-unknown`
 */
export async function beginExport({ work }: Context, id: string): Promise<Drawing | null> {
  const found = await findExportForUpdate(work, id)
  if (found === null || !isPending(found)) {
    return null
  }
  const begun = await saveBegun(work, id)
  if (begun.attempt > exportLimits.attemptsMax) {
    await saveFailed(work, id, 'exports/given-up')
    return null
  }
  return { ...begun, command: found.command, actor: await actorOfEmail(work, found.askedBy) }
}

/**
 * Draws the file as its asker and hands it over in pieces, each kept before the next is made.
 * @throws what `keep` throws, and the Problem of the report
 */
export async function drawExport(
  viewing: Viewing,
  { command }: Drawing,
  { keep, told }: { readonly keep: KeepPart; readonly told: Told },
): Promise<Finished> {
  const asked = readCommand(command)
  if (asked === null) {
    throw new Error(`no command of ours: ${command}`)
  }
  const hash = createHash('sha256')
  let bytes = 0
  let place = 0
  for await (const content of pieces(streamWorkbook(viewing, asked, told))) {
    hash.update(content)
    bytes += content.length
    await keep({ place, content })
    place += 1
  }
  return { bytes, sha256: hash.digest('hex') }
}

export type KeepPart = (part: { readonly place: number; readonly content: Buffer }) => Promise<void>

async function* pieces(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  let waiting: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of content) {
    for (let at = 0; at < chunk.length; at += exportLimits.partBytes) {
      const part = chunk.subarray(at, at + exportLimits.partBytes)
      waiting.push(part)
      bytes += part.length
      if (bytes >= exportLimits.partBytes) {
        yield Buffer.concat(waiting)
        waiting = []
        bytes = 0
      }
    }
  }
  if (bytes > 0) {
    yield Buffer.concat(waiting)
  }
}

/** The export was cancelled, or another attempt at it has begun. */
export class Superseded extends Error {}

export async function keepPart(
  { work }: Context,
  attempt: Attempt,
  part: { readonly place: number; readonly content: Buffer },
): Promise<void> {
  if (!(await savePart(work, attempt, part))) {
    throw new Superseded()
  }
}

/** @throws Superseded */
export async function tellProgress(
  { work }: Context,
  attempt: Attempt,
  progress: { readonly done: number; readonly total: number },
): Promise<void> {
  if (!(await saveProgress(work, attempt, progress))) {
    throw new Superseded()
  }
}

/** As the system. The event seals the file. @throws Superseded */
export async function finishExport(
  context: Context,
  attempt: Attempt,
  { bytes, sha256 }: Finished,
): Promise<void> {
  const { work, event } = context
  if (!(await saveFinished(work, attempt, { bytes, sha256, event }))) {
    throw new Superseded()
  }
  await record(context, {
    type: 'export.finished',
    subject: subjectOf(attempt.id),
    before: null,
    after: { bytes, sha256 },
  })
}

export const failExport = ({ work }: Context, id: string, code: string): Promise<void> =>
  saveFailed(work, id, code)

export const expireExports = ({ work }: Context): Promise<number> => clearExpired(work)

/** What is told of a drawing that failed; null for what is a bug. */
export const refusalOf = (error: unknown): string | null =>
  error instanceof Problem ? error.code : null
