import type { Bilingual } from '#core/language.ts'
import type { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import type { Measure } from '#features/programmes/measure.ts'
import type { Programme } from '#features/programmes/programme.ts'
import { type Envelope, soleMeasure } from './envelope.ts'

/**
 * Where an expenditure or a commitment stands: measure and envelope must fit each other. A self-funded measure
 * takes no envelope. A measure with exactly one envelope needs none said; an envelope that serves
 * exactly one measure gives it. Federal money, and the common part of a shared envelope, have no
 * measure. Example: QC-8 alone stands on QC-M8; QC-3 with QC-M8 is refused.
 */
export interface Asked {
  readonly measure: string | null
  readonly envelope: string | null
}

/** What the plan says about the place that was asked. */
export interface CellFacts {
  readonly measure: Measure | null
  readonly envelope: Envelope | null
  readonly programme: Programme | null
}

/** The envelope to look at, when the measure alone tells it. */
export const envelopeOf = (asked: Asked, measure: Measure | null): string | null =>
  asked.envelope ?? (measure?.envelopes.length === 1 ? (measure.envelopes[0] ?? null) : null)

export function place(
  asked: Asked,
  measure: Measure | null,
  envelope: Envelope | null,
): { measure: string | null; envelope: string | null } {
  if (asked.measure !== null && measure === null) {
    throw unknown('measure', 'expenditures/measure-unknown', asked.measure)
  }
  if (asked.envelope !== null && envelope === null) {
    throw unknown('envelope', 'expenditures/envelope-unknown', asked.envelope)
  }
  if (measure?.funding === 'self_funded') {
    if (asked.envelope !== null) {
      throw refuse('envelope', 'expenditures/self-funded-takes-no-envelope', {
        fr: `La mesure ${measure.code} est autofinancée : elle ne prend aucune enveloppe.`,
        en: `Measure ${measure.code} is self-funded: it takes no envelope.`,
      })
    }
    return { measure: measure.code, envelope: null }
  }
  if (measure !== null && envelope === null) {
    throw refuse('envelope', 'expenditures/envelope-needed', {
      fr: `La mesure ${measure.code} a ${measure.envelopes.length} enveloppes : précisez laquelle.`,
      en: `Measure ${measure.code} has ${measure.envelopes.length} envelopes: say which one.`,
    })
  }
  if (envelope === null) {
    throw refuse('measure', 'expenditures/cell-missing', {
      fr: 'Indiquez une mesure ou une enveloppe.',
      en: 'Give a measure or an envelope.',
    })
  }
  if (measure !== null && !envelope.measures.includes(measure.code)) {
    throw refuse('envelope', 'expenditures/envelope-not-of-measure', {
      fr: `L’enveloppe ${envelope.code} ne sert pas la mesure ${measure.code}.`,
      en: `Envelope ${envelope.code} does not serve measure ${measure.code}.`,
    })
  }
  return { measure: measure?.code ?? soleMeasure(envelope), envelope: envelope.code }
}

const refuse = (field: string, code: string, sentence: Bilingual): Problem =>
  refuseField(field, code, sentence)

const unknown = (field: 'measure' | 'envelope', code: string, value: string): Problem =>
  refuseField(
    field,
    code,
    field === 'measure'
      ? {
          fr: `La mesure « ${value} » n’existe pas dans le plan.`,
          en: `There is no measure “${value}” in the plan.`,
        }
      : { fr: `L’enveloppe « ${value} » n’existe pas.`, en: `There is no envelope “${value}”.` },
    value,
  )
