import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { proposed } from '#test/support/commitments.ts'
import { submitted } from '#test/support/drafts.ts'
import { submittedRevision, type Two } from '#test/support/revisions.ts'
import { yearEnd } from '#test/support/year-ends.ts'

let app: TestApp
let two: Two
let auditor: Person

beforeAll(async () => {
  app = await testApp({ poolMax: 20 })
  two = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
  }
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

const prepare = (fiscalYear: string) =>
  two.officer.send('POST', '/year-end', { body: yearEnd({ fiscalYear }) })
/** An amount for each year from this one on. */
const submittedEnvelope = async (
  { officer }: Two,
  code: string,
  firstFiscalYear: string,
): Promise<Answered['body']> => {
  const body = {
    ...{ code, programme: 'QC-PLAN-2021', organization: 'MSP', measures: ['QC-8'] },
    title: { fr: code, en: code },
    terms: [{ kind: 'recurring', amount: '100.00', firstFiscalYear, stated: true }],
    source: { document: 'DECISION', quote: 'x', title: { fr: 'Décision', en: 'Decision' } },
  }
  const { version } = (await officer.send('POST', '/envelopes', { body })).body
  return (await officer.step(`/envelopes/${code}/submit`, version)).body
}
const codes = (answers: readonly Answered[]) =>
  answers.map(({ status, body }) => (status < 300 ? status : body.code)).toSorted()

describe('the closing of a year', () => {
  test('is approved once, however many approve it at the same time', async () => {
    const { id, version } = (await prepare('2021-2022')).body
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => two.approver.step(`/year-end/${id}/approve`, version)),
    )
    expect(codes(answers)).toEqual([200, ...Array.from({ length: 7 }, () => 'funding/stale')])
  })

  test('is prepared once, however many prepare it at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => prepare('2022-2023')))
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
    expect(codes(answers)).toContain(201)
    const { body } = await auditor.get('/year-end?fiscalYear=2022-2023')
    expect(body.count).toBe(1)
  })

  test('and what changes its money at the same time come one after the other', async () => {
    for (const fiscalYear of ['2023-2024', '2024-2025']) {
      const start = fiscalYear.slice(0, 4)
      const commitment = await proposed(two.officer, { measure: 'QC-13', fiscalYear })
      const revision = await submittedRevision(two, {
        kind: 'supplement',
        lines: [{ envelope: 'QC-M12', fiscalYear, amount: '5.00' }],
      })
      const spending = await submitted(two.officer, {
        measure: 'QC-2',
        serviceDate: `${start}-06-15`,
        amount: '1.00',
      })
      const { id, version } = (await prepare(fiscalYear)).body
      const [closing, ...others] = await Promise.all([
        two.approver.step(`/year-end/${id}/approve`, version),
        two.approver.step(`/commitments/${commitment.id}/approve`, commitment.version),
        two.approver.step(`/revisions/${revision.id}/approve`, revision.version),
        two.approver.step(`/expenditures/${spending.id}/approve`, spending.version),
      ])
      const [committed, revised, spent] = codes(others.slice(0, 1)).concat(
        codes(others.slice(1, 2)),
        codes(others.slice(2)),
      )
      expect(spent).toBe(200)
      // Closed first: what came after is refused. Later: the figures had changed.
      if (closing?.status === 200) {
        expect([committed, revised]).toEqual(['commitments/year-closed', 'funding/year-closed'])
      } else {
        expect(closing?.body.code).toBe('year-end/figures-changed')
        const again = (await prepare(fiscalYear)).body
        const answer = await two.approver.step(`/year-end/${id}/approve`, again.version)
        expect([answer.text, answer.status]).toEqual([answer.text, 200])
      }
    }
    const { body } = await auditor.get('/verify')
    expect(body.checks.flatMap((check: { breaks: unknown[] }) => check.breaks)).toEqual([])
  })

  test('and a new envelope of its programme come one after the other', async () => {
    const fiscalYear = '2025-2026'
    for (const code of ['QC-RACE-A', 'QC-RACE-B', 'QC-RACE-C']) {
      const { version } = await submittedEnvelope(two, code, fiscalYear)
      const prepared = (await prepare(fiscalYear)).body
      const answers = await Promise.all([
        two.approver.step(`/year-end/${prepared.id}/approve`, prepared.version),
        two.approver.step(`/envelopes/${code}/approve`, version),
      ])
      const [closing, entering] = answers.map(({ status, body }) =>
        status < 300 ? status : body.code,
      )
      if (closing === 200) {
        expect(entering).toBe('funding/year-closed')
        break
      }
      expect([closing, entering]).toEqual(['year-end/figures-changed', 200])
    }
  })
})
