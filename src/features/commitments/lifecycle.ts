import type { Bilingual } from '#core/language.ts'
import { compare, type Money } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'
import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import { type Commitment, type CommitmentState, remainingOf } from './commitment.ts'

/**
 * Who may move a commitment, and from which state. Nobody approves or releases what they entered,
 * submitted or last changed. The database holds the same rules as constraints.
 */
export const stateNames: Readonly<Record<CommitmentState, Bilingual>> = {
  draft: { fr: 'brouillon', en: 'a draft' },
  submitted: { fr: 'soumis', en: 'submitted' },
  approved: { fr: 'approuvé', en: 'approved' },
  closed: { fr: 'fermé', en: 'closed' },
}

export function requireState(
  commitment: Commitment,
  state: CommitmentState,
  verb: Bilingual,
): void {
  if (commitment.state !== state) {
    throw new Problem('conflict', 'commitments/wrong-state', {
      fr: `${commitment.number} est à l’état « ${stateNames[commitment.state].fr} » : impossible de ${verb.fr}.`,
      en: `${commitment.number} is ${stateNames[commitment.state].en}: it cannot be ${verb.en}.`,
    })
  }
}

/** @throws Problem `commitments/stale` when somebody changed it since it was shown. */
export function requireVersion(commitment: Commitment, shown: number): void {
  if (commitment.version !== shown) {
    throw new Problem('stale', 'commitments/stale', {
      fr: `${commitment.number} a changé depuis que vous l’avez vu (version ${shown}, maintenant ${commitment.version}). Relisez-le.`,
      en: `${commitment.number} has changed since you saw it (version ${shown}, now ${commitment.version}). Read it again.`,
    })
  }
}

export function requireSomebodyElse(commitment: Commitment, actor: string): void {
  const { preparedBy, changedBy, submittedBy } = commitment
  if ([preparedBy, changedBy, submittedBy].includes(actor)) {
    throw new Problem('forbidden', 'commitments/own-work', {
      fr: `Vous avez saisi, modifié ou soumis ${commitment.number} : une autre personne doit l’approuver ou le dégager.`,
      en: `You entered, changed or submitted ${commitment.number}: somebody else must approve or release it.`,
    })
  }
}

export function requireRemaining(commitment: Commitment, asked: Money): void {
  const remaining = remainingOf(commitment)
  if (compare(asked, remaining) > 0) {
    const [more, left] = [asked, remaining].map(moneyWords)
    throw refuseField(
      'amount',
      'commitments/above-remaining',
      {
        fr: `${commitment.number} : ${more?.fr} dépasse ce qui reste engagé, ${left?.fr}.`,
        en: `${commitment.number}: ${more?.en} is above what remains committed, ${left?.en}.`,
      },
      asked.toString(),
    )
  }
}
