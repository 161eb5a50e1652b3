import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listSpokenOf } from '#features/expenditures/document-check.store.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { within } from '#test/support/bounds.ts'
import { commit } from '#test/support/commitments.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'

let app: TestApp
let officer: Person
let approver: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
})
afterAll(() => app.close())

/** Ids of the documents that were read to be compared with what is said of them. */
async function compared(): Promise<readonly string[]> {
  const chunks = await within(app.database.handle, {}, async (work) => [
    ...(await listSpokenOf(work, null, 1_000)),
    ...(await listSpokenOf(work, { entry: '0', id: '' }, 1_000)),
  ])
  return chunks
    .filter(({ expenditure }) => expenditure.source === null)
    .map(({ expenditure }) => expenditure.id)
}

describe('a document that its own last event spoke of', () => {
  test('is verified without being read: drafts, what waits, what is posted', async () => {
    await officer.send('POST', '/expenditures', { body: draft() })
    await officer.send('POST', '/expenditures', {
      body: draft({
        supplier: 'Études « Ω » & 🜨 ; fils',
        description: "deux\nlignes, s5:after;o28: et l'apostrophe",
        documentDate: '2025-06-20',
        documentNumber: 'F-É',
        justification: 'Autorisé',
      }),
    })
    await submitted(officer, { documentNumber: 'F-2' })
    await post(officer, approver, { measure: 'A1', documentNumber: 'F-3' })
    const { id } = await commit(officer, approver, { measure: 'QC-2', amount: '1000.00' })
    await post(officer, approver, { measure: 'QC-2', amount: '600.00', commitment: id })
    // Twice the same document: flagged.
    const flagged = await post(officer, approver, { measure: 'QC-2', amount: '600.00' })
    expect(flagged.flags).not.toEqual([])
    expect(await compared()).toEqual([])
  })

  test('is read once somebody asked to correct it, or approved it with others', async () => {
    const posted = await post(officer, approver, { documentNumber: 'F-4' })
    await officer.step(`/expenditures/${posted.id}/reverse`, posted.version, { reason: 'Erreur' })
    const together = [
      await submitted(officer, { documentNumber: 'F-5' }),
      await submitted(officer, { documentNumber: 'F-6' }),
    ]
    const answer = await approver.send('POST', '/expenditures/approve', {
      body: { items: together.map(({ id, version }) => ({ id, version })) },
    })
    expect(answer.status).toBe(200)
    const ids = [posted, ...together].map(({ id }) => id)
    expect([...(await compared())].sort()).toEqual(ids.sort())
  })
})
