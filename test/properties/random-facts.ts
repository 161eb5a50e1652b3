import fc from 'fast-check'
import { fiscalYear, fiscalYearsBetween } from '#core/fiscal-year.ts'
import { fromCents, Money } from '#core/money.ts'
import { periodsOf } from '#core/period.ts'
import { type Envelope, isShared, soleMeasure } from '#features/funding/envelope.ts'
import type { Measure } from '#features/programmes/measure.ts'
import type { Balance, Facts } from '#features/reconciliation/facts.ts'

/** A small plan with one of everything: own, shared, self-funded, two leads, recurring, federal. */
const source = { document: 'D', sha256: '', quote: '' }
const title = { fr: 't', en: 't' }

const measure = (code: string, change: Partial<Measure>): Measure => ({
  code,
  programme: 'QC',
  axis: 'AXE-1',
  place: 1,
  title,
  funding: 'own',
  envelopes: [`E-${code}`],
  leads: ['MSP'],
  collaborators: [],
  recommendations: [],
  initiative: null,
  adaptation: false,
  accessibility: false,
  deliverables: [],
  context: null,
  source,
  ...change,
})

const measures: readonly Measure[] = [
  measure('M1', {}),
  measure('M2', { axis: 'AXE-2', leads: ['MSP', 'MJQ'] }),
  measure('S1', { funding: 'shared', envelopes: ['SHARED'], axis: 'AXE-2', leads: ['MSP', 'SCF'] }),
  measure('S2', { funding: 'shared', envelopes: ['SHARED'] }),
  measure('F1', { funding: 'self_funded', envelopes: [], leads: ['MIFI'] }),
]

const [first, last] = [fiscalYear('2023-2024'), fiscalYear('2025-2026')]
export const years = fiscalYearsBetween(first, last)

const envelope = (code: string, programme: string, members: readonly string[]): Envelope => ({
  code,
  programme,
  title,
  organization: programme === 'QC' ? 'MSP' : 'SPC',
  organizationStated: true,
  measures: members,
  terms: [
    {
      kind: 'term',
      amount: Money.zero,
      asStated: '',
      precision: Money.zero,
      firstFiscalYear: first,
      lastFiscalYear: last,
      stated: true,
    },
  ],
  version: 1,
  financing: null,
  source,
})

const envelopes: readonly Envelope[] = [
  envelope('E-M1', 'QC', ['M1']),
  envelope('E-M2', 'QC', ['M2']),
  envelope('SHARED', 'QC', ['S1', 'S2']),
  envelope('CA-1', 'CA', []),
]

const programme = (code: 'QC' | 'CA') => ({
  code,
  jurisdiction: code,
  title,
  organization: 'MSP',
  firstFiscalYear: first,
  lastFiscalYear: last,
  announced: null,
  source,
})

const cents = fc.bigInt({ min: -99_999_999_999n, max: 99_999_999_999n })
const year = fc.constantFrom(...years)
const organization = fc.constantFrom('MSP', 'MJQ', 'SQ')

/** Planned money, distributed or not, for a member or for the common part. */
const planned: fc.Arbitrary<Balance> = fc
  .record({
    envelope: fc.constantFrom(...envelopes),
    kind: fc.constantFrom('appropriation', 'supplement', 'distribution', 'transfer'),
    fiscalYear: fc.option(year),
    member: fc.nat({ max: 2 }),
    amount: cents,
  })
  .map(({ envelope: of, kind, fiscalYear: dated, member, amount }) => ({
    account: 'available',
    kind,
    envelope: of.code,
    measure: isShared(of) ? (of.measures[member] ?? null) : soleMeasure(of),
    organization: of.organization,
    fiscalYear: dated,
    recordedIn: null,
    amount: fromCents(amount),
  }))

/** Spent or committed, as the journal has it: two balances that cancel. */
const consumed: fc.Arbitrary<readonly Balance[]> = fc
  .record({
    envelope: fc.option(fc.constantFrom(...envelopes)),
    account: fc.constantFrom('spent', 'committed'),
    fiscalYear: year,
    period: fc.nat({ max: 12 }),
    member: fc.nat({ max: 2 }),
    organization,
    amount: cents,
  })
  .map(({ envelope: of, account, fiscalYear: dated, period, member, organization: by, amount }) => {
    const recordedIn = periodsOf(dated)[period] ?? null
    const cell = {
      envelope: of?.code ?? null,
      measure: of === null ? 'F1' : isShared(of) ? (of.measures[member] ?? null) : soleMeasure(of),
      organization: by,
      fiscalYear: dated,
      recordedIn,
    }
    const isCommitted = account === 'committed' && of !== null
    const kind = isCommitted ? 'commitment' : of === null ? 'self-funded' : 'expenditure'
    const to: Balance = {
      ...cell,
      kind,
      account: isCommitted ? 'committed' : 'spent',
      amount: fromCents(amount),
    }
    const from: Balance = { ...cell, kind, account: 'available', amount: fromCents(-amount) }
    return of === null ? [to] : [to, from]
  })

export const randomFacts: fc.Arbitrary<Facts> = fc
  .tuple(fc.array(planned, { maxLength: 12 }), fc.array(consumed, { maxLength: 20 }))
  .map(([granted, used]) => ({
    position: 1,
    positionAt: '2026-01-01T00:00:00.000Z',
    seal: '',
    programmes: [programme('QC'), programme('CA')],
    axes: ['AXE-1', 'AXE-2'].map((code, place) => ({
      code,
      programme: 'QC',
      place,
      title,
      source,
    })),
    measures,
    envelopes,
    relations: [],
    organizations: [],
    authorities: [],
    closedYears: [],
    balances: [...granted, ...used.flat()],
    flags: [],
  }))
