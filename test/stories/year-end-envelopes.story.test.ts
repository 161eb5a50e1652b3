import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '#test/support/app.ts'
import { expectRefusal } from '#test/support/refusals.ts'
import type { Two } from '#test/support/revisions.ts'
import { closeYear } from '#test/support/year-ends.ts'

/** A year-end is the last word on the planned money of its year: no new envelope adds to it. */
let app: TestApp
let two: Two

beforeAll(async () => {
  app = await testApp()
  two = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
  }
})
afterAll(() => app.close())

const fixed = (firstFiscalYear: string, lastFiscalYear: string) => ({
  ...{ kind: 'term', amount: '100.00', firstFiscalYear, lastFiscalYear, stated: true },
})
const yearly = (firstFiscalYear: string) => ({
  ...{ kind: 'recurring', amount: '100.00', firstFiscalYear, stated: true },
})
const envelope = (code: string, ...terms: readonly Record<string, unknown>[]) => ({
  ...{ code, programme: 'QC-PLAN-2021', organization: 'MSP', measures: ['QC-8'], terms },
  title: { fr: code, en: code },
  source: { document: 'DECISION', quote: 'Décision', title: { fr: 'Décision', en: 'Decision' } },
})
const enter = async (body: ReturnType<typeof envelope>) => {
  const entered = await two.officer.send('POST', '/envelopes', { body })
  expect([entered.text, entered.status]).toEqual([entered.text, 201])
  return two.officer.step(`/envelopes/${body.code}/submit`, entered.body.version)
}

describe('an envelope of a programme of which 2024-2025 is closed', () => {
  test('that waited for it is not approved', async () => {
    const waiting = [
      (await enter(envelope('QC-LATE', yearly('2022-2023')))).body,
      (await enter(envelope('QC-ENDED', fixed('2021-2022', '2024-2025')))).body,
    ]
    expect((await closeYear(two, { fiscalYear: '2024-2025' })).status).toBe(200)
    for (const [place, pointer] of ['firstFiscalYear', 'lastFiscalYear'].entries()) {
      const { code, version } = waiting[place]
      const errors = [[`/terms/0/${pointer}`, 'funding/year-closed']] as const
      await expectRefusal(app, { status: 422, code: 'funding/year-closed', errors }, (headers) =>
        two.approver.send('POST', `/envelopes/${code}/approve`, { version, headers }),
      )
    }
  })

  test('is not entered where its money would be planned there, or end there', async () => {
    const errors = [['/terms/1/firstFiscalYear', 'funding/year-closed']] as const
    const terms = [fixed('2021-2022', '2022-2023'), yearly('2023-2024')]
    await expectRefusal(app, { status: 422, code: 'funding/year-closed', errors }, (headers) =>
      two.officer.send('POST', '/envelopes', { body: envelope('QC-NEW', ...terms), headers }),
    )
  })

  test('is approved where a year of its fixed total is open after it', async () => {
    const { body } = await enter(envelope('QC-OPEN', fixed('2023-2024', '2025-2026')))
    const { status } = await two.approver.step('/envelopes/QC-OPEN/approve', body.version)
    expect(status).toBe(200)
  })
})
