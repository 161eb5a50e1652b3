import type { CalendarDate } from '#core/calendar-date.ts'
import type { Canonical } from '#core/canonical.ts'
import { compareFiscalYears, type FiscalYear, lastDay, nextFiscalYear } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import { Money, sum } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import { type ClosedYear, isClosedYear } from '#features/funding/closed-year.ts'
import type { Proposal } from '#features/funding/proposal.ts'
import type { Programme } from '#features/programmes/programme.ts'
import type { Figures } from './closing.ts'
import type { Policy } from './policy.ts'

/**
 * The closing of a fiscal year of a programme, prepared by one person and approved by another, once.
 * Only a year that has ended can be closed, in any order. What was prepared is kept as a digest of
 * its figures: an approval that finds others changes nothing. Source: docs/words.md, closing a year.
 * Example: 2025-2026 of QC-PLAN-2021 can be closed from 1 April 2026.
 */
export interface YearEnd extends Proposal {
  readonly id: string
  readonly programme: string
  readonly fiscalYear: FiscalYear
  /** As stated; the others of the programme carry all. */
  readonly policies: readonly Policy[]
  /** SHA-256 of the figures that were prepared. */
  readonly digest: string
}

/** With its figures: computed anew while it waits, those that closed the year once approved. */
export interface ShownYearEnd extends YearEnd {
  /** Where carried money goes. */
  readonly carriedTo: FiscalYear
  readonly figures: readonly Figures[]
  /** False when the figures are not those that were prepared any more. */
  readonly isCurrent: boolean
}

export interface Preview {
  readonly programme: string
  readonly fiscalYear: FiscalYear
  readonly carriedTo: FiscalYear
  readonly figures: readonly Figures[]
  readonly digest: string
}

export const nameOf = ({ programme, fiscalYear }: YearEnd): Bilingual => ({
  fr: `La fermeture de ${fiscalYear} de ${programme}`,
  en: `The closing of ${fiscalYear} of ${programme}`,
})

/** @throws Problem where the year cannot be closed, whatever the policies */
export function requireClosable(
  { code, firstFiscalYear }: Programme,
  year: FiscalYear,
  { closed, today }: { readonly closed: readonly ClosedYear[]; readonly today: CalendarDate },
): void {
  const end = lastDay(year)
  if (end >= today) {
    throw refuseField('fiscalYear', 'year-end/not-ended', {
      fr: `L’exercice ${year} se termine le ${end} : il ne peut être fermé qu’ensuite.`,
      en: `Fiscal year ${year} ends on ${end}: it can only be closed after that.`,
    })
  }
  if (compareFiscalYears(year, firstFiscalYear) < 0) {
    throw refuseField('fiscalYear', 'year-end/before-programme', {
      fr: `L’exercice ${year} précède le premier exercice de ${code}, ${firstFiscalYear}.`,
      en: `Fiscal year ${year} is before the first fiscal year of ${code}, ${firstFiscalYear}.`,
    })
  }
  if (isClosedYear(closed, code, year)) {
    throw new Problem('conflict', 'year-end/already-closed', {
      fr: `L’exercice ${year} de ${code} est déjà fermé.`,
      en: `Fiscal year ${year} of ${code} is already closed.`,
    })
  }
}

/** The first year after it that can still receive money: one that is closed never changes. */
export function carriedToOf(
  programme: string,
  year: FiscalYear,
  closed: readonly ClosedYear[],
): FiscalYear {
  let next = nextFiscalYear(year)
  while (isClosedYear(closed, programme, next)) {
    next = nextFiscalYear(next)
  }
  return next
}

const amountKeys = [
  'plannedBefore',
  'toppedUp',
  'commitmentsCarried',
  'carried',
  'lapsed',
  'availableLeft',
] as const
export type FigureKey = (typeof amountKeys)[number]

/** What is not planned counts zero. */
export const totalsOf = (figures: readonly Figures[]): Readonly<Record<FigureKey, Money>> =>
  Object.fromEntries(
    amountKeys.map((key) => [key, sum(figures.map((each) => each[key] ?? Money.zero))]),
  ) as Record<FigureKey, Money>

const textsOf = (figures: Readonly<Record<FigureKey, Money | null>>) =>
  Object.fromEntries(amountKeys.map((key) => [key, figures[key]?.toString() ?? null])) as Record<
    FigureKey,
    string | null
  >

const figureFacts = (figures: Figures) => ({
  envelope: figures.envelope,
  policy: figures.policy,
  percent: figures.percent,
  default: figures.isDefault,
  lastYear: figures.isLastYear,
  ...textsOf(figures),
})

const figuresFacts = (figures: readonly Figures[]) => ({
  figures: figures.map(figureFacts),
  totals: textsOf(totalsOf(figures)),
})

/** The answer of a preview. */
export const previewFacts = (preview: Preview) => ({
  programme: preview.programme,
  fiscalYear: preview.fiscalYear,
  carriedTo: preview.carriedTo,
  digest: preview.digest,
  ...figuresFacts(preview.figures),
})

/** The document as API, terminal and event payload say it. */
export const yearEndFacts = (yearEnd: YearEnd) => ({
  id: yearEnd.id,
  state: yearEnd.state,
  version: yearEnd.version,
  programme: yearEnd.programme,
  organization: yearEnd.organization,
  fiscalYear: yearEnd.fiscalYear,
  policies: yearEnd.policies.map((policy) => ({ ...policy })),
  digest: yearEnd.digest,
  preparedBy: yearEnd.preparedBy,
  submittedBy: yearEnd.submittedBy,
  approvedBy: yearEnd.approvedBy,
  position: yearEnd.position,
})

export const shownFacts = (shown: ShownYearEnd) => ({
  ...yearEndFacts(shown),
  carriedTo: shown.carriedTo,
  current: shown.isCurrent,
  ...figuresFacts(shown.figures),
})

/** For the chain, without the position that the chain itself is about to give. */
export const sealedYearEnd = (yearEnd: YearEnd): { readonly [key: string]: Canonical } => {
  const { position: _position, ...facts } = yearEndFacts(yearEnd)
  return facts
}

/** What the event of an approval seals besides: what moved, and whose money. */
export const sealedClosing = (figures: readonly Figures[]): { readonly [key: string]: Canonical } =>
  figuresFacts(figures)
