import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '#core/language.ts'
import type { Problem } from '#core/problem.ts'
import { requestTimeoutJson } from './client-error.ts'
import { languageOf } from './language.ts'
import { languageOfPath } from './page-address.ts'
import { sendRefusal } from './page-answer.ts'
import {
  internalJson,
  type ProblemDocument,
  type ProblemSources,
  problemJson,
  problemOf,
} from './problems.ts'
import { answerHeaders } from './security-headers.ts'

/**
 * The one place that answers a thrown thing. What only the operator may know (detail, cause, stack)
 * goes to the log under the request's number; the caller gets the number and the public sentence. A
 * refusal is the caller's affair (info), an absent database the operator's (warn), a bug ours
 * (error).
 */
export interface AnswerOptions extends ProblemSources {
  /** Told each time a request met an absent database. */
  readonly onUnavailable?: (error: unknown) => void
}

export type AnswerThrown = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void

const retrySecondsDefault = 1

export function makeAnswerThrown(options: AnswerOptions): AnswerThrown {
  return (error, request, reply) => {
    const language = languageOfPath(request.url) ?? languageOf(request.headers['accept-language'])
    if (isLate(error, request)) {
      request.log.info({ code: 'http/request-timeout' }, 'refused')
      reply.header('connection', 'close')
      send({ request, reply, language }, requestTimeoutJson(language, request.id))
      return
    }
    const problem = problemOf(error, options)
    if (problem === null) {
      request.log.error({ err: error }, 'bug')
      send({ request, reply, language }, internalJson(language, request.id))
      return
    }
    logProblem(request.log, problem)
    if (problem.code === 'http/unavailable') {
      options.onUnavailable?.(error)
    }
    if (problem.kind === 'unavailable' || problem.retrySeconds !== undefined) {
      reply.header('retry-after', String(problem.retrySeconds ?? retrySecondsDefault))
    }
    if (problem.kind === 'signed-out' && languageOfPath(request.url) === null) {
      // RFC 9110, section 11.6.1: a 401 names what would be accepted.
      reply.header('www-authenticate', 'Bearer')
    }
    send({ request, reply, language }, problemJson(problem, language, request.id))
  }
}

/**
 * Fastify's time for the handler runs from the headers on: with the body not there yet it is the
 * caller who is late. The connection is closed, or Node would answer the same request once more.
 */
function isLate(error: unknown, request: FastifyRequest): boolean {
  const { code } = Object(error) as { code?: unknown }
  return code === 'FST_ERR_HANDLER_TIMEOUT' && !request.raw.complete
}

interface Answering {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly language: Language
}

/** A person who asked for a page gets one, a program its document. */
function send({ request, reply, language }: Answering, document: ProblemDocument): void {
  if (languageOfPath(request.url) !== null) {
    sendRefusal(request, reply, document)
    return
  }
  reply
    .code(document.status)
    .headers(answerHeaders)
    .header('content-type', 'application/problem+json')
    .header('content-language', language)
    // As bytes: Fastify would add a charset to the type, which has no such parameter.
    .send(Buffer.from(JSON.stringify(document)))
}

function logProblem(log: FastifyBaseLogger, problem: Problem): void {
  const { code, status, detail, cause } = problem
  const facts = { code, status, detail, ...(cause === undefined ? {} : { err: cause }) }
  if (problem.kind === 'unavailable') {
    log.warn(facts, 'unavailable')
  } else {
    log.info(facts, 'refused')
  }
}
