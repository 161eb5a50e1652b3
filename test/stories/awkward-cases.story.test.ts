import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commit, correct } from '#test/support/commitments.ts'
import { post } from '#test/support/drafts.ts'
import { reconciliation } from '#test/support/reports.ts'
import { revise, type Two } from '#test/support/revisions.ts'

/**
 * Cases where several rules meet, worked out by hand: after each thing that happens, a line a cell
 * of the envelope, and in each line planned = committed + spent + available.
 * Commitments alone: consumption.story; a narrow range and two leads: reconciliation/spread.
 */
let app: TestApp
let two: Two
let people: readonly [Person, Person]
let auditor: Person

beforeAll(async () => {
  app = await testApp()
  two = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
  }
  people = [two.officer, two.approver]
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

async function cellsOf(envelope: string): Promise<string> {
  const { rows } = await app.database.owner.query(
    `select rpad(coalesce(measure, 'commun'), 7)
      || rpad(coalesce(fiscal_year, 'non réparti'), 12)
      || lpad(planned::text, 11) || lpad(committed::text, 11)
      || lpad(spent::text, 11) || lpad(available::text, 12) as line
    from (
      select measure, fiscal_year,
        coalesce(sum(amount) filter (where account in ('available', 'committed') and kind in (
          'appropriation', 'supplement', 'reduction', 'transfer', 'distribution', 'carry-forward'
        )), 0.00) as planned,
        coalesce(sum(amount) filter (where account = 'committed'), 0.00) as committed,
        coalesce(sum(amount) filter (where account = 'spent'), 0.00) as spent,
        coalesce(sum(amount) filter (where account = 'available'), 0.00) as available
      from journal_balance where envelope = $1
      group by measure, fiscal_year
    ) as cell
    where (planned, committed, spent, available) <> (0, 0, 0, 0)
    order by measure nulls first, fiscal_year nulls first`,
    [envelope],
  )
  return ['', ...rows.map(({ line }) => line)].join('\n')
}

/** A case: what happens, then what each cell holds. Columns: planned, committed, spent, available. */
async function follow(
  envelope: string,
  story: readonly (readonly [what: string, act: () => Promise<unknown>, cells: string])[],
): Promise<void> {
  for (const [what, act, cells] of story) {
    await act()
    const expected = cells.replaceAll(/\n +/g, '\n').trimEnd()
    expect([what, await cellsOf(envelope)]).toEqual([what, expected])
  }
}

const spend = (change: Record<string, unknown>) => post(...people, change)
const shared = 'QC-COMMUNICATION'
const distribute = async (
  ...lines: readonly (readonly [to: Record<string, unknown>, amount: string])[]
) => {
  const moved = lines.map(([cell, amount]) => ({ envelope: shared, ...cell, amount }))
  const { status, text } = await revise(two, { kind: 'distribution', lines: moved })
  expect([status, text]).toEqual([200, text])
}

test('a member of a shared envelope spends before it has a share, within it, and beyond it', async () => {
  let held = ''
  const flags: (readonly string[])[] = []
  await follow(shared, [
    [
      'QC-3, without a share, spends 100 000.00',
      () => spend({ measure: 'QC-3', amount: '100000.00', documentNumber: 'A' }),
      `
      commun non réparti  2903063.00       0.00       0.00  2903063.00
      QC-3   2025-2026          0.00       0.00  100000.00  -100000.00
      `,
    ],
    [
      'of the common part 300 000.00 goes to QC-3, and 200 000.00 to a year of QC-A1',
      () =>
        distribute(
          [{}, '-500000.00'],
          [{ measure: '3' }, '300000.00'],
          [{ measure: 'A1', fiscalYear: '2025-2026' }, '200000.00'],
        ),
      `
      commun non réparti  2403063.00       0.00       0.00  2403063.00
      QC-3   non réparti   300000.00       0.00       0.00   300000.00
      QC-3   2025-2026          0.00       0.00  100000.00  -100000.00
      QC-A1  2025-2026     200000.00       0.00       0.00   200000.00
      `,
    ],
    [
      'QC-3 commits 150 000.00; QC-4, without a share, spends 50 000.00',
      async () => {
        held = (await commit(...people, { measure: 'QC-3', amount: '150000.00' })).id
        await spend({ measure: 'QC-4', amount: '50000.00' })
      },
      `
      commun non réparti  2403063.00       0.00       0.00  2403063.00
      QC-3   non réparti   300000.00       0.00       0.00   300000.00
      QC-3   2025-2026          0.00  150000.00  100000.00  -250000.00
      QC-4   2025-2026          0.00       0.00   50000.00   -50000.00
      QC-A1  2025-2026     200000.00       0.00       0.00   200000.00
      `,
    ],
    [
      'QC-3 spends 160 000.00 on it: 150 000.00 from committed, 10 000.00 from available',
      () => spend({ measure: 'QC-3', amount: '160000.00', commitment: held }),
      `
      commun non réparti  2403063.00       0.00       0.00  2403063.00
      QC-3   non réparti   300000.00       0.00       0.00   300000.00
      QC-3   2025-2026          0.00       0.00  260000.00  -260000.00
      QC-4   2025-2026          0.00       0.00   50000.00   -50000.00
      QC-A1  2025-2026     200000.00       0.00       0.00   200000.00
      `,
    ],
    [
      'QC-3 spends the 40 000.00 it has left, and twice a cent: each cent is over its share',
      async () => {
        for (const [place, amount] of ['40000.00', '0.01', '0.01'].entries()) {
          const posted = await spend({ measure: 'QC-3', amount, documentNumber: `B-${place}` })
          flags.push(posted.flags)
        }
      },
      `
      commun non réparti  2403063.00       0.00       0.00  2403063.00
      QC-3   non réparti   300000.00       0.00       0.00   300000.00
      QC-3   2025-2026          0.00       0.00  300000.02  -300000.02
      QC-4   2025-2026          0.00       0.00   50000.00   -50000.00
      QC-A1  2025-2026     200000.00       0.00       0.00   200000.00
      `,
    ],
    [
      'what QC-A1 never used goes back to the common part',
      () =>
        distribute([{ measure: 'A1', fiscalYear: '2025-2026' }, '-200000.00'], [{}, '200000.00']),
      `
      commun non réparti  2603063.00       0.00       0.00  2603063.00
      QC-3   non réparti   300000.00       0.00       0.00   300000.00
      QC-3   2025-2026          0.00       0.00  300000.02  -300000.02
      QC-4   2025-2026          0.00       0.00   50000.00   -50000.00
      `,
    ],
  ])
  expect(flags).toEqual([[], ['over-share'], ['over-share']])
  const { row, proof, totals } = await reconciliation(auditor)
  expect(row('QC-3')).toMatchObject({ planned: '300000.00', available: '-0.02', repeated: true })
  expect(row('QC-3').flags).toContain('over-share')
  expect(row('QC-A1').planned).toBeNull()
  expect(row(shared)).toMatchObject({ planned: '2903063.00', available: '2553062.98' })
  // Of 2 903 063.00, 300 000.00 is shown again on a member's row; of 350 000.02 spent, all of it is.
  expect(proof.planned).toMatchObject({ repeats: '300000.00', total: '147106925.00' })
  expect(proof.spent).toEqual({ rows: '700000.04', repeats: '350000.02', total: '350000.02' })
  expect(totals.planned).toBe('147106925.00')
})

test('a refund, then the release of the rest, then the reversal: all of it is available again', async () => {
  let held = ''
  let document = { id: '', version: 0 }
  await follow('QC-M13', [
    [
      '1 000.00 is committed',
      async () => {
        held = (await commit(...people, { measure: 'QC-13', amount: '1000.00' })).id
      },
      `
      QC-13  non réparti  4025000.00       0.00       0.00  4025000.00
      QC-13  2025-2026          0.00    1000.00       0.00    -1000.00
      `,
    ],
    [
      '600.00 of it is spent',
      async () => {
        document = await spend({ measure: 'QC-13', amount: '600.00', commitment: held })
      },
      `
      QC-13  non réparti  4025000.00       0.00       0.00  4025000.00
      QC-13  2025-2026          0.00     400.00     600.00    -1000.00
      `,
    ],
    [
      '100.00 comes back: to available, not to the commitment',
      async () => {
        const asked = { amount: '100.00', date: '2025-09-01' }
        document = (await correct(people, document, 'refund', asked)).body
      },
      `
      QC-13  non réparti  4025000.00       0.00       0.00  4025000.00
      QC-13  2025-2026          0.00     400.00     500.00     -900.00
      `,
    ],
    [
      'the 400.00 that is left of the commitment is released',
      async () => {
        const { version } = (await auditor.get(`/commitments/${held}`)).body
        await two.approver.step(`/commitments/${held}/release`, version, { reason: 'Terminé' })
      },
      `
      QC-13  non réparti  4025000.00       0.00       0.00  4025000.00
      QC-13  2025-2026          0.00       0.00     500.00     -500.00
      `,
    ],
    [
      'the expenditure is reversed, its refund first: the commitment is closed and takes nothing',
      () => correct(people, document, 'reverse'),
      `
      QC-13  non réparti  4025000.00       0.00       0.00  4025000.00
      `,
    ],
  ])
  const { body } = await auditor.get(`/commitments/${held}`)
  expect(body).toMatchObject({ state: 'closed', consumed: '600.00', released: '400.00' })
})

test('the record is whole after all of it', async () => {
  expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
})
