import { randomBytes } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { draft } from '#test/support/drafts.ts'
import { type Running, runVigie, startVigieForFile } from '#test/support/processes.ts'
import { addPerson, servedAt } from '#test/support/served.ts'

/**
 * Secrets planted wherever a person, a program or an operator leaves one, a service that logs all
 * it can, and everything it says searched for them.
 */
const planted = (name: string): string => `${name}-${randomBytes(12).toString('hex')}`

const credentials = {
  sessionSecret: planted('session'),
  databasePassword: planted('password'),
  wrongToken: `vigie_${planted('wrong')}`,
  basic: planted('basic'),
  cookie: planted('cookie'),
  signInPassword: planted('sign-in'),
}
const texts = {
  supplier: planted('supplier'),
  description: planted('description'),
  justification: planted('justification'),
  reason: planted('reason'),
  searched: planted('searched'),
  malformed: planted('malformed'),
  unknownField: planted('unknown-field'),
}

let database: TestDatabase
let running: Running
let address: string
const tokens: Record<string, string> = {}
const errors: string[] = []
let workbook = ''

const options = () => {
  const url = new URL(database.url)
  url.password = credentials.databasePassword
  const env = {
    DATABASE_URL: url.toString(),
    SESSION_SECRET: credentials.sessionSecret,
    LOG_LEVEL: 'trace',
  }
  return { env }
}

beforeAll(async () => {
  database = await testDatabase()
  for (const role of ['officer', 'approver', 'auditor'] as const) {
    tokens[role] = await addPerson(role, role, options())
  }
  running = startVigieForFile(['serve', '--port', '0'], options())
  address = await running.firstLine()
  await useEverything()
  await running.end('SIGTERM')
})
afterAll(async () => {
  await running.end('SIGKILL')
  await database.close()
})

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(`${address}/api/v1${path}`, init)
  if (!answer.ok) {
    errors.push(`${await answer.clone().text()} ${JSON.stringify([...answer.headers])}`)
  }
  return answer
}

async function useEverything(): Promise<void> {
  const { supplier, description, justification, reason } = texts
  const { post } = servedAt(running, address)
  const { officer = '', approver = '', auditor = '' } = tokens
  const stated = draft({ supplier, description, justification })
  const entered = await post('/expenditures', stated, { token: officer, key: planted('key') })
  expect(entered.status).toBe(201)
  const url = `/expenditures/${entered.body.id}`
  await post(`${url}/submit`, {}, { token: officer, version: 1 })
  const posted = await post(`${url}/approve`, { justification }, { token: approver, version: 2 })
  expect(posted.body.state).toBe('posted')
  await post(`${url}/reverse`, { reason }, { token: officer, version: 3 })
  await goWrong(auditor, officer)
  await loseTheDatabase(auditor)
  const report = await ask('/reports/reconciliation.xlsx', bearer(auditor))
  expect(report.status).toBe(200)
  const parts = unzipSync(new Uint8Array(await report.arrayBuffer()))
  workbook = Object.values(parts)
    .map((part) => strFromU8(part))
    .join('\n')
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

async function goWrong(auditor: string, officer: string): Promise<void> {
  const { wrongToken, basic, cookie, signInPassword } = credentials
  await ask('/expenditures', bearer(wrongToken))
  await ask('/expenditures', { headers: { authorization: `Basic ${basic}` } })
  await ask('/expenditures', { headers: { cookie: `__Host-session=${cookie}` } })
  await ask(`/expenditures?text=${texts.searched}`, bearer(auditor))
  await ask(`/expenditures?limit=x&text=${texts.searched}`, bearer(auditor))
  const headers = { ...bearer(officer).headers, 'content-type': 'application/json' }
  for (const body of [
    `{"supplier": "${texts.malformed}"`,
    JSON.stringify({ ...draft(), password: signInPassword, [texts.unknownField]: 'x' }),
    JSON.stringify(draft({ supplier: `${texts.supplier}\u0000` })),
    JSON.stringify({ email: 'a@vigie.test', password: signInPassword }),
  ]) {
    await ask('/expenditures', { method: 'POST', headers, body })
  }
  for (const path of ['/session', '/sessions', '/sign-in']) {
    const body = JSON.stringify({ email: 'a@vigie.test', password: signInPassword })
    await ask(path, { method: 'POST', headers, body })
  }
}

/** The log then tells why, with what the driver knows of the connection. */
async function loseTheDatabase(auditor: string): Promise<void> {
  const kill = `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`
  const asking = Array.from({ length: 20 }, () => ask('/measures', bearer(auditor)))
  await database.owner.query(kill)
  await Promise.all(asking)
}

const hits = (said: string, secrets: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(secrets)
    .filter(([, secret]) => said.includes(secret))
    .map(([name]) => name)

describe('of twelve secrets and more', () => {
  test('each was used', () => {
    const all = [...Object.values(credentials), ...Object.values(texts), ...Object.values(tokens)]
    expect(new Set(all).size).toBeGreaterThanOrEqual(12)
    expect(errors.length).toBeGreaterThanOrEqual(8)
  })

  test('a log that tells all it can tells none', () => {
    const { stdout, stderr } = running.said
    expect(stderr.split('\n').length).toBeGreaterThan(20)
    expect(hits(stdout + stderr, { ...credentials, ...tokens, ...texts })).toEqual([])
  })

  test('an error tells none that opens anything', () => {
    expect(hits(errors.join('\n'), { ...credentials, ...tokens })).toEqual([])
  })

  test('a workbook tells none that opens anything', () => {
    expect(workbook.length).toBeGreaterThan(10_000)
    expect(hits(workbook, { ...credentials, ...tokens })).toEqual([])
  })

  test('the database keeps none that opens anything', async () => {
    const { rows } = await database.owner.query(`
      select string_agg(listed.content, ' ') as content from (
        select query_to_xml(format('select * from %I', relname), true, true, '')::text as content
        from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      ) as listed`)
    expect(rows[0].content.length).toBeGreaterThan(10_000)
    expect(hits(rows[0].content, { ...credentials, ...tokens })).toEqual([])
    expect(hits(rows[0].content, { supplier: texts.supplier })).toEqual(['supplier'])
  })

  test('a command that fails tells none', async () => {
    const { env } = options()
    const url = new URL(env.DATABASE_URL)
    url.pathname = '/absent'
    const ran = await runVigie(['verify'], { env: { ...env, DATABASE_URL: url.toString() } })
    expect(ran.code).not.toBe(0)
    expect(hits(ran.stdout + ran.stderr, { ...credentials, ...tokens })).toEqual([])
  })
})
