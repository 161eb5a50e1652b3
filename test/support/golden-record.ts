import type { Language } from '#core/language.ts'
import { dimensions } from '#features/reconciliation/facts.ts'
import { type Person, type TestApp, testApp } from './app.ts'
import { commit, correct } from './commitments.ts'
import { post } from './drafts.ts'
import { bring, ledgerRow } from './extracts.ts'
import { fetchBytes, imported } from './imports.ts'
import { revise, type Two } from './revisions.ts'
import { closeYear } from './year-ends.ts'

/**
 * A record in which every workbook has something to say: the plan and the published spending, money
 * distributed, committed, imported, typed, refunded, reversed and spent without an envelope; a year
 * closed; an extract matched, with a residual, a cause, and lines that stay open.
 */
export interface GoldenRecord {
  readonly app: TestApp
  readonly auditor: Person
  readonly analyst: Person
  readonly two: Two
  /** A position before the people of this record did anything. */
  readonly since: number
}

export async function goldenRecord(): Promise<GoldenRecord> {
  const app = await testApp({ template: 'published' })
  const two = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
  }
  const auditor = await app.person('auditor', 'auditor')
  const analyst = await app.person('analyst', 'analyst')
  const since = (await analyst.get('/reports/announcements')).body.position
  await plan(two)
  await spend(two)
  await match(two)
  const policies = [
    { envelope: 'QC-M13', policy: 'carry-percent', percent: '5.00' },
    { envelope: 'QC-M8', policy: 'lapse' },
  ]
  await closeYear(two, { fiscalYear: '2024-2025', policies })
  return { app, auditor, analyst, two, since }
}

async function plan(two: Two): Promise<void> {
  const moved = (envelope: string, to: Record<string, string>, amount: string) => ({
    kind: 'distribution',
    lines: [
      { envelope, amount: `-${amount}` },
      { envelope, amount, ...to },
    ],
  })
  await revise(two, moved('QC-COMMUNICATION', { measure: 'QC-3' }, '500000.10'))
  await revise(two, moved('QC-M13', { fiscalYear: '2024-2025' }, '1000000.01'))
  await revise(two, { lines: [{ envelope: 'QC-M12', amount: '100000.00' }] })
  await commit(two.officer, two.approver, { measure: 'QC-25', amount: '1000000.00' })
  await commit(two.officer, two.approver, {
    measure: 'QC-13',
    fiscalYear: '2024-2025',
    amount: '25000.00',
  })
}

async function spend({ officer, approver }: Two): Promise<void> {
  const both = [officer, approver] as const
  const file = await imported(
    officer,
    ['=1+1', 'L’Été; « à »', '@x'].map((fournisseur, at) => ({
      fournisseur,
      mesure: ['6', '12', '13'][at] ?? '',
      piece: `I-${at + 1}`,
      montant: '1234,56',
    })),
    true,
  )
  await approver.step(`/imports/${file.id}/approve`, file.version)
  await post(officer, approver, { measure: 'QC-3', documentNumber: 'F-1', amount: '7777.77' })
  const spent = (documentNumber: string, amount: string, change = {}) =>
    post(officer, approver, { documentNumber, amount, serviceDate: '2025-06-03', ...change })
  await spent('F-2', '0.30', { description: '+SUM(A1)' })
  await correct(both, await spent('F-3', '321.00'), 'reverse')
  const refund = { amount: '40.00', date: '2025-07-02' }
  await correct(both, await spent('F-4', '100.00'), 'refund', refund)
  await correct(both, await spent('F-5', '60.00'), 'reclassify', { measure: 'QC-13' })
  await spent('F-6', '500000.00', { measure: 'QC-13', serviceDate: '2024-06-03' })
}

async function match({ officer }: Two): Promise<void> {
  const rows = [
    ledgerRow('2025-06-03', 'F-2', '0.30'),
    ledgerRow('2025-06-03', 'F-4', '99.98'),
    ledgerRow('2025-06-09', 'G-1', '30.00', '=cmd'),
  ]
  await bring(officer, { rows })
  const june = { organization: 'MSP', fiscalYear: '2025-2026', period: 3 }
  const { body: run } = await officer.send('POST', '/matching/runs', { body: june })
  const items = [{ extractRow: 4, cause: 'not-in-service', owner: officer.email }]
  await officer.step(`/matching/runs/${run.run}/causes`, run.version, { items })
}

export interface GoldenBook {
  readonly says: string
  readonly report: string
  readonly query: string
  readonly language: Language
  readonly reader: 'auditor' | 'analyst'
}

/** In French and in English, a reconciliation by each dimension of each government. */
export const goldenBooks = (since: number): readonly GoldenBook[] => [
  ...(['fr', 'en'] as const).flatMap((language) =>
    asked(since).map(([report, query]) => bookOf(report, query, language)),
  ),
  bookOf('reconciliation', 'detail=cells', 'fr'),
  bookOf('reconciliation', '', 'fr', 'analyst'),
]

/** One of each report in English, since the figures are the same: what a minute can open again. */
export const fewerBooks = (since: number): readonly GoldenBook[] =>
  goldenBooks(since).filter(
    ({ report, language }, place, all) =>
      language === 'fr' ||
      all.findIndex((each) => each.report === report && each.language === language) === place,
  )

const bookOf = (
  report: string,
  query: string,
  language: Language,
  reader: GoldenBook['reader'] = 'auditor',
): GoldenBook => ({
  says: [report, query, language, reader].join(' '),
  ...{ report, query, language, reader },
})

const asked = (since: number): readonly (readonly [report: string, query: string])[] => [
  ...(['QC', 'CA'] as const).flatMap((jurisdiction) =>
    dimensions.map((by) => ['reconciliation', `by=${by}&jurisdiction=${jurisdiction}`] as const),
  ),
  ['comparison', ''],
  ['comparison', 'spread=none&scenario=announced'],
  ['year-end', ''],
  ['exceptions', ''],
  ['exceptions', 'jurisdiction=CA'],
  ['bridge', `since=${since}`],
  ['bridge', `since=${since}&spread=straight-line`],
  ['tie-out', 'organization=MSP&fiscalYear=2025-2026&period=3'],
  ['tie-out', 'organization=MSP&fiscalYear=2025-2026&period=3&detail=cells'],
  ['forecast', ''],
  ['announcements', ''],
]

export const fetchBook = (
  { app, auditor, analyst }: GoldenRecord,
  { report, query, language, reader }: GoldenBook,
): Promise<Buffer> =>
  fetchBytes(
    app,
    reader === 'auditor' ? auditor : analyst,
    `/reports/${report}.xlsx?lang=${language}${query === '' ? '' : `&${query}`}`,
  )
