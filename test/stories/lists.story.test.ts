import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'
import { closePeriods, periodsOfYear } from '#test/support/periods.ts'

/** Each document is known by its amount, a power of two in cents: a total says which were added. */
const documents: readonly Record<string, unknown>[] = [
  { amount: '0.01', measure: 'QC-12', supplier: 'PIPQ 100 %' },
  { amount: '0.02', measure: 'QC-15', serviceDate: '2024-04-01' },
  { amount: '0.04', measure: 'QC-3', serviceDate: '2024-03-31' },
  { amount: '0.08', measure: undefined, envelope: 'QC-COMMUNICATION' },
  { amount: '0.16', measure: 'QC-23', description: 'Un_deux' },
  { amount: '0.32', measure: undefined, envelope: 'CA-2022' },
  { amount: '0.64', measure: 'QC-7', serviceDate: '2025-07-01' },
]

let app: TestApp
let auditor: Person

beforeAll(async () => {
  app = await testApp()
  auditor = await app.person('auditor', 'auditor')
  const officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  for (const [place, change] of documents.entries()) {
    await post(officer, approver, { documentNumber: `F-${place}`, ...change })
  }
  await submitted(officer, { amount: '1.28', measure: 'QC-12' })
  await officer.send('POST', '/expenditures', { body: draft({ amount: '2.56' }) })
  const gone = await post(officer, approver, { amount: '5.12', documentNumber: 'gone' })
  const asked = await officer.step(`/expenditures/${gone.id}/reverse`, gone.version, {
    reason: 'Erreur',
  })
  const url = `/expenditures/${gone.id}/requests/${asked.body.requests[0].id}/approve`
  await approver.step(url, asked.body.version)
  await closePeriods(app.database.owner, 'MSP', periodsOfYear('2025-2026', [3]))
  await post(officer, approver, { amount: '10.24', documentNumber: 'late' })
  const jurist = await app.person('jurist', 'officer', 'MJQ')
  const chief = await app.person('chief', 'approver', 'MJQ')
  await post(jurist, chief, { amount: '20.48', organization: 'MJQ', measure: 'QC-28' })
})
afterAll(() => app.close())

describe('a list of expenditures', () => {
  test.each([
    ['', 12, '35.83'],
    ['state=draft', 1, '2.56'],
    ['state=submitted', 1, '1.28'],
    ['state=posted', 9, '31.99'],
    // What was reversed is listed, and counts nothing.
    ['state=reversed', 1, '0.00'],
    ['state=posted&organization=MSP', 8, '11.51'],
    ['state=posted&measure=QC-12', 2, '10.25'],
    ['state=posted&measure=12', 2, '10.25'],
    ['state=posted&measure=A3', 0, '0.00'],
    ['state=posted&envelope=QC-COMMUNICATION', 3, '0.76'],
    ['state=posted&axis=AXE-2', 2, '0.68'],
    ['state=posted&axis=AXE-4', 1, '0.16'],
    ['state=posted&lead=MSP', 4, '10.35'],
    ['state=posted&lead=MSP%2BSCF', 1, '0.04'],
    ['state=posted&lead=MJQ%2BMSP', 2, '0.80'],
    ['state=posted&lead=SPC', 1, '0.32'],
    ['state=posted&jurisdiction=CA', 1, '0.32'],
    ['state=posted&jurisdiction=QC', 8, '31.67'],
    ['state=posted&funding=shared', 3, '0.76'],
    ['state=posted&funding=self_funded', 1, '0.16'],
    ['state=posted&funding=own', 5, '31.07'],
    ['state=posted&funding=own,self_funded&jurisdiction=QC', 5, '30.91'],
    ['state=posted&fiscalYear=2023-2024', 1, '0.04'],
    ['state=posted&fiscalYear=2024-25', 1, '0.02'],
    ['state=posted&period=2025-2026-P03', 5, '21.05'],
    // Recorded in the supplementary period, whatever the service date.
    ['state=posted&period=2025-2026-P13', 1, '10.24'],
    ['state=posted&from=2025-06-16', 1, '0.64'],
    ['state=posted&from=2024-03-31&to=2024-04-01', 2, '0.06'],
    ['text=pipq%20100', 1, '0.01'],
    ['text=100%20%25', 1, '0.01'],
    ['text=n_d', 1, '0.16'],
    ['text=n%25d', 0, '0.00'],
  ])('?%s holds %i, together %s', async (query, count, total) => {
    const { body } = await auditor.get(`/expenditures?${query}`)
    expect([body.count, body.items.length, body.total]).toEqual([count, count, total])
  })

  test.each([1, 4, 11, 12, 500])(
    'is read in pages of %i without a gap or a repeat',
    async (limit) => {
      const all = (await auditor.get('/expenditures')).body
      const found: unknown[] = []
      let cursor: string | null = null
      do {
        const next: string = cursor === null ? '' : `&cursor=${cursor}`
        const { body } = await auditor.get(`/expenditures?limit=${limit}${next}`)
        expect(body.items.length).toBeLessThanOrEqual(limit)
        // Of the whole list, whatever the page.
        expect([body.count, body.total]).toEqual([all.count, all.total])
        found.push(...body.items)
        cursor = body.nextCursor
      } while (cursor !== null)
      expect(found).toEqual(all.items)
    },
  )

  test('is in the order of service dates', async () => {
    const { items } = (await auditor.get('/expenditures')).body
    const days = items.map(({ serviceDate }: { serviceDate: string }) => serviceDate)
    expect(days).toEqual(days.toSorted())
  })

  test('shows each document as it is alone', async () => {
    const { items } = (await auditor.get('/expenditures')).body
    for (const item of items) {
      const alone = await auditor.get(`/expenditures/${item.id}`)
      expect(alone.body).toEqual(item)
      expect(alone.headers.etag).toBe(`"${item.version}"`)
    }
  })
})

describe('the other lists', () => {
  test.each([
    ['/measures', 37],
    ['/envelopes', 32],
    ['/programmes', 2],
    ['/relations', 7],
  ])('%s holds %i, page by page', async (url, count) => {
    const all = (await auditor.get(`${url}?limit=500`)).body
    expect([all.count, all.items.length, all.nextCursor, all.total]).toEqual([
      count,
      count,
      null,
      null,
    ])
    const first = (await auditor.get(`${url}?limit=1`)).body
    const second = (await auditor.get(`${url}?limit=1&cursor=${first.nextCursor}`)).body
    expect([...first.items, ...second.items]).toEqual(all.items.slice(0, 2))
  })

  test.each(['/events', '/journal/entries'])('%s is read in pages too', async (url) => {
    const all = (await auditor.get(`${url}?limit=500`)).body
    const first = (await auditor.get(`${url}?limit=3`)).body
    const second = (await auditor.get(`${url}?limit=3&cursor=${first.nextCursor}`)).body
    expect([...first.items, ...second.items]).toEqual(all.items.slice(0, 6))
  })
})
