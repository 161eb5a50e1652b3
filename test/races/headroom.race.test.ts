import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { amountOf, centsOf } from '#test/drivers/model.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { within } from '#test/support/bounds.ts'
import { type Chance, chanceOf } from '#test/support/seed.ts'
import { runs } from '#test/support/tier.ts'

// Seconds, or a minute where the machine is busy.
vi.setConfig({ testTimeout: runs(180_000, 3_600_000) })

const clients = 64
const attempts = runs(128, 2_000)
/** QC-MA4 grants 40 000.00 over its term, to no year in particular. */
const granted = 4_000_000n

test('sixty-four approvers of spending and commitments at once never pass the ceiling, by no cent, and leave nothing unused', async () => {
  const chance = chanceOf('headroom')
  for (let run = 1; run <= runs(2, 50); run += 1) {
    const app = await testApp({ poolMax: 20 })
    try {
      await race(app, chance.branch(run))
    } finally {
      await app.close()
    }
  }
})

async function race(app: TestApp, chance: Chance): Promise<void> {
  const approver = await app.person('approver', 'approver')
  const waiting = await manySubmitted(app, chance)
  const refused: bigint[] = []
  const strange: string[] = []
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const { kind, id, amount } = next
        const { status, text } = await approver.step(`/${kind}/${id}/approve`, 1)
        if (status === 422 && text.includes('above-headroom')) {
          refused.push(centsOf(amount))
        } else if (status === 503) {
          // A connection took too long to be had: nothing was done, and it is asked again.
          waiting.push(next)
        } else if (status !== 200) {
          strange.push(`${status} ${text}`)
        }
      }
    }),
  )
  expect(strange).toEqual([])
  const { rows } = await app.database.owner.query(`
    select
      (select coalesce(sum(amount), 0.00)::text from expenditure where state = 'posted') as spent,
      (select coalesce(sum(amount), 0.00)::text from commitment where state = 'approved')
        as committed`)
  const { spent, committed } = rows[0]
  const left = granted - centsOf(spent) - centsOf(committed)
  expect(left >= 0n).toBe(true)
  expect([centsOf(spent), centsOf(committed)].filter((taken) => taken === 0n)).toEqual([])
  // Each was refused when at least as much was left as now.
  expect(refused.filter((amount) => amount <= left)).toEqual([])
  expect(refused.length).toBeGreaterThan(0)
  await expectShown(approver, app, { spent, committed, available: amountOf(left) })
}

interface Waiting {
  readonly kind: 'expenditures' | 'commitments'
  readonly id: string
  readonly amount: string
}

/** Submitted by SQL: it is their approvals that race. */
async function manySubmitted({ database, person }: TestApp, chance: Chance): Promise<Waiting[]> {
  const { email } = await person('officer', 'officer')
  // About three times what there is.
  const amounts = Array.from({ length: attempts }, () =>
    amountOf(BigInt(1 + chance.below(Math.ceil((6 * Number(granted)) / attempts)))),
  )
  const { rows } = await within(database.handle, { actor: email }, (work) =>
    sql<Waiting>`
      with listed as materialized (
        select place, amount,
          case when place % 2 = 0 then '2025-06-15' else '2022-06-15' end::date as day,
          case when place % 2 = 0 then '2025-2026' else '2022-2023' end as fiscal_year
        from unnest(${amounts}::numeric[]) with ordinality as asked (amount, place)
      ),
      spending as (
        insert into expenditure (number, state, organization, measure, envelope, service_date,
          fiscal_year, document_number, supplier, description, amount, prepared_by, changed_by,
          submitted_by)
        select 'D-' || place, 'submitted', 'MSP', 'QC-A4', 'QC-MA4', day, fiscal_year,
          'F-' || place, 'PIPQ', 'Course', amount, ${email}, ${email}, ${email}
        from listed where place % 3 <> 0
        returning expenditure.id, expenditure.amount, expenditure.number
      ),
      reserving as (
        insert into commitment (number, state, organization, measure, envelope, fiscal_year,
          held_fiscal_year, supplier, reference, description, amount, prepared_by, changed_by,
          submitted_by)
        select 'E-' || place, 'submitted', 'MSP', 'QC-A4', 'QC-MA4', fiscal_year, fiscal_year,
          'PIPQ', 'C-' || place, 'Course', amount, ${email}, ${email}, ${email}
        from listed where place % 3 = 0
        returning commitment.id, commitment.amount, commitment.number
      )
      select kind, id, amount
      from (
        select 'expenditures' as kind, id, amount, number from spending
        union all
        select 'commitments' as kind, id, amount, number from reserving
      ) as waiting
      order by split_part(number, '-', 2)
    `.execute(work),
  )
  return rows
}

async function expectShown(
  approver: Person,
  app: TestApp,
  figures: Readonly<Record<'spent' | 'committed' | 'available', string>>,
): Promise<void> {
  const report = await approver.get('/reports/reconciliation?by=envelope')
  const row = report.body.rows.find(({ key }: { key: string }) => key === 'QC-MA4')
  expect(row).toMatchObject({ planned: '40000.00', ...figures })
  const { rows } = await app.database.owner.query(`
    select count(*)::integer as flagged from journal_flag where journal_flag.flag = 'over-spent'`)
  expect(rows).toEqual([{ flagged: 0 }])
}
