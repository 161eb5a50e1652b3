import { type FiscalYear, fiscalYear, fiscalYearOf } from '#core/fiscal-year.ts'
import { documentNumber } from '#core/ids.ts'
import { add, isPositive, Money } from '#core/money.ts'
import { type Period, periodKey, periodOf } from '#core/period.ts'
import type { Expenditure, ExpenditureStatement } from '#features/expenditures/expenditure.ts'
import type { PublishedPayment } from '#features/expenditures/published.ts'
import type { ClosedYear } from '#features/funding/closed-year.ts'
import { soleMeasure } from '#features/funding/envelope.ts'
import { dueOpenings } from '#features/funding/opening.ts'
import {
  type OfficialPlan,
  type PlanFiles,
  type PublishedFigures,
  type PublishedFiles,
  planOf,
  publishedOf,
} from '#features/imports/official-plan.ts'
import {
  appropriationLines,
  type EntryKind,
  type Line,
  type PostedEntry,
  reversalOf,
  spendingLines,
} from '#features/journal/entry.ts'
import type { Balance, Facts, FlagCount } from '#features/reconciliation/facts.ts'
import { readFixture } from '#platform/files/fixtures.ts'

/**
 * The facts of a report without a database: the official plan as `plan load` posts it, then
 * whatever a test adds, line by line as the journal would keep it. Balances are kept as the
 * database keeps them, one an account, kind and cell.
 */
export async function officialPlan(): Promise<OfficialPlan> {
  return planOf({
    sources: await readFixture<PlanFiles['sources']>('plan/sources.json'),
    organizations: await readFixture<PlanFiles['organizations']>('plan/organizations.json'),
    programmes: await readFixture<PlanFiles['programmes']>('plan/programmes.json'),
    axes: await readFixture<PlanFiles['axes']>('plan/axes.json'),
    measures: await readFixture<PlanFiles['measures']>('plan/measures.json'),
    envelopes: await readFixture<PlanFiles['envelopes']>('plan/envelopes.json'),
    relations: await readFixture<PlanFiles['relations']>('plan/relations.json'),
  })
}

export async function publishedFigures(): Promise<PublishedFigures> {
  return publishedOf({
    spending: await readFixture<PublishedFiles['spending']>('published/spending.json'),
    authorities: await readFixture<PublishedFiles['authorities']>('published/authorities.json'),
    announcements: await readFixture<PublishedFiles['announcements']>(
      'published/announcements.json',
    ),
  })
}

export interface Posting {
  readonly kind: EntryKind
  readonly lines: readonly Line[]
  readonly recordedIn?: Period | null
  readonly flags?: readonly string[]
}

export class TestRecord {
  readonly plan: OfficialPlan
  readonly published: PublishedFigures
  readonly expenditures: Expenditure[] = []
  /** Entries that took back what was spent. */
  readonly corrections: PostedEntry[] = []
  closedYears: readonly ClosedYear[] = []
  readonly #balances = new Map<string, Balance>()
  readonly #flags = new Map<string, FlagCount>()
  #position = 1

  /** With nothing posted; `current` is the fiscal year that contains today. */
  constructor(plan: OfficialPlan, published: PublishedFigures) {
    this.plan = plan
    this.published = published
  }

  /** Fixed totals once, recurring amounts for each year up to `current`. */
  open(current: FiscalYear): this {
    for (const envelope of this.plan.envelopes) {
      const { code, organization } = envelope
      const measure = soleMeasure(envelope)
      for (const term of envelope.terms) {
        for (const year of dueOpenings(term, current)) {
          const cell = { envelope: code, measure, organization, fiscalYear: year }
          this.post({ kind: 'appropriation', lines: appropriationLines(cell, term.amount) })
        }
      }
    }
    return this
  }

  post({ kind, lines, recordedIn = null, flags = [] }: Posting): this {
    this.#position += 1
    for (const { account, cell, amount } of lines) {
      if (account === 'authority' || account === 'own_resources') {
        continue
      }
      const period = recordedIn === null ? null : periodKey(recordedIn)
      const key = JSON.stringify([account, kind, Object.entries(cell).sort(), period])
      const before = this.#balances.get(key)
      const total = before === undefined ? amount : add(before.amount, amount)
      this.#balances.set(key, { account, kind, ...cell, recordedIn, amount: total })
    }
    const spent = lines.find(({ account }) => account === 'spent')
    if (spent !== undefined) {
      for (const flag of flags) {
        const cell = { ...spent.cell, recordedIn }
        const key = JSON.stringify([flag, cell])
        const entries = (this.#flags.get(key)?.entries ?? 0) + (isPositive(spent.amount) ? 1 : -1)
        this.#flags.set(key, { flag, entries, ...cell })
      }
    }
    return this
  }

  spend(
    stated: ExpenditureStatement,
    more: Partial<Pick<Expenditure, 'flags' | 'source' | 'recordedIn' | 'preparedBy'>> = {},
  ): Expenditure {
    const year = fiscalYearOf(stated.serviceDate)
    const { organization, measure, envelope, amount } = stated
    const recordedIn = more.recordedIn ?? periodOf(stated.serviceDate)
    const flags = more.flags ?? []
    this.post({
      kind: envelope === null ? 'self-funded' : 'expenditure',
      lines: spendingLines({ envelope, measure, organization, fiscalYear: year }, amount),
      recordedIn,
      flags,
    })
    const sequence = this.expenditures.length + 1
    const expenditure: Expenditure = {
      ...stated,
      id: `0198c7a0-3b1e-7cc1-8f3a-${String(sequence).padStart(12, '0')}`,
      number: documentNumber('D', year, sequence),
      state: 'posted',
      version: 3,
      fiscalYear: year,
      flags,
      source: more.source ?? null,
      preparedBy: more.preparedBy ?? 'officer@example.org',
      changedBy: more.preparedBy ?? 'officer@example.org',
      submittedBy: 'officer@example.org',
      approvedBy: 'approver@example.org',
      entry: String(1000 + sequence),
      recordedIn,
      reversedBy: null,
      refunded: Money.zero,
      reclassifiedFrom: null,
      reclassifiedTo: null,
      position: this.#position,
      requests: [],
    }
    this.expenditures.push(expenditure)
    return expenditure
  }

  /** The mirror of an expenditure, recorded in a period that may be another. */
  reverse(expenditure: Expenditure, recordedIn: Period): PostedEntry {
    const { envelope, measure, organization, fiscalYear: year, amount, flags } = expenditure
    const entry = reversalOf(
      {
        id: expenditure.entry ?? '',
        kind: envelope === null ? 'self-funded' : 'expenditure',
        organization,
        effectiveOn: expenditure.serviceDate,
        recordedIn: expenditure.recordedIn,
        document: { type: 'expenditure', id: expenditure.id },
        reverses: null,
        flags,
        lines: spendingLines({ envelope, measure, organization, fiscalYear: year }, amount),
      },
      recordedIn,
    )
    this.post({ kind: entry.kind, lines: entry.lines, recordedIn, flags: entry.flags })
    const posted = { ...entry, id: String(9000 + this.corrections.length) }
    this.corrections.push(posted)
    const place = this.expenditures.findIndex(({ id }) => id === expenditure.id)
    this.expenditures[place] = { ...expenditure, state: 'reversed', reversedBy: posted.id }
    return posted
  }

  spendPublished(payments: readonly PublishedPayment[] = this.published.payments): this {
    const opened = new Map(
      this.plan.envelopes.map(({ code, terms }) => [
        code,
        terms.map(({ firstFiscalYear }) => firstFiscalYear).sort()[0] ?? fiscalYear('1990-1991'),
      ]),
    )
    for (const { stated, flags, source } of payments) {
      const first = opened.get(stated.envelope ?? '')
      const isEarly = first !== undefined && fiscalYearOf(stated.serviceDate) < first
      this.spend(stated, {
        flags: [...flags, ...(isEarly ? ['outside-term'] : [])],
        source,
        preparedBy: 'system@vigie',
      })
    }
    return this
  }

  get facts(): Facts {
    const { programmes, axes, measures, envelopes, relations, organizations } = this.plan
    return {
      position: this.#position,
      positionAt: '2026-03-31T16:00:00.000Z',
      seal: 'a'.repeat(64),
      programmes,
      axes,
      measures,
      envelopes,
      relations,
      organizations,
      authorities: this.published.authorities,
      closedYears: this.closedYears,
      balances: [...this.#balances.values()],
      flags: [...this.#flags.values()],
    }
  }
}

/** The plan and, unless told otherwise, the published payments, as a demonstration has them. */
export async function planRecord(
  options: { readonly current?: string; readonly withoutPayments?: boolean } = {},
): Promise<TestRecord> {
  const record = new TestRecord(await officialPlan(), await publishedFigures())
  record.open(fiscalYear(options.current ?? '2025-2026'))
  return options.withoutPayments === true ? record : record.spendPublished()
}
