import type { Bilingual } from '#core/language.ts'
import type { ProblemKind } from '#core/problem.ts'

/**
 * The `title` of an RFC 9457 answer: one sentence per kind of problem, the same whatever happened
 * ("should not change from occurrence to occurrence"). What happened this time is the `detail`.
 */
export const titles: Readonly<Record<ProblemKind, Bilingual>> = {
  invalid: { fr: 'La requête n’est pas valide.', en: 'The request is not valid.' },
  'signed-out': { fr: 'Il faut d’abord s’authentifier.', en: 'Authentication is needed first.' },
  forbidden: { fr: 'Cette action n’est pas permise.', en: 'This action is not allowed.' },
  'not-found': { fr: 'La ressource est introuvable.', en: 'The resource was not found.' },
  conflict: {
    fr: 'La demande est en conflit avec l’état actuel.',
    en: 'The request conflicts with the current state.',
  },
  stale: {
    fr: 'La version a changé depuis qu’elle a été lue.',
    en: 'The version has changed since it was read.',
  },
  'too-large': { fr: 'L’envoi est trop volumineux.', en: 'What was sent is too large.' },
  'unsupported-type': {
    fr: 'Ce type de contenu n’est pas accepté.',
    en: 'This type of content is not accepted.',
  },
  refused: { fr: 'La demande enfreint une règle.', en: 'The request breaks a rule.' },
  unversioned: {
    fr: 'La version visée doit être indiquée.',
    en: 'The version that is meant must be stated.',
  },
  'too-many': { fr: 'Les demandes sont trop nombreuses.', en: 'There are too many requests.' },
  unavailable: {
    fr: 'Le service est momentanément indisponible.',
    en: 'The service is unavailable for the moment.',
  },
}

export const internalTitle: Bilingual = {
  fr: 'Une erreur interne s’est produite.',
  en: 'An internal error occurred.',
}

export const internalSentence: Bilingual = {
  fr: 'La demande n’a pas pu être traitée. L’erreur est consignée sous le numéro de cette demande.',
  en: 'The request could not be processed. The error is logged under the number of this request.',
}
