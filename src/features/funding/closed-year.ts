import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Issue } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'
import type { FundingTerm } from './envelope.ts'
import { dueOpenings } from './opening.ts'

/**
 * A fiscal year of a programme whose year-end is approved. Its planned money and its commitments
 * change no more; spending found later is recorded in an open period and still belongs to it.
 * Nothing undistributed is spread over it. Example: QC-PLAN-2021 2025-2026.
 */
export interface ClosedYear {
  readonly programme: string
  readonly fiscalYear: FiscalYear
}

export const isClosedYear = (
  closed: readonly ClosedYear[],
  programme: string,
  year: FiscalYear | null,
): boolean => closed.some((each) => each.programme === programme && each.fiscalYear === year)

export const yearClosedWords = (programme: string, year: FiscalYear): Bilingual => ({
  fr: `L’exercice ${year} de ${programme} est fermé : son argent prévu et ses engagements ne changent plus.`,
  en: `Fiscal year ${year} of ${programme} is closed: its planned money and its commitments do not change any more.`,
})

interface Proposed {
  readonly programme: string
  readonly terms: readonly FundingTerm[]
}

/**
 * A recurring amount brings money to each year that has begun; a fixed total ends with its last
 * year, and once that is closed nothing could become of it any more.
 */
export const closedTermIssues = (
  { programme, terms }: Proposed,
  { closed, current }: { readonly closed: readonly ClosedYear[]; readonly current: FiscalYear },
): readonly Issue[] =>
  terms.flatMap((term, place) => {
    const isFixed = term.kind === 'term'
    const years = isFixed ? [term.lastFiscalYear] : dueOpenings(term, current)
    const shut = years.find((year) => isClosedYear(closed, programme, year)) ?? null
    return shut === null
      ? []
      : {
          pointer: `/terms/${place}/${isFixed ? 'lastFiscalYear' : 'firstFiscalYear'}`,
          code: 'funding/year-closed',
          detail: yearClosedWords(programme, shut),
        }
  })
