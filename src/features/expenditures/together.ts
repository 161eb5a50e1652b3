import type { Bilingual } from '#core/language.ts'

/**
 * Many documents that move as one, all or none: what keeps any of them is told of each. They obey the
 * rules of one (lifecycle.ts); what differs is that the event says a count and the Merkle root of
 * their texts, since a hundred thousand documents in one payload could be read by nobody.
 */
export interface Sealed {
  readonly count: number
  readonly root: string
}

export interface Obstacle {
  readonly id: string
  readonly code: string
  readonly detail: Bilingual
}

/** What a step asks of each document before it is done. */
export interface TogetherState {
  readonly id: string
  readonly number: string
  readonly state: string
  readonly version: number
  /** As the last event of an import that spoke of it left it; null when none did. */
  readonly sealedVersion: number | null
  readonly isOwnWork: boolean
  readonly needsJustification: boolean
  readonly isCorrected: boolean
  readonly hasOpenRequest: boolean
}

type Rule = (standing: TogetherState) => Obstacle | null

const obstacle =
  (
    code: string,
    is: (standing: TogetherState) => boolean,
    words: (number: string) => Bilingual,
  ): Rule =>
  (standing) =>
    is(standing) ? { id: standing.id, code, detail: words(standing.number) } : null

const isUnjustified = obstacle(
  'expenditures/justification-needed',
  ({ needsJustification }) => needsJustification,
  (number) => ({
    fr: `${number} : la date de service est hors de la durée de l’enveloppe. Une justification est requise.`,
    en: `${number}: the service date is outside the term of the envelope. A justification is needed.`,
  }),
)

const isOwn = obstacle(
  'expenditures/own-work',
  ({ isOwnWork }) => isOwnWork,
  (number) => ({
    fr: `Vous avez saisi, modifié ou soumis ${number} : une autre personne doit l’approuver.`,
    en: `You entered, changed or submitted ${number}: somebody else must approve it.`,
  }),
)

/** One approves what one saw: the import as it was submitted. */
const isMoved = obstacle(
  'expenditures/stale',
  ({ version, sealedVersion }) => version !== sealedVersion,
  (number) => ({
    fr: `${number} a changé depuis que l’import a été soumis. Approuvez-la à part.`,
    en: `${number} has changed since the import was submitted. Approve it on its own.`,
  }),
)

const isCorrected = obstacle(
  'expenditures/settled',
  (standing) => standing.isCorrected,
  (number) => ({
    fr: `${number} a été remboursée ou reclassée depuis.`,
    en: `${number} was refunded or reclassified since.`,
  }),
)

const isWaiting = obstacle(
  'expenditures/wrong-state',
  ({ state }) => state === 'submitted',
  (number) => ({
    fr: `${number} attend une approbation : faites-la retourner d’abord.`,
    en: `${number} waits for an approval: have it returned first.`,
  }),
)

const isAsked = obstacle(
  'expenditures/request-open',
  ({ hasOpenRequest }) => hasOpenRequest,
  (number) => ({
    fr: `${number} attend déjà une décision.`,
    en: `${number} is already waiting for a decision.`,
  }),
)

const obstaclesOf =
  (...rules: readonly Rule[]) =>
  (standings: readonly TogetherState[]): readonly Obstacle[] =>
    standings.flatMap((standing) => rules.flatMap((rule) => rule(standing) ?? []))

export const toSubmit = obstaclesOf(isUnjustified)
export const toApprove = obstaclesOf(isOwn, isMoved)
export const toReverse = obstaclesOf(isCorrected, isWaiting, isAsked)
