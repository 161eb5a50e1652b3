import type { FastifyReply } from 'fastify'
import { Problem } from '#core/problem.ts'

/**
 * Aborted when the caller leaves before the answer, so that long work ends with them. Fastify's own
 * `request.signal` is not used: it is aborted as soon as the body of the request was read.
 */
export function leavingSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) {
      controller.abort(callerLeft())
    }
  })
  return controller.signal
}

const callerLeft = (): Problem =>
  new Problem('invalid', 'http/caller-left', {
    fr: 'La connexion a été fermée avant la réponse\u00a0; le travail s’est arrêté.',
    en: 'The connection was closed before the answer; the work was stopped.',
  })
