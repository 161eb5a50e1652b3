import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { Problem } from '#core/problem.ts'
import type { Work } from '#platform/db/transaction.ts'

/**
 * A request that may be sent again happens once (docs/architecture.md). The key's row is the
 * first thing written, in the transaction that does the work: a second holder of the key waits on
 * the row until the first one ends, then finds its answer, or finds nothing and does the work, for
 * a refusal took the row away with everything else. Looking first and writing later would let both
 * through. Whoever calls `claimKey` calls `saveAnswer` before the commit.
 */
export interface ClaimedKey {
  readonly actor: string
  readonly key: string
}

export interface StoredAnswer {
  readonly status: number
  readonly etag: string | null
  /** The JSON text that was sent, byte for byte. */
  readonly body: string
}

const keyForm = /^[\x21-\x7e]{1,255}$/

/** Null without the header. @throws Problem `http/key-malformed` */
export function idempotencyKeyOf(headers: IncomingHttpHeaders): string | null {
  const key = headers['idempotency-key']
  if (key === undefined) {
    return null
  }
  if (typeof key !== 'string' || !keyForm.test(key)) {
    throw new Problem('invalid', 'http/key-malformed', {
      fr: 'La clé Idempotency-Key doit compter de 1 à 255 caractères ASCII visibles, sans espace.',
      en: 'The Idempotency-Key must have 1 to 255 visible ASCII characters and no spaces.',
    })
  }
  return key
}

export interface RequestParts {
  readonly method: string
  readonly url: string
  /** The bytes, or a digest of them. */
  readonly body: string | Uint8Array | null
}

/** Each part with its length, so that no two requests run together into the same bytes. */
export function requestHash({ method, url, body }: RequestParts): string {
  const hash = createHash('sha256')
  for (const part of [method, url, body ?? '']) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part
    hash.update(`${bytes.length}:`).update(bytes)
  }
  return hash.digest('hex')
}

export const hashOfRequest = ({ method, url, bodySha256 }: FastifyRequest): string =>
  requestHash({ method, url, body: bodySha256 })

/**
 * Takes the key for this transaction, waiting for whoever holds it.
 * @returns the first answer when the same request was answered before, null when it is to be done
 * @throws Problem `http/key-reused`
 */
export async function claimKey(
  work: Work,
  claim: ClaimedKey & { readonly requestHash: string },
): Promise<StoredAnswer | null> {
  const { actor, key, requestHash: hash } = claim
  const { numInsertedOrUpdatedRows } = await work
    .insertInto('idempotency_key')
    .values({ actor, key, request_hash: hash })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 1n) {
    return null
  }
  const row = await work
    .selectFrom('idempotency_key as kept')
    .select(['kept.request_hash', 'kept.status', 'kept.etag', 'kept.answer'])
    .where('kept.actor', '=', actor)
    .where('kept.key', '=', key)
    .executeTakeFirstOrThrow()
  return storedAnswer(row, hash)
}

interface KeptRow {
  readonly request_hash: string
  readonly status: number | null
  readonly etag: string | null
  readonly answer: string | null
}

function storedAnswer(row: KeptRow, hash: string): StoredAnswer {
  if (row.request_hash !== hash) {
    throw new Problem('refused', 'http/key-reused', {
      fr: 'Cette clé Idempotency-Key a déjà servi pour une autre requête. Prenez-en une nouvelle.',
      en: 'This Idempotency-Key was already used for another request. Take a new one.',
    })
  }
  if (row.status === null || row.answer === null) {
    throw new Error('an idempotency key was committed without its answer')
  }
  return { status: row.status, etag: row.etag, body: row.answer }
}

/** @throws RangeError unless the status is 2xx: a refusal does not use the key up. */
export async function saveAnswer(
  work: Work,
  claim: ClaimedKey,
  answer: StoredAnswer,
): Promise<void> {
  const { status, etag, body } = answer
  if (status < 200 || status > 299) {
    throw new RangeError(`an answer with status ${status} is not kept`)
  }
  const { numUpdatedRows } = await work
    .updateTable('idempotency_key')
    .set({ status, etag, answer: body })
    .where('actor', '=', claim.actor)
    .where('key', '=', claim.key)
    .where('status', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) {
    throw new Error('an answer was saved for a key that was not claimed')
  }
}
