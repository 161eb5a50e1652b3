import type { CalendarDate } from '#core/calendar-date.ts'
import { type FiscalYear, firstDay, fiscalYearOf } from '#core/fiscal-year.ts'
import type { Language } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import type { Commitment } from '#features/commitments/commitment.ts'
import { covers, type Envelope } from '#features/funding/envelope.ts'
import { type Measure, names } from '#features/programmes/measure.ts'

/**
 * A workbook to enter expenditures in, for one organization and fiscal year: the columns of an
 * import, with what each may hold. It shows how by one row that no import takes, known by the words
 * in the place of its document number. The version says which form of the template a file is.
 */
export const templateVersion = 1

export interface TemplateAsked {
  readonly organization: string
  readonly fiscalYear: FiscalYear
}

/** What may be named in it. The lists are an aid: whatever else the rules allow is taken as well. */
export interface TemplateLists {
  readonly measures: readonly Measure[]
  readonly envelopes: readonly Envelope[]
  /** Open ones of the organization. */
  readonly commitments: readonly Commitment[]
}

export const exampleDocument: Readonly<Record<Language, string>> = {
  fr: 'EXEMPLE : ligne non importée',
  en: 'EXAMPLE: row not imported',
}

export const isExample = (document: string): boolean =>
  Object.values(exampleDocument).includes(document.trim())

/** Measures that the plan names the organization for, and the money that it may spend that year. */
export function templateLists(
  { organization, fiscalYear }: TemplateAsked,
  known: TemplateLists,
): TemplateLists {
  const measures = known.measures.filter((measure) => names(measure, organization))
  const codes = new Set(measures.map(({ code }) => code))
  return {
    measures,
    envelopes: known.envelopes.filter(
      (envelope) =>
        covers(envelope, fiscalYear) &&
        (envelope.organization === organization ||
          envelope.measures.some((code) => codes.has(code))),
    ),
    commitments: known.commitments,
  }
}

/** @throws Problem `imports/year-not-begun`: nothing of it could be imported. */
export function requireBegun(fiscalYear: FiscalYear, today: CalendarDate): void {
  const begins = firstDay(fiscalYear)
  if (begins > today) {
    throw new Problem('refused', 'imports/year-not-begun', {
      fr: `L’exercice ${fiscalYear} commence le ${begins} : aucune dépense ne peut encore y être saisie. L’exercice en cours est ${fiscalYearOf(today)}.`,
      en: `Fiscal year ${fiscalYear} begins on ${begins}: no expenditure can be entered in it yet. The present one is ${fiscalYearOf(today)}.`,
    })
  }
}
