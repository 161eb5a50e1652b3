import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commit, correct } from '#test/support/commitments.ts'
import { post } from '#test/support/drafts.ts'

/** `verify` names what somebody with the database in hand made of commitments and corrections. */
let app: TestApp
let officer: Person
let approver: Person
let auditor: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

const breaksOf = async (code: string) => {
  const { isIntact, checks } = (await auditor.get('/verify')).body
  const found = checks.find((check: { code: string }) => check.code === code)
  expect(isIntact).toBe(found.breaks.length === 0)
  return found.breaks
}

/** As the owner, who can take every guard of a table away, do it, and put them back. */
async function tamper(table: string, statement: string, values: unknown[]): Promise<void> {
  const { owner } = app.database
  await owner.query(`alter table ${table} disable trigger user`)
  await owner.query(statement, values)
  for (const trigger of ['settled', 'signed']) {
    if (table !== 'expenditure_request' || trigger === 'signed') {
      await owner.query(`alter table ${table} enable always trigger ${trigger}`)
    }
  }
}

describe('a commitment', () => {
  test('that says it was consumed by more than the journal took from it is named', async () => {
    const { id, number } = await commit(officer, approver)
    const set = 'update commitment set consumed = $2 where id = $1'
    await tamper('commitment', set, [id, '0.01'])
    expect(await breaksOf('commitments')).toEqual([
      { place: `commitment ${number}`, expected: '999.99', found: '1000.00' },
    ])
    await tamper('commitment', set, [id, '0.00'])
    expect(await breaksOf('commitments')).toEqual([])
  })
})

describe('an expenditure', () => {
  const refunded = async () => {
    const posted = await post(officer, approver, { measure: 'QC-15', amount: '100.00' })
    const refund = { amount: '30.00', date: '2026-01-05' }
    return (await correct([officer, approver], posted, 'refund', refund)).body
  }

  test('that hides a part of its refunds is named', async () => {
    const { id, number } = await refunded()
    const set = 'update expenditure set refunded = $2 where id = $1'
    await tamper('expenditure', set, [id, '29.99'])
    expect(await breaksOf('corrections')).toEqual([
      { place: `expenditure ${number}`, expected: '70.01', found: '70.00' },
    ])
    await tamper('expenditure', set, [id, '30.00'])
    expect(await breaksOf('corrections')).toEqual([])
  })

  test('whose request says another amount, or another day, than its entry is named', async () => {
    const { id, requests } = await refunded()
    const [{ entry }] = requests
    const what = (amount: string, day: string) => `${id} refund ${amount} ${day}`
    for (const [amount, day] of [
      ['30.01', '2026-01-05'],
      ['30.00', '2026-01-06'],
    ] as const) {
      const set = 'update expenditure_request set amount = $2, day = $3 where expenditure = $1'
      await tamper('expenditure_request', set, [id, amount, day])
      expect(await breaksOf('requests')).toEqual([
        {
          place: `entry ${entry}`,
          expected: what(amount, day),
          found: what('30.00', '2026-01-05'),
        },
      ])
      await tamper('expenditure_request', set, [id, '30.00', '2026-01-05'])
    }
  })

  test('whose request is gone is named by the entry that nobody asked for', async () => {
    const { id, requests } = await refunded()
    const remove = 'delete from expenditure_request where expenditure = $1'
    await tamper('expenditure_request', remove, [id])
    expect(await breaksOf('requests')).toEqual([
      {
        place: `entry ${requests[0].entry}`,
        expected: '-',
        found: `${id} refund 30.00 2026-01-05`,
      },
    ])
  })
})
