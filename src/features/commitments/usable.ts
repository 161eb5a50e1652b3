import type { Bilingual } from '#core/language.ts'
import type { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import type { Commitment } from './commitment.ts'
import { stateNames } from './lifecycle.ts'

/**
 * Which commitment an expenditure may consume: one of its own organization and envelope, approved
 * and with something left. The measure and the year may be others of the same envelope.
 */
export function requireUsable(
  commitment: Commitment | null | undefined,
  by: { readonly organization: string; readonly envelope: string | null },
): Commitment {
  if (commitment == null) {
    throw refuse('commitments/unknown', {
      fr: 'Cet engagement n’existe pas.',
      en: 'There is no such commitment.',
    })
  }
  const { number, organization, envelope, state } = commitment
  if (organization !== by.organization) {
    throw refuse('commitments/of-another-organization', {
      fr: `L’engagement ${number} est de ${organization}, et la dépense de ${by.organization}.`,
      en: `Commitment ${number} is of ${organization}, and the expenditure of ${by.organization}.`,
    })
  }
  if (envelope !== by.envelope) {
    const [fr, en] = by.envelope === null ? ['aucune', 'none'] : [by.envelope, by.envelope]
    throw refuse('commitments/of-another-envelope', {
      fr: `L’engagement ${number} est sur l’enveloppe ${envelope}, et la dépense sur ${fr}.`,
      en: `Commitment ${number} is on envelope ${envelope}, and the expenditure on ${en}.`,
    })
  }
  if (state !== 'approved') {
    throw refuse('commitments/not-open', {
      fr: `L’engagement ${number} est à l’état « ${stateNames[state].fr} » : il n’a rien à consommer.`,
      en: `Commitment ${number} is ${stateNames[state].en}: there is nothing in it to consume.`,
    })
  }
  return commitment
}

const refuse = (code: string, sentence: Bilingual): Problem =>
  refuseField('commitment', code, sentence)
