import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type TestApp, testApp } from '#test/support/app.ts'
import { proposed } from '#test/support/commitments.ts'
import { submitted } from '#test/support/drafts.ts'
import { submittedRevision, type Two } from '#test/support/revisions.ts'

let app: TestApp
let two: Two

beforeAll(async () => {
  app = await testApp({ poolMax: 20 })
  two = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
  }
})
afterAll(() => app.close())

const statuses = (answers: readonly Answered[]) =>
  answers.map(({ status, body }) => [status, status === 200 ? null : body.code]).toSorted()

const approve = ({ id, version }: { id: string; version: number }) =>
  two.approver.step(`/revisions/${id}/approve`, version)

describe('the last dollars of an envelope', () => {
  test('are reduced once, however many ask at the same time', async () => {
    // QC-MA4 grants 40 000.00: eight times 5 000.00.
    const lines = [{ envelope: 'QC-MA4', amount: '5000.00' }]
    const waiting = []
    for (let place = 0; place < 10; place += 1) {
      waiting.push(await submittedRevision(two, { kind: 'reduction', lines }))
    }
    const answers = await Promise.all(waiting.map(approve))
    expect(statuses(answers)).toEqual([
      ...Array.from({ length: 8 }, () => [200, null]),
      ...Array.from({ length: 2 }, () => [422, 'funding/above-headroom']),
    ])
  })

  test('are given or spent, and never both', async () => {
    // QC-M2 grants 50 000.00.
    const reduction = await submittedRevision(two, {
      kind: 'reduction',
      lines: [{ envelope: 'QC-M2', amount: '30000.00' }],
    })
    const expenditure = await submitted(two.officer, { measure: 'QC-2', amount: '30000.00' })
    const answers = await Promise.all([
      approve(reduction),
      two.approver.step(`/expenditures/${expenditure.id}/approve`, expenditure.version),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422])
    const { rows } = await app.database.owner.query(
      `select sum(amount)::text as amount from journal_balance
      where envelope = 'QC-M2' and account = 'available'`,
    )
    expect(rows).toEqual([{ amount: '20000.00' }])
  })

  test('are reduced or committed, and never both', async () => {
    // Each asks for all that the envelope grants.
    const { terms } = (await two.officer.get('/envelopes/QC-M13')).body
    const amount = terms[0].amount
    const asked: (() => Promise<Answered>)[] = []
    for (let place = 0; place < 4; place += 1) {
      const lines = [{ envelope: 'QC-M13', amount }]
      const reduction = await submittedRevision(two, { kind: 'reduction', lines })
      const fiscalYear = `${2022 + place}-${2023 + place}`
      const { id, version } = await proposed(two.officer, { measure: 'QC-13', amount, fiscalYear })
      asked.push(
        () => approve(reduction),
        () => two.approver.step(`/commitments/${id}/approve`, version),
      )
    }
    const answers = await Promise.all(asked.map((ask) => ask()))
    const refusals = answers.flatMap(({ status, body }) => (status === 200 ? [] : [body.code]))
    expect(refusals).toHaveLength(7)
    expect(['commitments/above-headroom', 'funding/above-headroom']).toEqual(
      expect.arrayContaining([...new Set(refusals)]),
    )
    const { rows } = await app.database.owner.query(
      `select sum(amount)::text as amount from journal_balance
      where envelope = 'QC-M13' and account = 'available'`,
    )
    expect(rows).toEqual([{ amount: '0.00' }])
  })

  test('go one way only, when two envelopes give each other all they have', async () => {
    // QC-M15 grants 200 000.00, QC-M18 68 466.00: locked in one order, they cannot wait in a circle.
    const transfer = (from: string, to: string, amount: string) =>
      submittedRevision(two, {
        kind: 'transfer',
        lines: [
          { envelope: from, amount: `-${amount}` },
          { envelope: to, amount },
        ],
      })
    const waiting = []
    for (let place = 0; place < 4; place += 1) {
      waiting.push(await transfer('QC-M15', 'QC-M18', '150000.00'))
      waiting.push(await transfer('QC-M18', 'QC-M15', '150000.00'))
    }
    const answers = await Promise.all(waiting.map(approve))
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    const { rows } = await app.database.owner.query(
      `select envelope, sum(amount) >= 0 as is_sound from journal_balance
      where envelope in ('QC-M15', 'QC-M18') and account = 'available'
      group by envelope order by envelope`,
    )
    expect(rows).toEqual([
      { envelope: 'QC-M15', is_sound: true },
      { envelope: 'QC-M18', is_sound: true },
    ])
  })

  test('are approved once by ten approvers of one revision', async () => {
    const waiting = await submittedRevision(two)
    const answers = await Promise.all(Array.from({ length: 10 }, () => approve(waiting)))
    expect(statuses(answers)).toEqual([
      [200, null],
      ...Array.from({ length: 9 }, () => [412, 'funding/stale']),
    ])
  })
})
