import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeLog } from '#platform/log.ts'
import { freezeReports } from '#src/record.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post, submitted } from '#test/support/drafts.ts'
import type { Two } from '#test/support/revisions.ts'
import { closeYear } from '#test/support/year-ends.ts'

/** The files of a closed year: kept at its approval, never another byte. */
let app: TestApp
let two: Two
let auditor: Person
let analyst: Person
let closed: { id: string; position: number }

const year = 'from=2025-2026&to=2025-2026'
const files = ['report.json', 'report.xlsx?lang=fr', 'report.xlsx?lang=en']

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  two = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
  }
  auditor = await app.person('auditor', 'auditor')
  analyst = await app.person('analyst', 'analyst')
  await post(two.officer, two.approver, { measure: 'QC-2' })
  closed = (await closeYear(two)).body
})
afterAll(() => app.close())

/** SHA-256 of what is answered, byte for byte. */
async function digestOf(url: string, { token }: Person): Promise<string> {
  const answer = await app.server.inject({
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${token}` },
  })
  expect([url, answer.statusCode]).toEqual([url, 200])
  return createHash('sha256').update(answer.rawPayload).digest('hex')
}

const readFiles = (person: Person) =>
  Promise.all(files.map((file) => digestOf(`/year-end/${closed.id}/${file}`, person)))
const drawn = (url: string) => digestOf(url, analyst)

const sealed = async () => {
  const { items } = (await auditor.get(`/events?type=year-end.frozen&limit=5`)).body
  return items
}

describe('the report of a closed year', () => {
  let before: readonly string[]

  test('is kept right after the approval, with the digest of each file in its event', async () => {
    before = await readFiles(analyst)
    const [event, ...others] = await sealed()
    expect(others).toEqual([])
    expect(event).toMatchObject({ actor: 'system', subject: `year-end/${closed.id}` })
    expect(event.after).toMatchObject({ asOf: closed.position, fiscalYear: '2025-2026' })
    expect(event.after.files.map(({ sha256 }: { sha256: string }) => sha256)).toEqual(before)
  })

  test('is what anybody draws as of the approval, to the byte', async () => {
    const asOf = `asOf=${closed.position}`
    expect(await drawn(`/reports/reconciliation?${year}&${asOf}`)).toBe(before[0])
    expect(await drawn(`/reports/reconciliation.xlsx?${year}&${asOf}&lang=fr`)).toBe(before[1])
    expect(await drawn(`/reports/reconciliation.xlsx?${year}&${asOf}&lang=en`)).toBe(before[2])
  })

  test('never changes: late items, other names, another start', async () => {
    const late = await submitted(two.officer, { measure: 'QC-13', documentNumber: 'F-LATE' })
    const justification = 'Facture retrouvée'
    const posted = await two.approver.step(`/expenditures/${late.id}/approve`, late.version, {
      justification,
    })
    expect(posted.body.flags).toContain('late-item')
    const administrator = await app.person('administrator', 'administrator')
    const name = { fr: 'Ministère renommé', en: 'Renamed ministry' }
    await administrator.send('PATCH', '/organizations/MSP', { body: { name }, version: 1 })
    await freezeReports(app.database.service, makeLog('silent'))
    expect(await readFiles(auditor)).toEqual(before)
    expect(await sealed()).toHaveLength(1)
    expect(await drawn(`/reports/reconciliation?${year}`)).not.toBe(before[0])
  })

  test('and the bridge from there shows what came late', async () => {
    const bridge = (await auditor.get(`/reports/bridge?since=${closed.position}&${year}`)).body
    const moved = bridge.rows
      .filter(({ spent }: { spent: string }) => spent !== '0.00')
      .map(({ key, spent }: { key: string; spent: string }) => [key, spent])
    expect(moved).toContainEqual(['late-item', '1234.50'])
    expect(moved.map(([key]: [string]) => key)).toEqual(['opening', 'late-item', 'closing'])
  })

  test('is drawn at the next start when it could not be, once, whoever starts', async () => {
    const { owner, service } = app.database
    const officer = await app.person('agent-spc', 'officer', 'SPC')
    const approver = await app.person('chef-spc', 'approver', 'SPC')
    await owner.query('create rule hold as on insert to frozen_report do instead nothing')
    const answer = await closeYear({ officer, approver }, { programme: 'CA-STRATEGY-2004' })
    expect(answer.status).toBe(200)
    await owner.query('drop rule hold on frozen_report')
    const url = `/year-end/${answer.body.id}/report.json`
    const missing = await analyst.get(url)
    expect([missing.status, missing.body.code]).toEqual([404, 'exports/no-frozen-report'])
    await Promise.all([1, 2, 3].map(() => freezeReports(service, makeLog('silent'))))
    const { body } = await analyst.get(url)
    expect([body.position, body.parameters.jurisdiction]).toEqual([answer.body.position, 'CA'])
    expect(await sealed()).toHaveLength(2)
  })

  test('cannot be altered in the database', async () => {
    const change = "update frozen_report set content = 'x', sha256 = encode(sha256('x'), 'hex')"
    await expect(app.database.owner.query(change)).rejects.toMatchObject({ code: '23001' })
    const { body } = await auditor.get('/verify')
    expect(body.checks.flatMap((check: { breaks: unknown[] }) => check.breaks)).toEqual([])
  })
})
