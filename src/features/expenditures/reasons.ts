import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import { type Period, periodKey } from '#core/period.ts'
import { headroomWords } from '#features/funding/ceiling.ts'
import type { Headroom } from '#features/journal/headroom.ts'
import type { Expenditure } from './expenditure.ts'

/**
 * Why an expenditure is flagged, in the words of this one: what an approver must know before
 * deciding. A flag says that something was noticed; the reason has the date, the organization or
 * every operand of the ceiling. Example: « 100,01 $ dépasse la marge de QC-M12 pour 2025-2026… ».
 */
export interface Reason {
  readonly flag: string
  readonly text: Bilingual
}

/** What approving it now would meet; null where it does not. */
export interface Prospects {
  /** What would be taken from available, and what can be. */
  readonly ceiling: { readonly amount: Money; readonly headroom: Headroom } | null
  readonly recordsIn: Period | null
}

type Told = (expenditure: Expenditure, prospects: Prospects) => Bilingual | null

const tellers: Readonly<Record<string, Told>> = {
  'outside-term': ({ serviceDate, envelope, measure }) => ({
    fr: `La date de service ${serviceDate} tombe hors des exercices de ${envelope ?? measure}.`,
    en: `The service date ${serviceDate} falls outside the fiscal years of ${envelope ?? measure}.`,
  }),
  'not-a-lead': ({ organization, measure }) => ({
    fr: `${organization} n’est ni porteur ni collaborateur de ${measure}.`,
    en: `${organization} is neither a lead nor a collaborator of ${measure}.`,
  }),
  'possible-duplicate': ({ organization, documentNumber, supplier }) => ({
    fr: `Une autre dépense de ${organization} porte la pièce ${documentNumber} de ${supplier}, à la même date et au même montant.`,
    en: `Another expenditure of ${organization} has document ${documentNumber} of ${supplier}, on the same date and for the same amount.`,
  }),
  'over-spent': (expenditure, { ceiling }) =>
    ceiling === null
      ? null
      : headroomWords({ ...expenditure, amount: ceiling.amount }, ceiling.headroom),
  'over-share': ({ measure, envelope }) => ({
    fr: `${measure} irait au-delà de sa part de ${envelope} ou, n’en ayant pas, de ce qui n’est réparti à aucune mesure.`,
    en: `${measure} would go beyond its share of ${envelope} or, having none, beyond what is distributed to no measure.`,
  }),
  'late-item': ({ fiscalYear }, { recordsIn }) =>
    recordsIn === null
      ? null
      : {
          fr: `L’exercice ${fiscalYear} est fermé : l’inscription se ferait à la période ${periodKey(recordsIn)}.`,
          en: `Fiscal year ${fiscalYear} is closed: it would be recorded in period ${periodKey(recordsIn)}.`,
        },
}

export const reasonsOf = (
  expenditure: Expenditure,
  flags: readonly string[],
  prospects: Prospects,
): readonly Reason[] =>
  flags.flatMap((flag) => {
    const text = tellers[flag]?.(expenditure, prospects) ?? null
    return text === null ? [] : [{ flag, text }]
  })
