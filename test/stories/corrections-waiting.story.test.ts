import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commit } from '#test/support/commitments.ts'
import { post, submitted } from '#test/support/drafts.ts'

/** What approvers see of corrections and commitments before they decide. */
let app: TestApp
let officer: Person
let approver: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
})
afterAll(() => app.close())

interface Document {
  readonly id: string
  readonly number: string
  readonly version: number
}

const queue = async () => (await approver.get('/approvals?limit=500')).body
const itemOf = async ({ id }: Document) =>
  (await queue()).items.find(({ expenditure }: { expenditure: Document }) => expenditure.id === id)

/** Asked by the officer; answers the document that waits for a decision. */
async function ask(
  { id, version }: Document,
  kind: 'refund' | 'reverse' | 'reclassify',
  body: Record<string, unknown> = {},
) {
  const sent = { reason: 'Erreur', ...body }
  const asked = await officer.step(`/expenditures/${id}/${kind}`, version, sent)
  expect([kind, asked.text, asked.status]).toEqual([kind, asked.text, 200])
  return asked.body
}

const decide = ({ id, version, requests }: Document & { requests: { id: string }[] }, body = {}) =>
  approver.step(`/expenditures/${id}/requests/${requests.at(-1)?.id}/approve`, version, body)

describe('what waits for an approver', () => {
  test('counts a refund, a reversal of what is left, and nothing for a reclassification', async () => {
    const documents = []
    for (const documentNumber of ['W-1', 'W-2', 'W-3']) {
      documents.push(await post(officer, approver, { documentNumber, amount: '100.00' }))
    }
    const [first, second, third] = documents
    const date = '2025-07-02'
    const partly = await decide(await ask(second, 'refund', { amount: '40.00', date }))
    const asked = [
      await ask(first, 'refund', { amount: '30.00', date }),
      await ask(partly.body, 'reverse'),
      await ask(third, 'reclassify', { serviceDate: '2024-06-15' }),
    ]
    const { items, count, total } = await queue()
    expect([count, total]).toEqual([3, '-90.00'])
    expect(items).toMatchObject([
      { kind: 'refund', recordsIn: { fiscalYear: '2025-2026', period: 4 }, expenditure: asked[0] },
      { kind: 'reverse', expenditure: asked[1], needsJustification: false },
      { kind: 'reclassify', recordsIn: { fiscalYear: '2024-2025', period: 3 }, reasons: [] },
    ])
    for (const each of asked) {
      const { status, text } = await decide(each)
      expect([text, status]).toEqual([text, 200])
    }
    expect(await queue()).toMatchObject({ count: 0, total: '0.00' })
  })

  test('says that a reclassification passes the ceiling where it goes, and by what', async () => {
    // QC-M18 grants 68 466.00.
    const posted = await post(officer, approver, { documentNumber: 'W-4', amount: '68466.01' })
    const asked = await ask(posted, 'reclassify', { measure: 'QC-18' })
    const item = await itemOf(asked)
    expect(item).toMatchObject({ flags: ['over-spent'], needsJustification: true })
    const refused = await decide(asked)
    expect(refused.body.code).toBe('expenditures/above-headroom')
    expect(refused.body.detail).toContain(item.reasons[0].text.fr)
    const { body } = await decide(asked, { justification: 'Décision du 3 juin' })
    const successor = (await approver.get(`/expenditures/${body.reclassifiedTo}`)).body
    expect(successor.flags).toEqual(item.flags)
  })

  test('counts what moves within an envelope as given back before it is taken', async () => {
    const { terms } = (await approver.get('/envelopes/QC-M13')).body
    const posted = await post(officer, approver, {
      measure: 'QC-13',
      amount: terms[0].amount,
      documentNumber: 'W-5',
    })
    expect(posted.flags).toEqual([])
    const asked = await ask(posted, 'reclassify', { serviceDate: '2024-06-15' })
    expect(await itemOf(asked)).toMatchObject({ flags: [], needsJustification: false })
    const { status, text } = await decide(asked)
    expect([text, status]).toEqual([text, 200])
  })

  test('holds against the ceiling only what a commitment does not cover', async () => {
    // QC-M2 grants 50 000.00: all of it is committed.
    const { id } = await commit(officer, approver, { measure: 'QC-2', amount: '50000.00' })
    const covered = await submitted(officer, {
      measure: 'QC-2',
      amount: '50000.00',
      commitment: id,
      documentNumber: 'W-6',
    })
    expect(await itemOf(covered)).toMatchObject({ flags: [], needsJustification: false })
    const above = await submitted(officer, {
      measure: 'QC-2',
      amount: '50000.01',
      commitment: id,
      documentNumber: 'W-7',
    })
    const item = await itemOf(above)
    expect(item).toMatchObject({ flags: ['over-spent'], needsJustification: true })
    expect(item.reasons[0].text.fr.replaceAll('\u00a0', ' ')).toMatch(
      /^0,01 \$ dépasse la marge de QC-M2 pour 2025-2026, 0,00 \$ \(/,
    )
    const refused = await approver.step(`/expenditures/${above.id}/approve`, above.version)
    expect(refused.body.detail).toContain(item.reasons[0].text.fr)
    const posted = await approver.step(`/expenditures/${covered.id}/approve`, covered.version)
    expect(posted.body.flags).toEqual([])
  })
})
