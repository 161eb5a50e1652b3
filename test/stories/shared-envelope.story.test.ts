import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { splitEvenly } from '#core/allocate.ts'
import { money } from '#core/money.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { everyWay, reconciliation } from '#test/support/reports.ts'
import { members, revise, submittedRevision, type Two } from '#test/support/revisions.ts'

/** QC-COMMUNICATION grants 2 903 063.00 to six measures, and nothing of it is distributed yet. */
let app: TestApp
let two: Two

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  two = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
  }
})
afterAll(() => app.close())

const envelope = 'QC-COMMUNICATION'
const shares = splitEvenly(money('2903063.00'), 6).map(String)
const whole = '2903063.00'

/** From the common part to the six, or back. */
const distribution = (sign: '' | '-') => ({
  kind: 'distribution',
  lines: [
    { envelope, amount: sign === '' ? `-${whole}` : whole },
    ...members.map((measure, place) => ({ envelope, measure, amount: `${sign}${shares[place]}` })),
  ],
})

/** Each in both spreads: a share that went back leaves no trace of having been spread either. */
const questions = everyWay.flatMap((query) => [query, `${query}&spread=straight-line`])

/** All that a report says but where it stands. */
async function drawn(query: string): Promise<unknown> {
  const { position, positionAt, seal, ...rest } = (
    await two.officer.get(`/reports/reconciliation${query}`)
  ).body
  expect([typeof position, typeof positionAt, typeof seal]).toEqual(['number', 'string', 'string'])
  return rest
}

describe('the shared envelope, distributed to its six members', () => {
  let before: Map<string, unknown>

  beforeAll(async () => {
    before = new Map()
    for (const query of questions) {
      before.set(query, await drawn(query))
    }
    const approved = await revise(two, distribution(''))
    expect([approved.status, approved.body.state]).toEqual([200, 'approved'])
  })

  test('gives two of them a cent more than the others', () => {
    expect(shares).toEqual([
      ...Array.from({ length: 2 }, () => '483843.84'),
      ...Array.from({ length: 4 }, () => '483843.83'),
    ])
  })

  test('leaves the total where it was, and proves it', async () => {
    const { totals, proof, row } = await reconciliation(two.officer)
    expect(totals).toMatchObject({ planned: '147106925.00', transfers: '0.00' })
    expect(proof.planned).toEqual({
      rows: '150009988.00',
      repeats: whole,
      total: '147106925.00',
    })
    expect(row(envelope)).toMatchObject({
      initial: whole,
      transfers: '0.00',
      planned: whole,
      repeated: false,
    })
  })

  test('shows each member its share, marked repeated', async () => {
    const { row } = await reconciliation(two.officer)
    expect(members.map((measure) => row(measure))).toMatchObject(
      shares.map((share) => ({
        ...{ repeated: true, initial: null, transfers: share, planned: share, available: share },
        flags: ['in-shared-envelope', 'nothing-recorded'],
      })),
    )
  })

  test.each(['axis', 'lead'])(
    'by %s the money still stands on the envelope’s row alone',
    async (by) => {
      const { row, totals } = await reconciliation(two.officer, `?by=${by}`)
      expect(row(envelope).planned).toBe(whole)
      expect(totals.planned).toBe('147106925.00')
    },
  )

  test('keeps every promise about the record', async () => {
    const auditor = await app.person('auditor', 'auditor')
    expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
  })

  test('and taken back, is as if it had never been but for position and seal', async () => {
    const back = await revise(two, distribution('-'))
    expect(back.status).toBe(200)
    for (const query of questions) {
      expect([query, await drawn(query)]).toEqual([query, before.get(query)])
    }
  })
})

describe('the shared envelope, distributed in part', () => {
  beforeAll(async () => {
    const part = await revise(two, {
      kind: 'distribution',
      lines: [
        { envelope, amount: '-1000000.00' },
        { envelope, measure: '3', amount: '600000.00' },
        { envelope, measure: 'A1', fiscalYear: '2025-2026', amount: '400000.00' },
      ],
    })
    expect(part.status).toBe(200)
  })

  test('still adds up once, members without a share absent', async () => {
    const { row, proof } = await reconciliation(two.officer)
    expect(proof.planned).toEqual({
      rows: '148106925.00',
      repeats: '1000000.00',
      total: '147106925.00',
    })
    expect([row('QC-3').planned, row('QC-A1').planned, row('QC-4').planned]).toEqual([
      '600000.00',
      '400000.00',
      null,
    ])
  })

  test('by fiscal year shows the year what was given to it', async () => {
    const { row, totals } = await reconciliation(two.officer, '?by=fiscal-year')
    expect(row('2025-2026')).toMatchObject({ initial: null, transfers: '400000.00' })
    expect(row('undistributed')).toMatchObject({ transfers: '-400000.00', planned: '146706925.00' })
    expect(totals.planned).toBe('147106925.00')
  })

  test('flags the member beyond its share, and the one without beyond the common part', async () => {
    await post(two.officer, two.approver, { measure: 'QC-3', amount: '600000.00' })
    expect((await reconciliation(two.officer)).row('QC-3').flags).toEqual(['in-shared-envelope'])
    const over = await post(two.officer, two.approver, { measure: 'QC-3', amount: '0.01' })
    // The envelope has room for it, the member’s share has not.
    expect(over.flags).toEqual(['over-share'])
    expect((await reconciliation(two.officer)).row('QC-3').flags).toEqual([
      'in-shared-envelope',
      'over-share',
    ])
    await post(two.officer, two.approver, { measure: 'QC-4', amount: '1903062.99' })
    expect((await reconciliation(two.officer)).row('QC-4').flags).toEqual(['in-shared-envelope'])
  })

  test('gives no more than its common part still has to give', async () => {
    const { approver } = two
    const waiting = await submittedRevision(two, {
      kind: 'distribution',
      lines: [
        { envelope, amount: '-0.01' },
        { envelope, measure: '5', amount: '0.01' },
      ],
    })
    const refused = await approver.step(`/revisions/${waiting.id}/approve`, waiting.version)
    expect([refused.status, refused.body.code]).toEqual([422, 'funding/above-headroom'])
    expect(refused.body.detail.replaceAll('\u00a0', ' ')).toContain(
      '0,01 $ dépasse la marge de QC-COMMUNICATION, 0,00 $ (disponible de cette part 1 903 063,00 $, non réparti 1 903 063,00 $, insuffisance des autres parts -1 903 063,00 $',
    )
  })
})
