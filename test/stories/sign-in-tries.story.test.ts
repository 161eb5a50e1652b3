import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '#test/support/app.ts'
import { givePassword, signIn, trySignIn } from '#test/support/browser.ts'
import { watchHashings } from '#test/support/hashings.ts'

let app: TestApp
const hashings = watchHashings()
const wrong = 'agrafe cheval pile erreur'

beforeAll(async () => {
  app = await testApp({ poolMax: 16 })
})
afterAll(async () => {
  hashings.stop()
  await app.close()
})

const owner = (statement: string, values: unknown[] = []) =>
  app.database.owner.query(statement, values)

async function somebody(name: string): Promise<string> {
  await app.person(name, 'officer')
  await givePassword(app, `${name}@vigie.test`)
  return `${name}@vigie.test`
}

const fail = async (email: string, times: number, address?: string): Promise<number[]> => {
  const statuses: number[] = []
  for (let place = 0; place < times; place += 1) {
    const tried = { email, password: wrong, ...(address === undefined ? {} : { address }) }
    statuses.push((await trySignIn(app, tried)).status)
  }
  return statuses
}

const pass = (minutes: number) =>
  owner(
    `update sign_in_attempt set last_at = last_at - make_interval(mins => $1),
    failed_at = array(
      select failed.at - make_interval(mins => $1) from unnest(failed_at) as failed (at))`,
    [minutes],
  )

const lockings = async (account: string) =>
  (await owner('select actor, payload from event where subject = $1', [`account/${account}`])).rows

describe('ten tries that fail', () => {
  test.each([
    ['an account', true],
    ['an account that does not exist', false],
  ])('lock %s for the address they came from, in the same words', async (_what, isReal) => {
    const email = isReal ? await somebody('locked') : 'ghost@vigie.test'
    expect(await fail(email, 10)).toEqual(Array(10).fill(401))
    // The right password no longer helps, and is not even hashed.
    const hashed = await hashings.countOf(async () => {
      const { status, body, headers } = await trySignIn(app, { email })
      expect([status, body.code]).toEqual([429, 'identity/too-many-tries'])
      expect(body.detail).toBe('Trop d’essais ont échoué. Recommencez dans 15 min.')
      expect(Number(headers['retry-after'])).toBeGreaterThan(800)
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(900)
    })
    expect(hashed).toBe(0)
    const [locking, ...more] = await lockings(email)
    expect([locking.actor, more]).toEqual(['system', []])
    expect(locking.payload).toContain('192.0.2.1')
    expect(locking.payload).not.toContain(wrong)
  })

  test('leave the account open to other addresses', async () => {
    const email = await somebody('elsewhere')
    await fail(email, 10, '203.0.113.5')
    await signIn(app, { email, address: '203.0.113.6' })
  })

  test('are counted over the last 15 minutes, not from a first one', async () => {
    const email = await somebody('patient')
    await fail(email, 5)
    await pass(10)
    expect(await fail(email, 6)).toEqual([401, 401, 401, 401, 401, 429])
    await pass(6)
    // The first five are 16 minutes old, the others 6.
    expect(await fail(email, 6)).toEqual([401, 401, 401, 401, 401, 429])
  })

  test('are not forgotten by a try that succeeds, whose event tells them', async () => {
    const email = await somebody('forgetful')
    await fail(email, 9)
    await signIn(app, { email })
    const { rows } = await owner(
      `select payload from event where type = 'person.signed-in' and actor = $1`,
      [email],
    )
    expect(rows[0].payload).toContain('failedTries;i9;')
    expect(await fail(email, 2)).toEqual([401, 429])
  })

  test('are swept once they no longer count', async () => {
    await fail('swept@vigie.test', 1)
    await pass(16)
    await fail('sweeper@vigie.test', 1)
    const { rows } = await owner('select account from sign_in_attempt')
    expect(rows).toEqual([{ account: 'sweeper@vigie.test' }])
  })
})

describe('64 tries at once', () => {
  test('are verified ten times at most, and succeed as often as they are right', async () => {
    const email = await somebody('stormed')
    const answers: number[] = []
    const hashed = await hashings.countOf(async () => {
      const tries = Array.from({ length: 64 }, () => trySignIn(app, { email, password: wrong }))
      answers.push(...(await Promise.all(tries)).map(({ status }) => status))
    })
    expect(hashed).toBe(10)
    expect(answers.filter((status) => status === 401)).toHaveLength(10)
    expect(answers.filter((status) => status === 429)).toHaveLength(54)
    expect(await lockings(email)).toHaveLength(1)
  })
})
