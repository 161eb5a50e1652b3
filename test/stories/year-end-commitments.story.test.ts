import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { cellsOf, commit, correct } from '#test/support/commitments.ts'
import { post, submitted } from '#test/support/drafts.ts'
import { closeYear } from '#test/support/year-ends.ts'

/** A commitment of 2025-2026 before and after that year is closed, step by step, as tables. */
let app: TestApp
let officer: Person
let approver: Person
let auditor: Person

const place = { organization: 'SPC', measure: null, envelope: 'CA-2017' }

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer', 'SPC')
  approver = await app.person('approver', 'approver', 'SPC')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

/** CA-2017 is granted 1 300 000.00 a year. */
const cells = async (): Promise<string> =>
  (await cellsOf(app.database.owner, 'CA-2017'))
    .split('\n')
    .filter((line) => !/20(1\d|2[0-4])-20/.test(line))
    .join('\n')

describe('a commitment of a year that is closed', () => {
  let id = ''
  let first: { id: string; version: number }
  const read = async () => (await auditor.get(`/commitments/${id}`)).body

  test('is carried with what it still holds; the rest of the money lapses', async () => {
    ;({ id } = await commit(officer, approver, { ...place, amount: '1000.00' }))
    first = await post(officer, approver, { ...place, amount: '400.00', commitment: id })
    const policies = [{ envelope: 'CA-2017', policy: 'lapse' }]
    const closing = { programme: 'CA-STRATEGY-2004', policies }
    const { body } = await closeYear({ officer, approver }, closing)
    expect(body.state).toBe('approved')
    expect(await cells()).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      commun non réparti    6000000.00       0.00       0.00
      commun 2025-2026          0.00       0.00     400.00
      commun 2026-2027    1300000.00     600.00       0.00"
    `)
    expect(await read()).toMatchObject({
      ...{ fiscalYear: '2025-2026', heldIn: '2026-2027', remaining: '600.00', version: 5 },
    })
  })

  test('is consumed in the year that holds it', async () => {
    const change = { ...place, amount: '250.00', commitment: id, serviceDate: '2026-06-15' }
    await post(officer, approver, change)
    expect(await cells()).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      commun non réparti    6000000.00       0.00       0.00
      commun 2025-2026          0.00       0.00     400.00
      commun 2026-2027    1300000.00     350.00     250.00"
    `)
  })

  test('is released there by a late item of its own year, which nothing covers', async () => {
    const change = { ...place, amount: '100.00', commitment: id, documentNumber: 'F-LATE' }
    const late = await submitted(officer, change)
    const posted = await approver.step(`/expenditures/${late.id}/approve`, late.version, {
      justification: 'Facture retrouvée',
    })
    expect(posted.body.flags).toEqual(['over-spent', 'late-item'])
    expect(await cells()).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      commun non réparti    6000000.00       0.00       0.00
      commun 2025-2026       -100.00       0.00     500.00
      commun 2026-2027    1300100.00     250.00     250.00"
    `)
  })

  test('gets nothing back from its closed year: a reversal there goes to available', async () => {
    const reversed = await correct([officer, approver], first, 'reverse')
    expect(reversed.body.state).toBe('reversed')
    expect(await cells()).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      commun non réparti    6000000.00       0.00       0.00
      commun 2025-2026        300.00       0.00     100.00
      commun 2026-2027    1300100.00     250.00     250.00"
    `)
    expect((await read()).remaining).toBe('250.00')
  })

  test('is released once, in the year that holds it', async () => {
    const { version } = await read()
    const reason = 'Terminé'
    const released = await approver.step(`/commitments/${id}/release`, version, { reason })
    expect(released.body.state).toBe('closed')
    expect(await cells()).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      commun non réparti    6000000.00       0.00       0.00
      commun 2025-2026        300.00       0.00     100.00
      commun 2026-2027    1300350.00       0.00     250.00"
    `)
    const { body } = await auditor.get('/verify')
    expect(body.checks.flatMap((check: { breaks: unknown[] }) => check.breaks)).toEqual([])
  })
})
