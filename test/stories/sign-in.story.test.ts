import { argon2 } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword, verifyPassword } from '#features/identity/hashing.public.ts'
import { type Answered, type TestApp, testApp } from '#test/support/app.ts'
import {
  type Browser,
  browserOf,
  givePassword,
  goodPassword,
  signIn,
  trySignIn,
} from '#test/support/browser.ts'
import { draft } from '#test/support/drafts.ts'
import { watchHashings } from '#test/support/hashings.ts'

let app: TestApp
const hashings = watchHashings()
const email = 'officer@vigie.test'
const wrong = 'agrafe cheval pile erreur'

beforeAll(async () => {
  app = await testApp()
  await app.person('officer', 'officer')
  await app.person('administrator', 'administrator')
  await givePassword(app, email)
})
afterAll(async () => {
  hashings.stop()
  await app.close()
})

const owner = (statement: string, values: unknown[] = []) =>
  app.database.owner.query(statement, values)

const events = async (type: string) =>
  (
    await owner('select actor, subject, payload from event where type = $1 order by sequence', [
      type,
    ])
  ).rows

/** Somebody of their own for a test that ends what they hold. */
async function somebody(name: string): Promise<string> {
  await app.person(name, 'officer')
  await givePassword(app, `${name}@vigie.test`)
  return `${name}@vigie.test`
}

const isRefused = ({ status, body }: Answered) => {
  expect([status, body.code]).toEqual([401, 'identity/session-refused'])
}

describe('signing in', () => {
  test('answers who one is, and a cookie that only a browser over TLS gives back', async () => {
    const { status, body, setCookie, headers } = await trySignIn(app, { email })
    expect(status).toBe(200)
    expect(body).toEqual({
      email,
      name: 'officer',
      roles: [{ role: 'officer', organization: 'MSP' }],
      csrfToken: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    })
    const [value, ...flags] = setCookie.split('; ')
    expect(value).toMatch(/^__Host-vigie=[A-Za-z0-9_-]{43}$/)
    expect(flags.toSorted()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure'])
    expect(headers['cache-control']).toBe('no-store')
  })

  test('takes the address in any case, and the password in any form of Unicode', async () => {
    const anne = await somebody('anne')
    await givePassword(app, anne, 'été à la rivière')
    const password = 'été à la rivière'.normalize('NFD')
    expect((await trySignIn(app, { email: ` ${anne.toUpperCase()}`, password })).status).toBe(200)
  })

  test('lets one read and write with one’s own rights, as an event says', async () => {
    const browser = await signIn(app, { email })
    const session = await browser.ask('GET', '/session')
    expect(session.body).toMatchObject({ email, csrfToken: browser.csrfToken })
    expect((await browser.ask('POST', '/expenditures', { body: draft() })).body).toMatchObject({
      state: 'draft',
      preparedBy: email,
    })
    expect((await browser.ask('GET', '/users')).status).toBe(403)
    const signedIn = (await events('person.signed-in')).at(-1)
    expect(signedIn).toMatchObject({ actor: email, subject: `person/${email}` })
    expect(signedIn.payload).toContain('192.0.2.1')
  })

  test('ends after 12 hours, whatever one does', async () => {
    const browser = await signIn(app, { email })
    const { body } = await browser.ask('GET', '/session')
    const hours = (Date.parse(body.expiresAt) - Date.now()) / 3_600_000
    expect(hours).toBeGreaterThan(11.5)
    expect(hours).toBeLessThan(12.5)
    await owner(`update session set created_at = now() - interval '12 hours 1 second',
      expires_at = now() - interval '1 second'`)
    isRefused(await browser.ask('GET', '/session'))
  })

  test('ends after 30 minutes without a request; a request in between makes them begin anew', async () => {
    const browser = await signIn(app, { email })
    const pass = (minutes: number) =>
      owner('update session set used_at = used_at - make_interval(mins => $1)', [minutes])
    for (const minutes of [29, 29, 29]) {
      await pass(minutes)
      expect((await browser.ask('GET', '/session')).status).toBe(200)
    }
    await pass(31)
    isRefused(await browser.ask('GET', '/session'))
  })

  test('keeps a password with today’s parameters once it was seen', async () => {
    const old = await somebody('old')
    const password = 'été à la rivière'
    // 8 MiB and one pass: less than today's.
    const salt = Buffer.alloc(16, 7)
    const hash = await promisify(argon2)('argon2id', {
      message: password.normalize('NFKC'),
      nonce: salt,
      memory: 8192,
      passes: 1,
      parallelism: 1,
      tagLength: 32,
    })
    const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
    await owner(
      `update person_password set hash = $1 from person
      where person.id = person_password.person and person.email = $2`,
      [`$argon2id$v=19$m=8192,t=1,p=1$${text(salt)}$${text(hash)}`, old],
    )
    expect((await trySignIn(app, { email: old, password: wrong })).status).toBe(401)
    await Promise.all(
      Array.from({ length: 8 }, () =>
        signIn(app, { email: old, password: password.normalize('NFD') }),
      ),
    )
    const { rows } = await owner(
      `select hash from person_password join person on person.id = person_password.person
      where person.email = $1`,
      [old],
    )
    expect(rows[0].hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    await signIn(app, { email: old, password })
  })
})

describe('who may not sign in', () => {
  test('hears the same words after the same work, whatever the reason', async () => {
    const disabled = await somebody('disabled')
    await owner('update person set is_disabled = true where email = $1', [disabled])
    const reasons = [
      { email, password: wrong },
      { email: disabled },
      { email: 'administrator@vigie.test' },
      { email: 'nobody@vigie.test' },
      { email: 'no address at all' },
      { email: 'system' },
    ]
    const answers = new Set<string>()
    for (const reason of reasons) {
      const hashed = await hashings.countOf(async () => {
        const { status, body, headers, setCookie } = await trySignIn(app, reason)
        expect([status, setCookie]).toEqual([401, ''])
        const { date, ...others } = headers
        answers.add(JSON.stringify([{ ...body, instance: '' }, others]))
      })
      expect([reason.email, hashed]).toEqual([reason.email, 1])
    }
    expect(answers.size).toBe(1)
    expect([...answers][0]).toContain('identity/sign-in-refused')
  })

  test('leaves no event and no session', async () => {
    const count = async () =>
      (await owner('select (select count(*) from event) + (select count(*) from session) as n'))
        .rows[0].n
    const before = await count()
    await trySignIn(app, { email, password: wrong, address: '192.0.2.7' })
    await trySignIn(app, { email: 'nobody@vigie.test', address: '192.0.2.7' })
    expect(await count()).toBe(before)
  })

  test('is hashed for two at a time', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, place) =>
        trySignIn(app, { email: `guess-${place}@vigie.test` }),
      ),
    )
    expect(hashings.mostAtOnce).toBe(2)
  })

  test('is told to come back when the line is full, and no try is counted', async () => {
    const empty = keepLineFull(await hashPassword(goodPassword))
    const { status, body, headers } = await trySignIn(app, { email, address: '198.51.100.9' })
    await empty()
    expect([status, body.code]).toEqual([503, 'identity/sign-in-busy'])
    expect(headers['retry-after']).toBe('1')
    const { rows } = await owner(
      `select cardinality(failed_at) as n from sign_in_attempt where address = '198.51.100.9'`,
    )
    expect(rows).toEqual([{ n: 0 }])
    await signIn(app, { email, address: '198.51.100.9' })
  })
})

/** Two at work and 64 in line; whoever is done stands in line again at once. */
function keepLineFull(kept: string): () => Promise<unknown> {
  let isOpen = true
  const comeBack = async (): Promise<void> => {
    while (isOpen) {
      await verifyPassword(wrong, kept)
    }
  }
  const line = Promise.all(Array.from({ length: 2 + 64 }, comeBack))
  return () => {
    isOpen = false
    return line
  }
}

describe('a session', () => {
  test('is never the one a browser brought along, which ends', async () => {
    const forged = `__Host-vigie=${'A'.repeat(43)}`
    const first = await signIn(app, { email, headers: { cookie: forged } })
    expect(first.cookie).not.toBe(forged)
    isRefused(await browserOf(app, forged, '').ask('GET', '/session'))
    const second = await signIn(app, { email, headers: { cookie: first.cookie } })
    expect(second.cookie).not.toBe(first.cookie)
    isRefused(await first.ask('GET', '/session'))
    expect((await second.ask('GET', '/session')).status).toBe(200)
  })

  test('opens nothing after signing out, however often its cookie is sent', async () => {
    const browser = await signIn(app, { email })
    const out = await browser.ask('DELETE', '/session')
    expect(out.status).toBe(204)
    expect(String(out.headers['set-cookie'])).toMatch(/^__Host-vigie=; .*Expires=Thu, 01 Jan 1970/)
    isRefused(await browser.ask('GET', '/session'))
    isRefused(await browser.ask('DELETE', '/session'))
    expect((await events('person.signed-out')).at(-1)).toMatchObject({ actor: email })
  })

  test('ends when the person’s roles change, and the new one has the new roles', async () => {
    const changing = await somebody('changing')
    const browser = await signIn(app, { email: changing })
    await app.person('changing', 'approver')
    isRefused(await browser.ask('GET', '/session'))
    const again = await signIn(app, { email: changing })
    expect((await again.ask('GET', '/session')).body.roles).toHaveLength(2)
  })

  test('ends with the person’s access, and is not given back with it', async () => {
    const leaving = await somebody('leaving')
    const admin = await app.person('keeper', 'administrator')
    const browser = await signIn(app, { email: leaving })
    const { body } = await admin.get('/users?limit=500')
    const { id, version } = body.items.find((item: { email: string }) => item.email === leaving)
    const disabled = await admin.step(`/users/${id}/disable`, version)
    isRefused(await browser.ask('GET', '/session'))
    await admin.step(`/users/${id}/enable`, disabled.body.version)
    isRefused(await browser.ask('GET', '/session'))
    expect((await signIn(app, { email: leaving })).cookie).not.toBe(browser.cookie)
  })
})

describe('a password', () => {
  const change = (browser: Browser, current: string, next: string) =>
    browser.ask('PUT', '/session/password', { body: { current, next } })

  test('is changed by who knows the present one; every session ends', async () => {
    const mover = await somebody('mover')
    const other = await signIn(app, { email: mover })
    const browser = await signIn(app, { email: mover })
    const next = 'une phrase toute neuve'
    expect((await change(browser, goodPassword, next)).status).toBe(204)
    isRefused(await browser.ask('GET', '/session'))
    isRefused(await other.ask('GET', '/session'))
    expect((await trySignIn(app, { email: mover })).status).toBe(401)
    await signIn(app, { email: mover, password: next })
    expect((await events('person.password-changed')).at(-1)).toMatchObject({ actor: mover })
  })

  test.each([
    ['too short', 'onze lettre', 'identity/password-length'],
    ['too long', 'x1'.repeat(65), 'identity/password-length'],
    ['one’s own address', 'CHOOSER@vigie.test', 'identity/password-guessable'],
    ['one character', '............', 'identity/password-guessable'],
  ])('is refused when it is %s', async (_what, next, code) => {
    const chooser = await somebody('chooser')
    const browser = await signIn(app, { email: chooser })
    const { status, body } = await change(browser, goodPassword, next)
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, code, '/next'])
    expect(JSON.stringify(body)).not.toContain(next)
    expect((await browser.ask('GET', '/session')).status).toBe(200)
  })

  test('is not changed by who does not know it: ten tries, counted with those of signing in', async () => {
    const guessed = await somebody('guessed')
    const browser = await signIn(app, { email: guessed, address: '127.0.0.1' })
    for (let place = 0; place < 10; place += 1) {
      const { status, body } = await change(browser, wrong, 'une phrase toute neuve')
      expect([status, body.code]).toEqual([422, 'identity/password-wrong'])
    }
    const locked = await change(browser, goodPassword, 'une phrase toute neuve')
    expect([locked.status, locked.body.code]).toEqual([429, 'identity/too-many-tries'])
    const signing = await trySignIn(app, { email: guessed, address: '127.0.0.1' })
    expect(signing.status).toBe(429)
  })
})
