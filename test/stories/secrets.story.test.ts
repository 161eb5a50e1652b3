import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeLog } from '#platform/log.ts'
import { makeApp } from '#src/app.ts'
import { type Person, personOf, type TestApp, testApp } from '#test/support/app.ts'
import { givePassword, goodPassword, signIn, trySignIn } from '#test/support/browser.ts'
import { draft } from '#test/support/drafts.ts'

/**
 * Whoever steals the database or the log signs in nowhere: what opens something is in neither, nor
 * in any form that a reader could turn back.
 */
const sessionSecret = 'le secret des sessions, à part de tout'
const guess = 'agrafe cheval pile erreur'

let app: TestApp
let officer: Person
let logged = ''

beforeAll(async () => {
  const plain = await testApp()
  const log = makeLog(
    'trace',
    new Writable({
      write(chunk, _encoding, done) {
        logged += chunk
        done()
      },
    }),
  )
  const { service } = plain.database
  const server = await makeApp({ service, log, ready: () => true, sessionSecret })
  app = {
    ...plain,
    server,
    close: async () => {
      await server.close()
      await plain.close()
    },
  }
  const { email, token } = await plain.person('officer', 'officer')
  officer = personOf(server, email, token)
  await givePassword(app, email)
})
afterAll(() => app.close())

/** Every row of every table as text. */
async function dump(): Promise<string> {
  const { rows: tables } = await app.database.owner.query(
    `select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm')`,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await app.database.owner.query(
      `select ${JSON.stringify(name)}::text as line from ${JSON.stringify(name)}`,
    )
    texts.push(name, ...rows.map(({ line }) => line))
  }
  return texts.join('\n')
}

const formsOf = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret, 'utf8')
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString('hex'),
    bytes.toString('base64').replaceAll('=', ''),
    bytes.toString('base64url'),
    Buffer.from(secret, 'base64url').toString('hex'),
  ].filter((form) => form.length > 8)
}

test('nothing that opens anything is in the database, the log or a refusal', async () => {
  const refusals: string[] = []
  const keep = async (asked: Promise<{ text: string }>): Promise<void> => {
    refusals.push((await asked).text)
  }
  const given = await officer.send('POST', '/tokens', { body: { label: 'L' }, key: 'once' })
  const holder = personOf(app.server, officer.email, given.body.token)
  await holder.send('POST', '/expenditures', { body: draft(), key: 'twice' })
  const { email } = officer
  const first = await signIn(app, { email })
  const browser = await signIn(app, { email, headers: { cookie: first.cookie } })
  await browser.ask('POST', '/expenditures', { body: draft() })
  await keep(browser.ask('POST', '/expenditures', { body: {} }))
  await keep(browser.ask('POST', '/expenditures', { headers: { 'x-csrf-token': 'wrong' } }))
  const next = 'une phrase toute neuve'
  await keep(browser.ask('PUT', '/session/password', { body: { current: guess, next } }))
  await keep(
    browser.ask('PUT', '/session/password', { body: { current: goodPassword, next: 'x' } }),
  )
  await keep(
    browser.ask('PUT', '/session/password', { body: { current: goodPassword, nxt: next } }),
  )
  await browser.ask('PUT', '/session/password', { body: { current: goodPassword, next } })
  for (let time = 0; time < 11; time += 1) {
    await keep(trySignIn(app, { email, password: guess }))
  }
  // A password typed into the field above it.
  await keep(trySignIn(app, { email: guess, password: guess }))
  await keep(browser.ask('GET', '/session'))

  const secrets = {
    'the first token': officer.token,
    'the second token': given.body.token,
    'an ended session': first.cookie.split('=')[1] ?? '',
    'a session': browser.cookie.split('=')[1] ?? '',
    'a page’s token': browser.csrfToken,
    'the secret of sessions': sessionSecret,
    'a password': goodPassword,
    'another password': next,
    'a wrong guess': guess,
  }
  const places = { database: await dump(), log: logged, refusals: refusals.join('\n') }
  expect(places.database).toContain(officer.email)
  expect(places.log).toContain('identity/sign-in-refused')
  expect(refusals).toHaveLength(18)
  const found = Object.entries(secrets).flatMap(([what, secret]) =>
    Object.entries(places).flatMap(([where, text]) =>
      formsOf(secret).some((form) => text.includes(form)) ? [`${what} in the ${where}`] : [],
    ),
  )
  expect(found).toEqual([])
})
