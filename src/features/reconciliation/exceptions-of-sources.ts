import { fiscalYearsBetween, lastDay, startYear } from '#core/fiscal-year.ts'
import { type Period, periodKey, periodOf } from '#core/period.ts'
import { covers, type Envelope } from '#features/funding/envelope.ts'
import { type Exception, exception } from './exception.ts'
import type { Facts, Question, Range } from './facts.ts'
import { dayOf } from './forecast.ts'
import type { Thresholds } from './threshold.ts'

/**
 * Organizations that have recorded nothing for too long, though money was planned for them in the
 * months since: months counted from the last period that recorded spending or a commitment, or
 * from the first month of their money in the range when there is none, up to the last month that
 * has ended at the position's day or the last one of their money.
 * Example: last recorded in 2025-2026-P05 (August), seen in December: September to November, 3.
 */
export function sourceExceptions(
  facts: Facts,
  question: Question,
  { late }: Thresholds,
): readonly Exception[] {
  const byOrganization = Map.groupBy(facts.envelopes, ({ organization }) => organization)
  return [...byOrganization].flatMap(([organization, envelopes]) => {
    const years = yearsOf(envelopes, question)
    const due = years === null ? null : lastMonthDue(facts, years)
    if (years === null || due === null) {
      return []
    }
    const last = lastRecorded(facts, organization)
    const months = due - Math.max(last === null ? 0 : monthOf(last), monthOf(firstOf(years)) - 1)
    return months > late ? [ofSource(organization, last, months, { facts, question, late })] : []
  })
}

/** The years of the range that any of the envelopes covers; recurring money covers what it opened. */
function yearsOf(envelopes: readonly Envelope[], { from, to }: Range): Range | null {
  const covered = fiscalYearsBetween(from, to).filter((year) =>
    envelopes.some((envelope) => covers(envelope, year)),
  )
  const [first, last] = [covered[0], covered.at(-1)]
  return first === undefined || last === undefined ? null : { from: first, to: last }
}

/** Null before a month of the range has ended. */
function lastMonthDue(facts: Facts, { from, to }: Range): number | null {
  const ended = monthOf(periodOf(dayOf(facts))) - 1
  const due = Math.min(ended, monthOf(periodOf(lastDay(to))))
  return due < monthOf(firstOf({ from })) ? null : due
}

const firstOf = ({ from }: Pick<Range, 'from'>): Period => ({ fiscalYear: from, number: 1 })

/** Months since year 0; the supplementary period stands with the last month of its year. */
const monthOf = ({ fiscalYear, number }: Period): number =>
  startYear(fiscalYear) * 12 + Math.min(number, 12)

function lastRecorded({ balances }: Facts, organization: string): Period | null {
  const periods = balances.flatMap((balance) =>
    balance.organization === organization ? (balance.recordedIn ?? []) : [],
  )
  return periods.reduce<Period | null>(
    (last, period) => (last === null || monthOf(period) > monthOf(last) ? period : last),
    null,
  )
}

function ofSource(
  organization: string,
  last: Period | null,
  months: number,
  { facts, question, late }: { facts: Facts; question: Question; late: number },
): Exception {
  const { jurisdiction } = question
  const name = facts.organizations.find(({ code }) => code === organization)?.name
  const since = last === null ? null : periodKey(last)
  const filter = new URLSearchParams({ organization, jurisdiction, state: 'posted' })
  return exception({
    flag: 'late-source',
    kind: 'organization',
    key: organization,
    label: name ?? { fr: organization, en: organization },
    organization,
    threshold: { fr: `${late} mois`, en: `${late} months` },
    why: {
      fr: `${since === null ? 'Jamais rien inscrit' : `Dernière inscription en ${since}`}; mois échus sans inscription : ${months}.`,
      en: `${since === null ? 'Nothing ever recorded' : `Last recorded in ${since}`}; months due without recording: ${months}.`,
    },
    href: `/api/v1/expenditures?${filter}`,
  })
}
