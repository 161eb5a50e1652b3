import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { bring, ledgerRow } from '#test/support/extracts.ts'

/** A tie-out as a report, and what a closed period still takes. */
let app: TestApp
let officer: Person
let approver: Person
let auditor: Person
let administrator: Person
let analyst: Person

const june = { organization: 'MSP', fiscalYear: '2025-2026', period: 3 }
const url = '/reports/tie-out?organization=MSP&fiscalYear=2025-2026&period=3'

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
  administrator = await app.person('administrator', 'administrator')
  analyst = await app.person('analyst', 'analyst')
  const spending = { documentNumber: 'F-1', amount: '100.00', serviceDate: '2025-06-03' }
  await post(officer, approver, spending)
  const rows = [ledgerRow('2025-06-03', 'F-1', '99.98'), ledgerRow('2025-06-09', 'G-1', '30.00')]
  await bring(officer, { rows })
})
afterAll(() => app.close())

const outcomeOf = async (asked: Promise<Answered>): Promise<string> => {
  const { status, body } = await asked
  return status < 300 ? String(status) : `${status} ${body.code}`
}

interface Line {
  readonly key: string
  readonly extract: string | null
  readonly journal: string | null
  readonly difference: string | null
}

describe('the report', () => {
  test('needs its period, and a run of it', async () => {
    expect(await outcomeOf(auditor.get('/reports/tie-out?organization=MSP'))).toBe(
      '400 reports/period-missing',
    )
    expect(await outcomeOf(auditor.get(url))).toBe('404 reports/nothing-matched')
    expect(await outcomeOf(auditor.get(url.replace('period=3', 'period=14')))).toBe(
      '400 http/invalid-query',
    )
    expect(await outcomeOf(auditor.get(`${url}&asOf=1`))).toBe('400 reports/parameter-unused')
  })

  test('has the figures of the run, on both sides and cause by cause, to nothing', async () => {
    const { body: run } = await officer.send('POST', '/matching/runs', { body: june })
    const { body } = await auditor.get(url)
    const lines: readonly Line[] = body.rows
    const side = (of: 'extract' | 'journal') =>
      Object.fromEntries(lines.slice(0, 4).map((line) => [line.key, line[of]]))
    expect(side('extract')).toEqual(run.tieOut.extract)
    expect(side('journal')).toEqual(run.tieOut.journal)
    expect(lines.slice(4).map(({ key, difference }) => [key, difference])).toEqual([
      ['difference', '29.98'],
      ['unexplained', '29.98'],
    ])
    const residual = run.matches[0].id
    const items = [
      { extractRow: 3, cause: 'not-in-service', owner: officer.email },
      { match: residual, cause: 'amount', owner: officer.email },
    ]
    await officer.step(`/matching/runs/${run.run}/causes`, 1, { items })
    const after = (await auditor.get(url)).body
    expect(after.rows.slice(4).map(({ key, difference }: Line) => [key, difference])).toEqual([
      ['difference', '29.98'],
      ['not-in-service', '30.00'],
      ['amount', '-0.02'],
      ['unexplained', '0.00'],
    ])
    expect([body.notes[0].code, after.position > body.position]).toEqual(['not-signed', true])
    expect(after.parameters).toMatchObject({ organization: 'MSP', period: '3', run: run.run })
  })

  test('is a CSV and a workbook of the same lines', async () => {
    const csv = (await auditor.get(url.replace('tie-out?', 'tie-out.csv?'))).text.trim().split('\n')
    expect(csv[0]?.trim()).toBe('key,label,extract,journal,difference')
    expect(csv.at(-1)?.trim()).toBe('total,Sans cause,,,0.00')
    const workbook = await auditor.get(url.replace('tie-out?', 'tie-out.xlsx?'))
    expect([workbook.status, workbook.text.slice(0, 2)]).toEqual([200, 'PK'])
  })

  test('is for who may read the matching of the organization; for others it is not there', async () => {
    expect(await outcomeOf(analyst.get(url))).toBe('403 identity/forbidden')
    expect(await outcomeOf(approver.get(url))).toBe('200')
    const stranger = await app.person('etrangere', 'officer', 'MJQ')
    expect(await outcomeOf(stranger.get(url))).toBe('404 reports/nothing-matched')
  })
})

describe('a closed period', () => {
  test('takes no other extract, corrected or first, and no other run, until it is opened again', async () => {
    const [{ run, version }] = (await auditor.get('/matching/runs')).body.items
    await approver.step(`/matching/runs/${run}/sign`, version)
    expect((await auditor.get(url)).body.notes[0].code).toBe('signed')
    const close = (period: number) =>
      outcomeOf(
        administrator.send('POST', '/periods/close', { body: { ...june, period, version: 1 } }),
      )
    expect([await close(3), await close(2)]).toEqual(['200', '200'])
    const [loaded] = (await auditor.get('/extracts')).body.items
    const rows = [ledgerRow('2025-06-03', 'F-1', '100.00')]
    const correct = () => outcomeOf(bring(officer, { rows, fields: { supersedes: loaded.id } }))
    const match = () => outcomeOf(officer.send('POST', '/matching/runs', { body: june }))
    expect(await correct()).toBe('409 extracts/period-closed')
    expect(await outcomeOf(bring(officer, { rows, fields: { period: '2' } }))).toBe(
      '409 extracts/period-closed',
    )
    expect(await match()).toBe('409 matching/period-closed')
    const body = { ...june, version: 2, reason: 'Extrait corrigé' }
    expect(await outcomeOf(administrator.send('POST', '/periods/reopen', { body }))).toBe('200')
    expect([await correct(), await match()]).toEqual(['201', '201'])
  })
})
