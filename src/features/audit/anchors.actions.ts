import { Problem } from '#core/problem.ts'
import { type Actor, everyOrganization, systemActor } from '#features/identity/actor.ts'
import { authorize, type Viewing, view } from '#features/identity/context.public.ts'
import type { HeldLock } from '#platform/db/held-lock.ts'
import { appendLine, readLineFileEnd, readLines } from '#platform/files/line-file.ts'
import {
  isSigned,
  makeSigningKey,
  readSigningKey,
  type SigningKey,
} from '#platform/files/signing-key.ts'
import { type Anchor, type AnchorStatement, anchorLine, anchorText, parseAnchor } from './anchor.ts'
import {
  anchorsUnreadable,
  guardsMissing,
  judgeEnd,
  judgeStanding,
  keyUnusable,
} from './anchor-problems.ts'
import { readHashes, readLastEvent, type Standing } from './anchors.store.ts'
import { findGuardBreaks } from './guards-check.store.ts'

/** Where key and anchors are. Those of the data folder are made when needed, named ones must exist. */
export interface AnchorFiles {
  readonly signingKey: { readonly path: string; readonly isNamed: boolean }
  readonly anchors: { readonly path: string; readonly isNamed: boolean }
}

/** What anchoring needs of the service. */
export type Anchored = Parameters<typeof view>[0] & {
  readonly tryLock: (key: string) => Promise<HeldLock | null>
}

const lockKey = '8317425504102118'

/** Reads the whole record, for the record's own sake. */
const keeper: Actor = {
  email: systemActor.email,
  roles: [{ role: 'auditor', organization: everyOrganization }],
}
export const keeperCall = { actor: keeper, request: 'keeper', operatingSystemUser: null }

/** What is outside the database, and the database as it stands against it. */
interface Outside {
  readonly key: SigningKey | null
  readonly last: Anchor | null
}

/** Why nothing may be written; null when everything is as it must be. */
export const findRefusal = async (service: Anchored, files: AnchorFiles): Promise<Problem | null> =>
  (await findUnguarded(service)) ?? (await findUnanchored(service, files))

/** @returns Problem `audit/guards-missing` */
export async function findUnguarded(service: Anchored): Promise<Problem | null> {
  const guards = await view(service, keeperCall, ({ handle }) => findGuardBreaks(handle))
  return guards.length === 0 ? null : guardsMissing(guards.map(({ place }) => place))
}

/** What changes under a running service: key and anchors, and a database that was exchanged. */
export async function findUnanchored(
  service: Anchored,
  files: AnchorFiles,
): Promise<Problem | null> {
  const outside = await readOutside(files)
  return outside instanceof Problem
    ? outside
    : view(service, keeperCall, async ({ handle }) =>
        judgeStanding(outside.last, await hashAt(handle, outside.last)),
      )
}

async function hashAt(handle: Viewing['handle'], last: Anchor | null): Promise<string | null> {
  return last === null
    ? null
    : ((await readHashes(handle, [last.sequence])).get(last.sequence) ?? null)
}

export async function readOutside({
  signingKey,
  anchors,
}: AnchorFiles): Promise<Outside | Problem> {
  const key = await readSigningKey(signingKey.path)
  const end = await readLineFileEnd(anchors.path).catch((error: unknown) =>
    anchorsUnreadable(anchors.path, error),
  )
  if (end instanceof Problem) {
    return end
  }
  if (end === null && anchors.isNamed) {
    return anchorsUnreadable(anchors.path, null)
  }
  // A key that is not there yet is made with the first anchor, and with no other one.
  const isNew = key === 'absent' && !signingKey.isNamed && (end?.lastLine ?? null) === null
  if (typeof key === 'string' && !isNew) {
    return keyUnusable(signingKey.path)
  }
  const found = typeof key === 'string' ? null : key
  const last = judgeEnd(end, found?.publicKey ?? null, isSigned)
  return last instanceof Problem ? last : { key: found, last }
}

/** Null when another process holds the anchors. */
export const holdAnchors = (service: Anchored): Promise<HeldLock | null> => service.tryLock(lockKey)

/**
 * Signs the record as it stands, if so many events have come since the last anchor. The caller holds
 * the anchors. @throws Problem why nothing may be signed
 */
export async function anchorNow(
  service: Anchored,
  files: AnchorFiles,
  eventsMin = 1,
): Promise<Anchor | null> {
  const outside = await readOutside(files)
  if (outside instanceof Problem) {
    throw outside
  }
  const { last } = outside
  const { standing, found } = await view(service, keeperCall, async ({ handle }) => ({
    standing: await readLastEvent(handle),
    found: await hashAt(handle, last),
  }))
  const refusal = judgeStanding(last, found)
  if (refusal !== null) {
    throw refusal
  }
  if (standing.sequence - (last?.sequence ?? 0) < eventsMin) {
    return null
  }
  const key = outside.key ?? (await madeKey(files))
  return append(files, key, {
    kind: last === null ? 'key' : 'anchor',
    ...standing,
    introduces: last === null ? key.publicKey : null,
  })
}

async function madeKey({ signingKey }: AnchorFiles): Promise<SigningKey> {
  await makeSigningKey(signingKey.path)
  const key = await readSigningKey(signingKey.path)
  if (typeof key === 'string') {
    throw keyUnusable(signingKey.path)
  }
  return key
}

/** What is said; who signs and when is added. */
type Said = Pick<AnchorStatement, 'kind'> & Standing & Partial<AnchorStatement>

export async function append(files: AnchorFiles, key: SigningKey, said: Said): Promise<Anchor> {
  const statement: AnchorStatement = {
    introduces: null,
    since: null,
    reason: null,
    ...said,
    at: new Date().toISOString(),
    key: key.publicKey,
  }
  const anchor = { ...statement, signature: key.sign(anchorText(statement)) }
  await appendLine(files.anchors.path, anchorLine(anchor)).catch((error: unknown) => {
    throw anchorsUnreadable(files.anchors.path, error)
  })
  return anchor
}

/** At the end of a command that wrote: signed at once, unless whoever holds the anchors will do it. */
export async function anchorIfFree(service: Anchored, files: AnchorFiles): Promise<void> {
  const lock = await holdAnchors(service)
  if (lock === null) {
    return
  }
  try {
    await anchorNow(service, files)
  } finally {
    await lock.release()
  }
}

export interface ListedAnchor {
  readonly line: number
  /** Null for a line that is no anchor. */
  readonly anchor: Anchor | null
}

/** The lines after one, in their order, and one more than asked. */
export async function listAnchors(
  viewing: Viewing,
  files: AnchorFiles | null,
  asked: { readonly after: number; readonly limit: number },
): Promise<{ readonly listed: readonly ListedAnchor[]; readonly count: number }> {
  authorize(viewing, 'record.verify')
  const listed: ListedAnchor[] = []
  let line = 0
  for await (const text of files === null ? [] : readLines(files.anchors.path)) {
    line += 1
    if (line > asked.after && listed.length <= asked.limit) {
      listed.push({ line, anchor: parseAnchor(text) })
    }
  }
  return { listed, count: line }
}
