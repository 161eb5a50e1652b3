import { compareFiscalYears, type FiscalYear, firstDay, lastDay } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import { add, Money, subtract } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'
import type { Envelope } from '#features/funding/envelope.ts'
import { addColumns, availableOf, type Columns, emptyColumns, plannedOf } from './columns.ts'
import { type Exception, exception } from './exception.ts'
import type { Facts, Question } from './facts.ts'
import { selectPortions } from './portion.ts'
import type { Finding, Reconciliation } from './reconcile.ts'
import { shareLimit, shortfallOf } from './row-flags.ts'

/**
 * Planned against used, by measure (and by envelope where no measure holds the money): too much
 * spent or committed, spending without a plan, a plan without spending. Then by envelope and year:
 * a year that is short and draws on what is not distributed, or on more than there is.
 */
export const planExceptions = ({ findings }: Reconciliation, facts: Facts): readonly Exception[] =>
  findings.flatMap((finding) =>
    finding.flags.flatMap((flag) => {
      const held = heldAgainst(flag, finding, facts)
      return held === null ? [] : [ofFinding(finding, held)]
    }),
  )

type Held = Pick<Exception, 'flag' | 'why'> & { readonly limit: Money | null }

function heldAgainst(flag: string, finding: Finding, facts: Facts): Held | null {
  const zero = Money.zero
  const { planned, committed, spent, lapsed, head } = finding
  const limit = subtract(planned ?? zero, lapsed ?? zero)
  const used = add(committed ?? zero, spent ?? zero)
  switch (flag) {
    case 'over-spent':
      return { flag, limit, why: above(['Dépensé', 'Spent'], spent ?? zero, limit) }
    case 'over-committed':
      return { flag, limit, why: above(usedWords, used, limit) }
    case 'over-share': {
      const share = shareLimit(head, planned, facts)
      return { flag, limit: share, why: above(usedWords, used, share) }
    }
    case 'spent-without-plan':
      return { flag, limit: zero, why: above(['Dépensé', 'Spent'], spent ?? zero, zero) }
    case 'nothing-recorded':
      return planned === null ? null : { flag, limit: null, why: unused(planned) }
    default:
      return null
  }
}

type Said = readonly [fr: string, en: string]

const usedWords: Said = ['Engagé et dépensé', 'Committed and spent']

const above = ([fr, en]: Said, amount: Money, limit: Money): Bilingual => {
  const [used, most] = [moneyWords(amount), moneyWords(limit)]
  return {
    fr: `${fr} : ${used.fr}, au-dessus de ${most.fr}.`,
    en: `${en}: ${used.en}, above ${most.en}.`,
  }
}

const unused = (planned: Money): Bilingual => ({
  fr: `Prévu : ${moneyWords(planned).fr}; ni engagement ni dépense n’est inscrit.`,
  en: `Planned: ${moneyWords(planned).en}; no commitment and no expenditure is recorded.`,
})

const ofFinding = (finding: Finding, { flag, limit, why }: Held): Exception => {
  const { head, planned, committed, spent, available, percentSpent, href } = finding
  return exception({
    flag,
    kind: head.kind === 'measure' ? 'measure' : 'envelope',
    key: head.key,
    label: head.label,
    envelope: head.envelopes.length === 1 ? (head.envelopes[0] ?? null) : null,
    ...{ planned, committed, spent, available, percentSpent, href, why },
    threshold: limit === null ? null : moneyWords(limit),
  })
}

export const yearExceptions = (facts: Facts, question: Question): readonly Exception[] => {
  const { portions } = selectPortions(facts, question)
  return facts.envelopes.flatMap((envelope) => {
    const own = portions.filter((portion) => portion.envelope === envelope.code)
    const years = own.flatMap(({ fiscalYear }) => fiscalYear ?? [])
    return [...new Set(years)].sort(compareFiscalYears).flatMap((year) => {
      const columns = own
        .filter(({ fiscalYear }) => fiscalYear === year)
        .reduce((total, portion) => addColumns(total, portion.columns), emptyColumns)
      return ofYear(envelope, year, columns, facts)
    })
  })
}

function ofYear(
  envelope: Envelope,
  year: FiscalYear,
  columns: Columns,
  facts: Facts,
): readonly Exception[] {
  const shortfall = shortfallOf(envelope, year, facts)
  if (shortfall === null) {
    return []
  }
  const [short, left] = [moneyWords(shortfall.available), moneyWords(shortfall.headroom)]
  const filter = { envelope: envelope.code, fiscalYear: year, state: 'posted' }
  const days = { from: firstDay(year), to: lastDay(year) }
  return [
    exception({
      flag: shortfall.flag,
      kind: 'envelope',
      key: envelope.code,
      label: envelope.title,
      envelope: envelope.code,
      fiscalYear: year,
      planned: plannedOf(columns),
      committed: columns.committed,
      spent: columns.spent,
      available: availableOf(columns),
      threshold: left,
      why: {
        fr: `Disponible de l’exercice : ${short.fr}; marge de l’enveloppe pour cet exercice : ${left.fr}.`,
        en: `Available in the year: ${short.en}; headroom of the envelope for that year: ${left.en}.`,
      },
      href: `/api/v1/expenditures?${new URLSearchParams({ ...filter, ...days })}`,
    }),
  ]
}
