import { calendarDate } from '#core/calendar-date.ts'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { type Money, money, negate } from '#core/money.ts'
import { type Period, periodOf } from '#core/period.ts'
import { compareGovernments } from '#features/comparison/compare.ts'
import type { Scenario, Switches } from '#features/comparison/scenario.ts'
import type { ExpenditureStatement } from '#features/expenditures/expenditure.ts'
import { type DetailKind, detailsOfCells, detailsOfDocuments } from '#features/exports/detail.ts'
import type {
  ComparisonSources,
  ReconciliationSources,
} from '#features/exports/workbook-sources.ts'
import type { Cell, Line } from '#features/journal/entry.ts'
import type { Question } from '#features/reconciliation/facts.ts'
import { reconcile } from '#features/reconciliation/reconcile.ts'
import { buildComparison, onwardEnvelopes } from '#features/reports/comparison-report.table.ts'
import { digestOf } from '#features/reports/reports.public.ts'
import { buildReconciliation } from '#features/reports/reports.table.ts'
import { planRecord, type TestRecord } from '#test/support/facts.ts'

/** What an action gives to a workbook, made from a record without a database. */
export type Asked = Partial<Omit<Question, 'from' | 'to'>> & {
  readonly from?: string
  readonly to?: string
}

const range = ({ from, to }: { from?: string; to?: string }) => ({
  ...(from === undefined ? {} : { from: fiscalYear(from) }),
  ...(to === undefined ? {} : { to: fiscalYear(to) }),
})

const common = (record: TestRecord) => ({
  facts: record.facts,
  documents: record.plan.sources,
  announcements: record.published.announcements,
  notes: record.plan.notes,
  command: `vigie report reconciliation --as-of ${record.facts.position} --format xlsx`,
})

export function reconciliationSources(
  record: TestRecord,
  { from, to, ...asked }: Asked = {},
  detailKind: DetailKind = 'documents',
): ReconciliationSources {
  const { facts } = record
  const { by = 'measure', jurisdiction = 'QC', spread = 'none' } = asked
  const given = range({ ...(from && { from }), ...(to && { to }) })
  const report = buildReconciliation(facts, {
    name: 'reconciliation',
    by,
    jurisdiction,
    spread,
    ...given,
  })
  const question: Question = { by, jurisdiction, spread, ...rangeOf(report.parameters) }
  const details =
    detailKind === 'cells'
      ? detailsOfCells(facts, question)
      : detailsOfDocuments(record, facts, question)
  return {
    ...common(record),
    report,
    reconciliation: reconcile(facts, question),
    dataDigest: digestOf(report),
    details,
    detailKind,
  }
}

export function comparisonSources(
  record: TestRecord,
  asked: { spread?: Question['spread']; scenario?: Scenario; assume?: Switches } = {},
): ComparisonSources {
  const { facts } = record
  const { spread = 'straight-line', scenario = 'high', assume = new Map() } = asked
  const report = buildComparison(
    facts,
    { name: 'comparison', spread, scenario, assume },
    record.plan.notes,
  )
  const question = { spread, scenario, switches: assume, ...rangeOf(report.parameters) }
  return {
    ...common(record),
    report,
    comparison: compareGovernments(facts, question, onwardEnvelopes(record.plan.notes)),
    dataDigest: digestOf(report),
  }
}

const rangeOf = ({ from = '', to = '' }: Readonly<Record<string, string>>) => ({
  from: fiscalYear(from),
  to: fiscalYear(to),
})

const year = (text: string): FiscalYear => fiscalYear(text)
const may2023: Period = { fiscalYear: year('2023-2024'), number: 2 }

const cell = (
  envelope: string,
  measure: string | null,
  organization: string,
  fiscalYear: FiscalYear | null,
): Cell => ({ envelope, measure, organization, fiscalYear })

const moved = (from: Cell, to: Cell, amount: Money): readonly Line[] => [
  { account: 'available', cell: from, amount: negate(amount) },
  { account: 'available', cell: to, amount },
]

const statement = (change: Partial<ExpenditureStatement>): ExpenditureStatement => ({
  organization: 'MSP',
  measure: 'QC-12',
  envelope: 'QC-M12',
  serviceDate: calendarDate('2023-05-10'),
  documentDate: null,
  documentNumber: 'F-1',
  supplier: 'Fournisseur l’Été',
  description: 'Services',
  amount: money('1.00'),
  commitment: null,
  justification: null,
  ...change,
})

/**
 * A record with one of everything: revisions of each kind, a commitment, a lapse, spending from a
 * shared envelope with and without a measure, own resources, too much, too early and too late.
 */
export async function eventfulRecord(): Promise<TestRecord> {
  const record = await planRecord()
  plan(record)
  spending(record)
  return record
}

function plan(record: TestRecord): void {
  const common = cell('QC-COMMUNICATION', null, 'MSP', null)
  const m8 = (fiscalYear: FiscalYear | null) => cell('QC-M8', 'QC-8', 'MEQ', fiscalYear)
  const m25 = cell('QC-M25', 'QC-25', 'MSP', year('2023-2024'))
  record
    .post({
      kind: 'distribution',
      lines: moved(
        common,
        cell('QC-COMMUNICATION', 'QC-3', 'MSP', year('2022-2023')),
        money('500000.10'),
      ),
    })
    .post({
      kind: 'distribution',
      lines: moved(m8(null), m8(year('2022-2023')), money('1000000.01')),
    })
    .post({
      kind: 'supplement',
      lines: [
        {
          account: 'available',
          cell: cell('QC-M12', 'QC-12', 'MSP', null),
          amount: money('100000.00'),
        },
      ],
    })
    .post({
      kind: 'reduction',
      lines: [
        {
          account: 'available',
          cell: cell('QC-M2', 'QC-2', 'MSP', null),
          amount: money('-10000.01'),
        },
      ],
    })
    .post({
      kind: 'transfer',
      lines: moved(m8(null), cell('QC-M10', 'QC-10', 'MSP', null), money('12345.67')),
    })
    .post({
      kind: 'commitment',
      recordedIn: may2023,
      lines: [
        { account: 'available', cell: m25, amount: money('-1000000.00') },
        { account: 'committed', cell: m25, amount: money('1000000.00') },
      ],
    })
    .post({
      kind: 'lapse',
      lines: [{ account: 'available', cell: m8(year('2022-2023')), amount: money('-499.99') }],
    })
    .post({
      kind: 'carry-forward',
      lines: moved(m8(year('2022-2023')), m8(year('2023-2024')), money('200000.00')),
    })
}

function spending(record: TestRecord): void {
  const shared = { envelope: 'QC-COMMUNICATION' }
  const add = (change: Partial<ExpenditureStatement>, ...flags: readonly string[]) =>
    record.spend(statement({ documentNumber: `F-${record.expenditures.length + 1}`, ...change }), {
      flags,
    })
  add({ ...shared, measure: 'QC-3', amount: money('7777.77') })
  add({ ...shared, measure: null, amount: money('55.55') })
  add({ envelope: null, measure: 'QC-6', organization: 'MIFI', amount: money('1234.56') })
  add({ envelope: null, measure: 'QC-23', amount: money('0.10') })
  add({ envelope: 'QC-M2', measure: 'QC-2', amount: money('60000.00') }, 'over-spent')
  add(
    {
      envelope: 'QC-M13',
      measure: 'QC-13',
      serviceDate: calendarDate('2020-05-01'),
      amount: money('0.20'),
    },
    'outside-term',
  )
  add({ organization: 'MEQ', amount: money('12.34') }, 'not-a-lead', 'possible-duplicate')
  add({ supplier: '=1+1', description: '+SUM(A1)', amount: money('0.30') })
  record.spend(
    statement({
      serviceDate: calendarDate('2023-02-01'),
      amount: money('99.99'),
      documentNumber: 'L',
    }),
    { flags: ['late-item'], recordedIn: periodOf(calendarDate('2023-05-02')) },
  )
  const mistaken = record.spend(statement({ documentNumber: 'R', amount: money('321.00') }))
  record.reverse(mistaken, periodOf(calendarDate('2023-07-01')))
}
