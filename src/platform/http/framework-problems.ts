import type { Bilingual } from '#core/language.ts'
import { Problem, type ProblemKind } from '#core/problem.ts'

/**
 * What Fastify and its plugins refuse by themselves, said as our own Problems. Their codes are
 * known one by one; a refusal that is not in the table keeps its class (too large, too many…) and
 * is otherwise a malformed request. Only refusals: an error of theirs that is not a 4xx is a bug of
 * ours.
 */
export interface Refusal {
  readonly kind: ProblemKind
  readonly code: string
  readonly sentence: Bilingual
}

const bodyTooLarge: Refusal = {
  kind: 'too-large',
  code: 'http/body-too-large',
  sentence: {
    fr: 'Le corps de la requête dépasse la taille permise.',
    en: 'The body of the request is larger than allowed.',
  },
}
const fileTooLarge: Refusal = {
  kind: 'too-large',
  code: 'http/file-too-large',
  sentence: {
    fr: 'Le fichier dépasse 20 Mio. Divisez-le en plusieurs fichiers.',
    en: 'The file is larger than 20 MiB. Split it into several files.',
  },
}
const unsupported: Refusal = {
  kind: 'unsupported-type',
  code: 'http/unsupported-type',
  sentence: {
    fr: 'Ce type de contenu n’est pas accepté ici : l’API prend application/json, en UTF-8 et sans compression, une page son propre formulaire.',
    en: 'This type of content is not accepted here: the API takes application/json, in UTF-8 and not compressed, a page its own form.',
  },
}
const malformedUrl: Refusal = {
  kind: 'invalid',
  code: 'http/malformed-url',
  sentence: {
    fr: 'L’adresse demandée est mal formée.',
    en: 'The requested address is malformed.',
  },
}
const unknownRoute: Refusal = {
  kind: 'not-found',
  code: 'http/unknown-route',
  sentence: {
    fr: 'Rien ne se trouve à cette adresse, ou pas avec cette méthode.',
    en: 'There is nothing at this address, or not with this method.',
  },
}
const truncated: Refusal = {
  kind: 'invalid',
  code: 'http/body-truncated',
  sentence: {
    fr: 'Le corps de la requête n’a pas la longueur annoncée.',
    en: 'The body of the request does not have the announced length.',
  },
}
const tooSlow: Refusal = {
  kind: 'unavailable',
  code: 'http/timeout',
  sentence: {
    fr: 'La demande a pris trop de temps. Vérifiez si elle a été faite, puis reprenez-la.',
    en: 'The request took too long. Check whether it was done, then try again.',
  },
}
const tooMany: Refusal = {
  kind: 'too-many',
  code: 'http/too-many',
  sentence: {
    fr: 'Trop de demandes en peu de temps. Attendez un moment avant de recommencer.',
    en: 'Too many requests in a short time. Wait a moment before trying again.',
  },
}
export const malformedRequest: Refusal = {
  kind: 'invalid',
  code: 'http/malformed-request',
  sentence: { fr: 'La requête est mal formée.', en: 'The request is malformed.' },
}

const byCode = new Map<string, Refusal>([
  ['FST_ERR_CTP_BODY_TOO_LARGE', bodyTooLarge],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', unsupported],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', truncated],
  ['FST_ERR_BAD_URL', malformedUrl],
  // No name of ours is that long: what it would name does not exist.
  ['FST_ERR_MAX_PARAM_LENGTH', unknownRoute],
  ['FST_ERR_NOT_FOUND', unknownRoute],
  ['FST_ERR_HANDLER_TIMEOUT', tooSlow],
  ['FST_REQ_FILE_TOO_LARGE', fileTooLarge],
])

const byStatus = new Map<number, Refusal>([
  [404, unknownRoute],
  [413, bodyTooLarge],
  [415, unsupported],
  [429, tooMany],
])

const asProblem = ({ kind, code, sentence }: Refusal, cause?: unknown): Problem =>
  new Problem(kind, code, sentence, { cause })

export const unsupportedType = (): Problem => asProblem(unsupported)
export const urlMalformed = (): Problem => asProblem(malformedUrl)
export const routeUnknown = (): Problem => asProblem(unknownRoute)

/** Null when the error is not a refusal of the framework's. */
export function frameworkProblem(error: unknown): Problem | null {
  const { code, statusCode } = Object(error) as { code?: unknown; statusCode?: unknown }
  if (typeof code !== 'string' || typeof statusCode !== 'number') {
    return null
  }
  // The body's stream when the caller leaves in the middle of it; Fastify adds the status.
  if (code === 'ECONNRESET' && statusCode === 400) {
    return asProblem(truncated, error)
  }
  const known = byCode.get(code)
  if (known !== undefined) {
    return asProblem(known, error)
  }
  const isRefusal = code.startsWith('FST_') && statusCode >= 400 && statusCode < 500
  return isRefusal ? asProblem(byStatus.get(statusCode) ?? malformedRequest, error) : null
}
