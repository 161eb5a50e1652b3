import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { personOf, type TestApp, testApp } from '#test/support/app.ts'
import { goodPassword, trySignIn } from '#test/support/browser.ts'
import { type Ran, runVigie } from '#test/support/processes.ts'

/** What an operator does for people at the keyboard, and what it opens and ends over HTTP. */
vi.setConfig({ testTimeout: 120_000 })

let app: TestApp

beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const vigie = (args: readonly string[], stdin?: string): Promise<Ran> =>
  runVigie(args, {
    env: { DATABASE_URL: app.database.url },
    ...(stdin === undefined ? {} : { stdin }),
  })

const add = (email: string, ...more: string[]): readonly string[] => [
  ...['users', 'add', '--email', email, '--name', 'A. Roy'],
  ...['--role', 'administrator', ...more],
]

const done: Partial<Ran> = { code: 0 }

describe('the first administrator', () => {
  test('is added with a password on one line of stdin, and signs in', async () => {
    const email = 'premiere@msp.example'
    const ran = await vigie(add(email, '--password-stdin'), `${goodPassword}\r\nautre ligne\n`)
    expect(ran).toMatchObject({ ...done, stderr: '' })
    expect(ran.stdout).not.toContain(goodPassword)
    expect((await trySignIn(app, { email })).status).toBe(200)
  })

  test.each([
    ['', 'identity/password-length'],
    ['\n', 'identity/password-length'],
    ['court\n', 'identity/password-length'],
    ['refused@msp.example\n', 'identity/password-guessable'],
  ])('is not added at all with the password %j', async (stdin, code) => {
    const ran = await vigie(add('refused@msp.example', '--password-stdin'), stdin)
    expect(ran).toMatchObject({ code: 6, stdout: '' })
    expect(ran.stderr).toContain(`[${code}]`)
    expect((await vigie(['users', 'list'])).stdout).not.toContain('refused@')
  })
})

describe('what is mistyped', () => {
  test.each([
    ['an address', ['add', '--email', 'a.roy', '--name', 'A. Roy', '--role', 'analyst'], '--email'],
    ['a name', ['add', '--email', 'a@b.ca', '--name', ' ', '--role', 'analyst'], '--name'],
    ['a role', ['add', '--email', 'a@b.ca', '--name', 'A. Roy', '--role', 'chef'], '--role'],
    ['a number of days', ['token', '--email', 'a@b.ca', '--expires', '0'], '--expires'],
  ])('%s is bad input', async (_what, args, option) => {
    const ran = await vigie(['users', ...args])
    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(ran.stderr).toContain(`Valeur refusée pour ${option}`)
  })
})

describe('somebody who is there', () => {
  test('is given another password, disabled, and enabled without the tokens of before', async () => {
    const email = 'revient@msp.example'
    await vigie(add(email))
    await vigie(add('reste@msp.example'))
    const of = ['--email', email]
    const given = await vigie(['users', 'password', ...of, '--password-stdin'], goodPassword)
    expect(given).toMatchObject({
      ...done,
      stdout: '',
      stderr: `${email} a un nouveau mot de passe.\n`,
    })
    const token = (await vigie(['users', 'token', ...of])).stdout.trim()
    const holder = personOf(app.server, email, token)
    expect((await holder.get('/session')).status).toBe(200)
    expect((await vigie(['users', 'disable', ...of])).code).toBe(0)
    expect((await holder.get('/session')).status).toBe(401)
    expect((await trySignIn(app, { email })).status).toBe(401)
    const enabled = await vigie(['users', 'enable', ...of])
    expect(enabled).toMatchObject({ ...done, stdout: '', stderr: `${email} est réactivé.\n` })
    expect((await holder.get('/session')).status).toBe(401)
    expect((await trySignIn(app, { email })).status).toBe(200)
    expect((await vigie(['users', 'list'])).stdout).toMatch(
      /revient@msp\.example +A\. Roy +administrator \* +non +\d{4}-\d\d-\d\d \d\d:\d\d/,
    )
  })

  test('has tokens listed by number, and one of them revoked', async () => {
    const email = 'jetons@msp.example'
    await vigie(add(email))
    const tokens = [
      (await vigie(['users', 'token', '--email', email])).stdout.trim(),
      (await vigie(['users', 'token', '--email', email, '--expires', '1'])).stdout.trim(),
    ]
    const listed = await vigie(['users', 'tokens', '--email', email])
    expect(listed).toMatchObject({ ...done, stderr: '' })
    const ids = listed.stdout.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []
    expect(ids).toHaveLength(2)
    expect(listed.stdout).not.toContain('vigie_')
    // The newest is the first.
    const revoked = await vigie(['users', 'revoke', '--token', ids[0] ?? ''])
    expect(revoked).toMatchObject({ ...done, stderr: `Le jeton ${ids[0]} est révoqué.\n` })
    const statuses = await Promise.all(
      tokens.map(
        async (token) => (await personOf(app.server, email, token).get('/session')).status,
      ),
    )
    expect(statuses).toEqual([200, 401])
    const unknown = '0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192'
    expect(await vigie(['users', 'revoke', '--token', unknown])).toMatchObject({ code: 4 })
    expect(await vigie(['users', 'revoke', '--token', tokens[0] ?? ''])).toMatchObject({ code: 2 })
  })

  test('is not known by that address', async () => {
    const of = ['--email', 'absent@msp.example']
    for (const args of [['tokens'], ['enable'], ['disable'], ['token']]) {
      expect(await vigie(['users', ...args, ...of])).toMatchObject({ code: 4, stdout: '' })
    }
    const ran = await vigie(['users', 'password', ...of, '--password-stdin'], goodPassword)
    expect(ran).toMatchObject({ code: 4, stdout: '' })
  })
})
