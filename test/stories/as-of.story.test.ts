import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '#features/identity/actor.ts'
import { perform, record } from '#features/identity/context.public.ts'
import { dimensions } from '#features/reconciliation/facts.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commit, correct } from '#test/support/commitments.ts'
import { post, submitted } from '#test/support/drafts.ts'
import { Play } from '#test/support/model/play.ts'
import { chanceOf } from '#test/support/seed.ts'
import { runs } from '#test/support/tier.ts'

/** What was known at an earlier position stays answerable, to the byte. */
let app: TestApp
let officer: Person
let approver: Person
let auditor: Person
let analyst: Person
let administrator: Person

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
  analyst = await app.person('analyst', 'analyst')
  administrator = await app.person('administrator', 'administrator')
})
afterAll(() => app.close())

const questions = [
  ...dimensions.flatMap((by) => [
    `/reports/reconciliation?by=${by}`,
    `/reports/reconciliation?by=${by}&jurisdiction=CA&spread=straight-line`,
  ]),
  '/reports/reconciliation?from=2022-2023&to=2023-2024',
  '/reports/comparison',
  '/reports/comparison?scenario=low',
  '/reports/comparison?assume=CA-2009:unknown:CA-2007=low',
  '/reports/forecast?from=2021-2022&to=2025-2026',
  '/reports/exceptions?jurisdiction=CA',
  '/reports/bridge?since=4&spread=straight-line',
  '/reports/announcements',
  '/reports/reconciliation.csv?dialect=excel-fr',
  '/reports/reconciliation.xlsx?lang=fr',
  '/reports/comparison.xlsx?lang=en',
  '/reports/year-end.xlsx?lang=fr',
  '/reports/exceptions.xlsx?lang=fr',
  '/reports/bridge.xlsx?since=4&lang=en',
  '/reports/forecast.xlsx?lang=fr',
  '/reports/announcements.xlsx?lang=en',
]

const at = (url: string, moment: string | number): string =>
  `${url}${url.includes('?') ? '&' : '?'}asOf=${moment}`

async function askAll(person: Person, moment: string | number | null) {
  const answers: [string, string][] = []
  for (const url of questions) {
    const answer = await person.get(moment === null ? url : at(url, moment))
    expect([url, answer.status]).toEqual([url, 200])
    answers.push([url, answer.text])
  }
  return answers
}

async function rename(organization: string, name: string): Promise<void> {
  const body = { name: { fr: name, en: name } }
  const url = `/organizations/${organization}`
  const { status } = await administrator.send('PATCH', url, { body, version: 1 })
  expect(status).toBe(200)
}

/** As the system would on somebody's word. */
const relate = () =>
  perform(
    app.database.service,
    { actor: systemActor, request: 'test', operatingSystemUser: null },
    async (context) => {
      const { event: _event, ...known } = await context.work
        .selectFrom('relation')
        .selectAll()
        .where('relation.from_envelope', '=', 'CA-2009')
        .where('relation.kind', '=', 'renews')
        .executeTakeFirstOrThrow()
      await context.work
        .insertInto('relation')
        .values({ ...known, event: context.event, kind: 'replaces' })
        .execute()
      await record(context, {
        type: 'relation.changed',
        subject: 'relation/CA-2009',
        before: null,
        after: { kind: 'replaces' },
      })
    },
  )

const correctAll = async (
  documents: readonly { id: string; version: number }[],
  kind: 'reverse' | 'refund' | 'reclassify',
  body: Record<string, unknown> = {},
) => {
  const answers = []
  for (const each of documents) {
    const answer = await correct([officer, approver], each, kind, body)
    expect([kind, answer.text, answer.status]).toEqual([kind, answer.text, 200])
    answers.push(answer.body)
  }
  return answers
}

/** Spending that consumed a commitment, refunded in part, one of it reclassified already. */
async function beginCorrections() {
  const { id } = await commit(officer, approver, { amount: '9000.00' })
  const posted = []
  for (const documentNumber of ['F-REFUNDED', 'F-MOVED', 'F-MOVED-AGAIN', 'F-UNDONE']) {
    posted.push(await post(officer, approver, { documentNumber, commitment: id }))
  }
  const refunded = await correctAll(posted, 'refund', { amount: '300.00', date: '2025-07-02' })
  const [, , again] = refunded
  const place = { serviceDate: '2024-06-15' }
  await correctAll([again], 'reclassify', place)
  const { items } = (await auditor.get('/expenditures?limit=500')).body
  const successor = items.find(
    ({ reclassifiedFrom }: { reclassifiedFrom: string | null }) => reclassifiedFrom === again.id,
  )
  return { id, documents: [...refunded.slice(0, 2), successor, refunded[3]] }
}

/** Each is corrected once more, and what is left of the commitment is released. */
async function endCorrections({ id, documents }: Awaited<ReturnType<typeof beginCorrections>>) {
  const [refunded, ...others] = documents
  const undone = others.pop()
  await correctAll([refunded], 'refund', { amount: '934.50', date: '2026-01-15' })
  await correctAll(others, 'reclassify', { measure: 'QC-13' })
  await correctAll([undone], 'reverse')
  const { version } = (await officer.get(`/commitments/${id}`)).body
  const reason = 'Solde inutile'
  const released = await approver.step(`/commitments/${id}/release`, version, { reason })
  expect([released.text, released.status]).toEqual([released.text, 200])
}

describe('a report as of an earlier position', () => {
  test('is the report of then, byte for byte, whatever was recorded since', async () => {
    const corrected = await beginCorrections()
    const kept = await post(officer, approver, { documentNumber: 'F-KEPT' })
    await officer.step(`/expenditures/${kept.id}/reverse`, kept.version, { reason: 'double' })
    const before = await askAll(auditor, null)
    const byAnalyst = await askAll(analyst, null)
    const { position, positionAt } = (await auditor.get('/reports/reconciliation')).body

    await rename('MSP', 'Ministère renommé')
    await relate()
    const asked = (await auditor.get(`/expenditures/${kept.id}`)).body
    const request = asked.requests[0].id
    await approver.step(`/expenditures/${kept.id}/requests/${request}/approve`, asked.version)
    await endCorrections(corrected)
    const chance = chanceOf('as of')
    const play = await Play.on(app, chance)
    await play.actions(chance, runs(60, 1_000))
    const recorded = await play.recorded()
    const among = ['organization.renamed', 'relation.approved', 'expenditure.posted']
    expect(among.filter((type) => !recorded.has(type))).toEqual([])

    expect(await askAll(auditor, position)).toEqual(before)
    expect(await askAll(auditor, positionAt)).toEqual(before)
    expect(await askAll(analyst, position)).toEqual(byAnalyst)
    const now = (await auditor.get('/reports/reconciliation')).text
    expect(now).not.toBe(before.find(([url]) => url.endsWith('by=measure'))?.[1])
    expect(now).toContain('"position":')
  })

  test('knows nothing of what was loaded later', async () => {
    const events = (await auditor.get('/events?limit=500')).body.items
    const loaded = events.find(({ type }: { type: string }) => type === 'plan.loaded')
    const report = (await auditor.get(at('/reports/reconciliation', loaded.position))).body
    expect(report.totals.planned).toBe('147106925.00')
    expect(report.totals.spent).toBe('0.00')
    expect(report.position).toBe(loaded.position)
    expect(report.seal).toBe(loaded.hash)
  })

  test('prints the same position when an instant between two events is asked', async () => {
    const { position, positionAt } = (await auditor.get('/reports/reconciliation')).body
    const later = new Date(Date.parse(positionAt) + 1).toISOString()
    await submitted(officer, { documentNumber: 'F-LATER' })
    const report = (await auditor.get(at('/reports/reconciliation', later))).body
    expect([report.position, report.positionAt]).toEqual([position, positionAt])
  })
})

describe('a moment that cannot be asked', () => {
  test('is refused: a position or an instant to come, or before anything was recorded', async () => {
    const refusals = await Promise.all(
      ['999999999', '2098-01-01T00:00:00Z', '1990-01-01T00:00:00Z'].map((moment) =>
        auditor.get(at('/reports/reconciliation', moment)),
      ),
    )
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
      [422, 'audit/moment-ahead'],
      [422, 'audit/moment-ahead'],
      [422, 'audit/moment-too-early'],
    ])
  })

  test('is refused when it names no moment at all', async () => {
    for (const moment of ['0', 'hier', '2026-03-31', '2026-02-30T00:00:00Z']) {
      const { status, body } = await auditor.get(at('/reports/reconciliation', moment))
      expect([moment, status, body.errors[0]?.code]).toEqual([moment, 400, 'moment/malformed'])
    }
  })
})
