import { Problem } from '#core/problem.ts'
import { type Context, perform, record } from '#features/identity/context.public.ts'
import { readLines } from '#platform/files/line-file.ts'
import {
  makeSigningKey,
  readSigningKey,
  replaceSigningKey,
  type SigningKey,
} from '#platform/files/signing-key.ts'
import { type Anchor, parseAnchor } from './anchor.ts'
import { anchorsHeld, keyUnusable, nothingToAccept, nothingToRotate } from './anchor-problems.ts'
import { type Acceptance, isSuperseded } from './anchor-walk.ts'
import {
  type Anchored,
  type AnchorFiles,
  anchorNow,
  append,
  findUnanchored,
  findUnguarded,
  holdAnchors,
  readOutside,
} from './anchors.actions.ts'
import { readHashes, readLastEvent } from './anchors.store.ts'

type Caller = Parameters<typeof perform>[1]

/**
 * After a restore: the record goes on from what it has now. Said in the record itself, by an event,
 * and among the anchors, by a line that takes back what later anchors promised, with the reason.
 * @throws Problem `audit/nothing-to-accept`, `audit/anchors-held`
 */
export function acceptRecord(
  service: Anchored,
  files: AnchorFiles,
  caller: Caller,
  reason: string,
): Promise<Anchor> {
  return holding(service, async () => {
    const outside = await readOutside(files)
    if (outside instanceof Problem) {
      throw outside
    }
    const unguarded = await findUnguarded(service)
    if (unguarded !== null) {
      throw unguarded
    }
    const { key, last } = outside
    const refusal = await findUnanchored(service, files)
    if (refusal === null || key === null || last === null) {
      throw nothingToAccept()
    }
    // Nothing else is written in this state, so what was just read still stands.
    const { since, standing } = await perform(
      { ...service, refusal: () => null },
      caller,
      (context) => recordAcceptance(context, { files, last, reason }),
    )
    return append(files, key, { kind: 'accepted', ...standing, since, reason })
  })
}

async function recordAcceptance(
  context: Context,
  { files, last, reason }: { files: AnchorFiles; last: Anchor; reason: string },
) {
  const since = await lastHeld(context, files)
  const before = await readLastEvent(context.work)
  await record(context, {
    type: 'record.accepted',
    subject: 'record',
    before: { anchored: last.sequence, anchoredSeal: last.hash },
    after: { held: since, position: before.sequence, seal: before.hash },
    reason,
  })
  return { since, standing: await readLastEvent(context.work) }
}

/** The greatest anchored position that the record still has; 0 when it has none. */
async function lastHeld({ work }: Context, { anchors }: AnchorFiles): Promise<number> {
  const seen: { line: number; sequence: number; hash: string }[] = []
  const acceptances: Acceptance[] = []
  let line = 0
  for await (const text of readLines(anchors.path)) {
    line += 1
    const anchor = parseAnchor(text)
    if (anchor !== null) {
      seen.push({ line, sequence: anchor.sequence, hash: anchor.hash })
    }
    if (anchor?.since != null) {
      acceptances.push({ line, since: anchor.since })
    }
  }
  const binding = seen.filter((each) => !isSuperseded(each.line, each.sequence, acceptances))
  const hashes = await readHashes(
    work,
    binding.map(({ sequence }) => sequence),
  )
  const held = binding.filter(({ sequence, hash }) => hashes.get(sequence) === hash)
  return Math.max(0, ...held.map(({ sequence }) => sequence))
}

/**
 * A new signing key, introduced by a line that the old one signs. The new key waits beside the old
 * one until that line is on the disk; an interruption in between is finished by the next rotation.
 */
export function rotateKey(service: Anchored, files: AnchorFiles): Promise<Anchor> {
  return holding(service, async () => {
    const { path } = files.signingKey
    const waiting = `${path}.next`
    await makeSigningKey(waiting)
    const next = await readSigningKey(waiting)
    if (typeof next === 'string') {
      throw keyUnusable(waiting)
    }
    const introduced = (await introducedBy(files, next)) ?? (await introduce(service, files, next))
    await replaceSigningKey(path, waiting)
    return introduced
  })
}

/** The line of an interrupted rotation; then the old key in hand is refused everywhere else. */
async function introducedBy({ anchors }: AnchorFiles, next: SigningKey): Promise<Anchor | null> {
  let last: Anchor | null = null
  for await (const text of readLines(anchors.path)) {
    last = parseAnchor(text)
  }
  return last?.introduces === next.publicKey ? last : null
}

async function introduce(service: Anchored, files: AnchorFiles, next: SigningKey): Promise<Anchor> {
  await anchorNow(service, files)
  const outside = await readOutside(files)
  if (outside instanceof Problem) {
    throw outside
  }
  const { key, last } = outside
  if (key === null || last === null) {
    throw nothingToRotate()
  }
  const { sequence, hash } = last
  return append(files, key, { kind: 'key', sequence, hash, introduces: next.publicKey })
}

async function holding<T>(service: Anchored, work: () => Promise<T>): Promise<T> {
  const lock = await holdAnchors(service)
  if (lock === null) {
    throw anchorsHeld()
  }
  try {
    return await work()
  } finally {
    await lock.release()
  }
}
