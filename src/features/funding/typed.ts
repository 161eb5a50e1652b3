import { readFiscalYear } from '#core/fiscal-year.ts'
import { type Reading, read, unread } from '#core/issues.ts'
import { readMoney } from '#core/money-reading.ts'
import type { FundingTerm } from './envelope.ts'
import { termOf } from './envelope-terms.ts'
import type { RevisionLine } from './revision.ts'

/**
 * Lines and terms as people type them at a terminal.
 * A line: ENVELOPE, then /MEASURE and @FISCAL-YEAR where they are meant, then =AMOUNT:
 * `QC-COMMUNICATION/3@2025-2026=483 843,84` or `QC-COMMUNICATION=-2903063`.
 * A term: AMOUNT@FIRST..LAST; an inferred first year has a question mark: `5,8 M$@2023-2024?`.
 */
const lineForm = /^([^/@=]+)(?:\/([^/@=]+))?(?:@([^/@=]+))?=(.+)$/

const lineMalformed = {
  fr: 'Une ligne s’écrit ENVELOPPE[/MESURE][@EXERCICE]=MONTANT, par exemple QC-COMMUNICATION/3@2025-2026=1000,00.',
  en: 'A line is written ENVELOPE[/MEASURE][@FISCAL-YEAR]=AMOUNT, for example QC-COMMUNICATION/3@2025-2026=1000.00.',
}

export function readLine(typed: string): Reading<RevisionLine> {
  const [, envelope, measure, year, figure] = lineForm.exec(typed) ?? []
  if (envelope === undefined || figure === undefined) {
    return unread('funding/line-malformed', lineMalformed, typed)
  }
  const amount = readMoney(figure)
  const fiscalYear = year === undefined ? read(null) : readFiscalYear(year.trim())
  if (!amount.ok) {
    return amount
  }
  return fiscalYear.ok
    ? read({
        envelope: envelope.trim().toUpperCase(),
        measure: measure?.trim() ?? null,
        fiscalYear: fiscalYear.value,
        amount: amount.value.value,
      })
    : fiscalYear
}

const termForm = /^([^@]+)@(\d{4}-\d{2,4})(\?)?(?:\.\.(\d{4}-\d{2,4}))?$/

const termMalformed = {
  fr: 'Une modalité s’écrit MONTANT@PREMIER[?][..DERNIER], par exemple 19 M$@2018-2019..2022-2023; un ? marque un premier exercice déduit.',
  en: 'A term is written AMOUNT@FIRST[?][..LAST], for example 19 M$@2018-2019..2022-2023; a ? marks a first year that is inferred.',
}

export const readTerm =
  (kind: FundingTerm['kind']) =>
  (typed: string): Reading<FundingTerm> => {
    const [, figure, first, inferred, last] = termForm.exec(typed.trim()) ?? []
    if (figure === undefined || first === undefined) {
      return unread('funding/term-malformed', termMalformed, typed)
    }
    const amount = readMoney(figure)
    const firstFiscalYear = readFiscalYear(first)
    const lastFiscalYear = last === undefined ? read(null) : readFiscalYear(last)
    if (!amount.ok) {
      return amount
    }
    if (!firstFiscalYear.ok) {
      return firstFiscalYear
    }
    return lastFiscalYear.ok
      ? read(
          termOf({
            kind,
            amount: amount.value,
            asStated: null,
            precision: null,
            firstFiscalYear: firstFiscalYear.value,
            lastFiscalYear: lastFiscalYear.value,
            stated: inferred === undefined,
          }),
        )
      : lastFiscalYear
  }
