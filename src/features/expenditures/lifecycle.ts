import type { Bilingual } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import type { Expenditure, ExpenditureRequest, ExpenditureState } from './expenditure.ts'

/**
 * Who may move an expenditure, and from which state. Nobody approves what they entered, submitted
 * or last changed, nor a reversal they asked for; a posted one can be reversed once. The database
 * holds the same rules as constraints.
 */
export function requireState(
  expenditure: Expenditure,
  state: ExpenditureState,
  verb: Bilingual,
): void {
  if (expenditure.state !== state) {
    throw new Problem('conflict', 'expenditures/wrong-state', {
      fr: `${expenditure.number} est à l’état « ${stateNames[expenditure.state].fr} » : impossible de ${verb.fr}.`,
      en: `${expenditure.number} is ${stateNames[expenditure.state].en}: it cannot be ${verb.en}.`,
    })
  }
}

export const stateNames: Readonly<Record<ExpenditureState, Bilingual>> = {
  draft: { fr: 'brouillon', en: 'a draft' },
  submitted: { fr: 'soumise', en: 'submitted' },
  posted: { fr: 'comptabilisée', en: 'posted' },
  reversed: { fr: 'contre-passée', en: 'reversed' },
}

/** @throws Problem `expenditures/stale` when somebody changed it since it was shown. */
export function requireVersion(expenditure: Expenditure, shown: number): void {
  if (expenditure.version !== shown) {
    throw new Problem('stale', 'expenditures/stale', {
      fr: `${expenditure.number} a changé depuis que vous l’avez vue (version ${shown}, maintenant ${expenditure.version}). Relisez-la.`,
      en: `${expenditure.number} has changed since you saw it (version ${shown}, now ${expenditure.version}). Read it again.`,
    })
  }
}

export function requireSomebodyElse(expenditure: Expenditure, actor: string): void {
  const { preparedBy, changedBy, submittedBy } = expenditure
  if ([preparedBy, changedBy, submittedBy].includes(actor)) {
    throw new Problem('forbidden', 'expenditures/own-work', {
      fr: `Vous avez saisi, modifié ou soumis ${expenditure.number} : une autre personne doit l’approuver.`,
      en: `You entered, changed or submitted ${expenditure.number}: somebody else must approve it.`,
    })
  }
}

export function requireOnce(expenditure: Expenditure, isFirst: boolean): void {
  if (!isFirst) {
    throw new Problem('refused', 'expenditures/repeated', {
      fr: `${expenditure.number} figure deux fois dans la liste.`,
      en: `${expenditure.number} is in the list twice.`,
    })
  }
}

export function requireJustification(expenditure: Expenditure, cause: Bilingual): void {
  if (expenditure.justification === null) {
    throw new Problem('refused', 'expenditures/justification-needed', {
      fr: `${expenditure.number} : ${cause.fr} Une justification est requise.`,
      en: `${expenditure.number}: ${cause.en} A justification is needed.`,
    })
  }
}

/** What submission asks; the headroom is asked at approval. */
export function requireOutsideTermJustified(expenditure: Expenditure): void {
  if (expenditure.flags.includes('outside-term')) {
    requireJustification(expenditure, {
      fr: `la date de service ${expenditure.serviceDate} est hors de la durée de l’enveloppe.`,
      en: `the service date ${expenditure.serviceDate} is outside the term of the envelope.`,
    })
  }
}

export function requireNoOpenRequest(expenditure: Expenditure): void {
  if (expenditure.requests.some(({ state }) => state === 'asked')) {
    throw new Problem('conflict', 'expenditures/request-open', {
      fr: `${expenditure.number} attend déjà une décision.`,
      en: `${expenditure.number} is already waiting for a decision.`,
    })
  }
}

export function requireOpenRequest(expenditure: Expenditure, id: string): ExpenditureRequest {
  const request = expenditure.requests.find((candidate) => candidate.id === id)
  if (request === undefined) {
    throw requestNotFound()
  }
  if (request.state !== 'asked') {
    throw new Problem('conflict', 'expenditures/request-decided', {
      fr: 'Cette demande a déjà été décidée.',
      en: 'This request has already been decided.',
    })
  }
  return request
}

export const requestNotFound = (): Problem =>
  new Problem('not-found', 'expenditures/request-not-found', {
    fr: 'Cette demande n’existe pas.',
    en: 'There is no such request.',
  })

export function requireOtherThanAsker(request: ExpenditureRequest, actor: string): void {
  if (request.askedBy === actor) {
    throw new Problem('forbidden', 'expenditures/own-request', {
      fr: 'Vous avez fait cette demande : une autre personne doit la décider.',
      en: 'You made this request: somebody else must decide it.',
    })
  }
}
