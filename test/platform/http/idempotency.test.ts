import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '#core/problem.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import {
  claimKey,
  idempotencyKeyOf,
  requestHash,
  type StoredAnswer,
  saveAnswer,
} from '#platform/http/idempotency.ts'
import { within } from '#test/support/bounds.ts'
import { testDatabase } from '#test/support/database.ts'
import { aProblem, pause } from './http-support.ts'

const hash = requestHash({ method: 'POST', url: '/things', body: '{}' })
const answer: StoredAnswer = { status: 201, etag: '"1"', body: '{"id":"é\\u0000"}' }
const newClaim = () => ({ actor: 'a@example.org', key: randomUUID(), requestHash: hash })

let database: Awaited<ReturnType<typeof testDatabase>>
let handle: Handle
beforeAll(async () => {
  database = await testDatabase()
  handle = database.handle
})
afterAll(() => database.close())

/** What a route does: take the key, do the work once, keep the answer. */
const once = (claim: ReturnType<typeof newClaim>, act: (work: Work) => Promise<StoredAnswer>) =>
  within(handle, {}, async (work) => {
    const stored = await claimKey(work, claim)
    if (stored !== null) {
      return stored
    }
    const fresh = await act(work)
    await saveAnswer(work, claim, fresh)
    return fresh
  })

describe('a request that is sent again', () => {
  test('is done once and gets its first answer, byte for byte', async () => {
    const claim = newClaim()
    let effects = 0
    const act = async (): Promise<StoredAnswer> => {
      effects += 1
      return { ...answer, status: 200 + effects }
    }
    const first = await once(claim, act)
    expect(first).toEqual(answer)
    expect(await once(claim, act)).toEqual(first)
    expect(effects).toBe(1)
  })

  test('while the first one is under way waits for its answer: sixteen at once, one effect', async () => {
    const claim = newClaim()
    let effects = 0
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, place) =>
        once(claim, async () => {
          effects += 1
          await pause(50)
          return { ...answer, body: `{"done":${place}}` }
        }),
      ),
    )
    expect(effects).toBe(1)
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  })

  test('with another body under the same key is refused', async () => {
    const claim = newClaim()
    await once(claim, async () => answer)
    const other = requestHash({ method: 'POST', url: '/things', body: '{ }' })
    const again = once({ ...claim, requestHash: other }, async () => answer)
    await expect(again).rejects.toMatchObject({ status: 422, code: 'http/key-reused' })
  })

  test('by somebody else is another request', async () => {
    const claim = newClaim()
    await once(claim, async () => answer)
    const theirs = { ...claim, actor: 'b@example.org' }
    expect(await once(theirs, async () => ({ ...answer, body: '{}' }))).toMatchObject({
      body: '{}',
    })
  })

  test('after a refusal is done: a refusal does not use the key up', async () => {
    const claim = newClaim()
    const refused = once(claim, async () => {
      throw aProblem('refused', 'x/refused')
    })
    await expect(refused).rejects.toBeInstanceOf(Problem)
    expect(await once(claim, async () => answer)).toEqual(answer)
  })

  test('while the first one is being refused waits, then is done', async () => {
    const claim = newClaim()
    const first = once(claim, async () => {
      await pause(100)
      throw aProblem('refused', 'x/refused')
    })
    await pause(30)
    const second = once(claim, async () => answer)
    await expect(first).rejects.toBeInstanceOf(Problem)
    expect(await second).toEqual(answer)
  })
})

describe('bugs of a caller', () => {
  test('a refusal cannot be kept', async () => {
    const claim = newClaim()
    for (const status of [199, 300, 422, 500]) {
      await expect(once(claim, async () => ({ ...answer, status }))).rejects.toThrow(RangeError)
    }
  })

  test('an answer needs a key that was taken, and is kept once', async () => {
    await expect(
      within(handle, {}, (work) => saveAnswer(work, newClaim(), answer)),
    ).rejects.toThrow('not claimed')
    const claim = newClaim()
    await once(claim, async () => answer)
    await expect(within(handle, {}, (work) => saveAnswer(work, claim, answer))).rejects.toThrow()
  })

  test('a key committed without its answer is found out', async () => {
    const claim = newClaim()
    await within(handle, {}, (work) => claimKey(work, claim))
    await expect(once(claim, async () => answer)).rejects.toThrow('without its answer')
  })
})

describe('keys', () => {
  test('are optional', () => {
    expect(idempotencyKeyOf({})).toBe(null)
  })

  test.each(['a', '!~', 'x'.repeat(255), '"8e03978e-40d5-43dd-bc93-6894a57f9324"'])(
    '%j is taken as it stands',
    (key) => {
      expect(idempotencyKeyOf({ 'idempotency-key': key })).toBe(key)
    },
  )

  test.each(['', ' ', 'a b', 'a, a', 'x'.repeat(256), 'é', 'a\n', '\u007f'])(
    '%j is malformed',
    (key) => {
      expect(() => idempotencyKeyOf({ 'idempotency-key': key })).toThrow(
        expect.objectContaining({ status: 400, code: 'http/key-malformed' }),
      )
    },
  )
})

describe('the hash of a request', () => {
  const parts = { method: 'POST', url: '/a', body: 'b' }

  test('is the same for text and for its bytes', () => {
    expect(requestHash({ ...parts, body: 'é' })).toBe(
      requestHash({ ...parts, body: new TextEncoder().encode('é') }),
    )
    expect(requestHash(parts)).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each([
    ['another method', { ...parts, method: 'PUT' }],
    ['another address', { ...parts, url: '/b' }],
    ['another body', { ...parts, body: 'c' }],
    ['no body', { ...parts, body: null }],
    ['parts that run together', { ...parts, url: '/ab', body: '' }],
    ['parts that imitate the separator', { ...parts, url: '/a1:b', body: '' }],
  ])('differs for %s', (_name, other) => {
    expect(requestHash(other)).not.toBe(requestHash(parts))
  })
})
