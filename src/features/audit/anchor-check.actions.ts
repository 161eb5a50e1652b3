import { Problem } from '#core/problem.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { readLineFileEnd, readLines } from '#platform/files/line-file.ts'
import { isSigned } from '#platform/files/signing-key.ts'
import { type Anchor, isTorn } from './anchor.ts'
import {
  type Acceptance,
  type AnchorWalk,
  isSuperseded,
  walkAnchor,
  walkStart,
} from './anchor-walk.ts'
import { type AnchorFiles, readOutside } from './anchors.actions.ts'
import { readHashes } from './anchors.store.ts'
import { type Break, breaksMax } from './check.ts'

/** What the anchors say of the record: what breaks, and how far it is promised. */
export interface AnchorFindings {
  readonly breaks: readonly Break[]
  /** The last position that a good anchor promises and the record has; 0 when there is none. */
  readonly anchored: number
}

interface Promised {
  readonly line: number
  readonly anchor: Anchor
}

const chunkSize = 1_000

/**
 * Every anchor that no acceptance took back: its signature by the key in force, and its seal against
 * the event at its position. The file is read twice and never held.
 * @param bytes what of the file was there before the snapshot: later anchors promise later events
 */
export async function checkAnchors(
  handle: Handle,
  files: AnchorFiles,
  bytes: number,
): Promise<AnchorFindings> {
  const outside = await readOutside(files)
  if (outside instanceof Problem) {
    const found = outside.detail ?? outside.code
    return {
      breaks: [{ place: 'anchors', expected: 'a key and anchors that can be read', found }],
      anchored: 0,
    }
  }
  const acceptances = await readAcceptances(files)
  const breaks: Break[] = [...(await tornBreaks(files))]
  let anchored = 0
  let read = 0
  let walk: AnchorWalk = walkStart
  let chunk: Promised[] = []
  const compare = async (): Promise<void> => {
    const compared = await compareChunk(handle, chunk)
    breaks.push(...compared.breaks)
    anchored = Math.max(anchored, compared.anchored)
    chunk = []
  }
  for await (const line of readLines(files.anchors.path)) {
    read += Buffer.byteLength(line) + 1
    if (read > bytes) {
      break
    }
    const step = walkAnchor(walk, line, isSigned)
    walk = step.walk
    breaks.push(...step.breaks)
    if (step.anchor !== null && !isSuperseded(walk.line, step.anchor.sequence, acceptances)) {
      chunk.push({ line: walk.line, anchor: step.anchor })
    }
    if (chunk.length >= chunkSize) {
      await compare()
    }
  }
  await compare()
  return { breaks: breaks.slice(0, breaksMax), anchored }
}

async function readAcceptances({ anchors }: AnchorFiles): Promise<readonly Acceptance[]> {
  const acceptances: Acceptance[] = []
  let walk: AnchorWalk = walkStart
  for await (const line of readLines(anchors.path)) {
    // Only the lines that matter here are worth a signature's time; the second reading checks all.
    const isMeant = line.startsWith('{"kind":"accepted"')
    walk = isMeant ? walk : { ...walk, line: walk.line + 1 }
    if (isMeant) {
      const { walk: after, anchor } = walkAnchor(walk, line, isSigned)
      walk = after
      if (anchor?.since != null) {
        acceptances.push({ line: walk.line, since: anchor.since })
      }
    }
  }
  return acceptances
}

/** A line cut short by a crash is mended with the next anchor; until then it is said. */
async function tornBreaks({ anchors }: AnchorFiles): Promise<readonly Break[]> {
  const end = await readLineFileEnd(anchors.path)
  return end === null || isTorn(end.rest)
    ? []
    : [{ place: 'anchors, the end', expected: 'a line feed', found: end.rest.slice(0, 80) }]
}

async function compareChunk(
  handle: Handle,
  promised: readonly Promised[],
): Promise<AnchorFindings> {
  const hashes = await readHashes(
    handle,
    promised.map(({ anchor }) => anchor.sequence),
  )
  const held = promised.filter(({ anchor }) => hashes.get(anchor.sequence) === anchor.hash)
  const breaks = promised
    .filter(({ anchor }) => hashes.get(anchor.sequence) !== anchor.hash)
    .map(({ line, anchor }) => ({
      place: `event ${anchor.sequence} (anchor, line ${line})`,
      expected: `hash ${anchor.hash}`,
      found: hashes.has(anchor.sequence) ? `hash ${hashes.get(anchor.sequence)}` : 'no event',
    }))
  return { breaks, anchored: Math.max(0, ...held.map(({ anchor }) => anchor.sequence)) }
}
