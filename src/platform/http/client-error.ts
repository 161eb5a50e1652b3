import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Bilingual, Language } from '#core/language.ts'
import { malformedRequest } from './framework-problems.ts'
import type { ProblemDocument } from './problems.ts'
import { answerHeaders } from './security-headers.ts'
import { titles } from './titles.ts'

/**
 * What Node could not read as a request reaches no hook and no route: too slow, too large a head,
 * not HTTP at all. It is answered on the bare connection, in French since no header was understood,
 * and the connection is closed. With an answer to an earlier request still to come on it, nothing
 * is said: the caller would take this for that answer.
 */
interface RawRefusal {
  readonly status: number
  readonly code: string
  readonly sentence: Bilingual
}

const tooSlow: RawRefusal = {
  status: 408,
  code: 'http/request-timeout',
  sentence: {
    fr: 'La requête a mis trop de temps à arriver.',
    en: 'The request took too long to arrive.',
  },
}
const headTooLarge: RawRefusal = {
  status: 431,
  code: 'http/headers-too-large',
  sentence: {
    fr: 'Les en-têtes de la requête sont trop volumineux.',
    en: 'The headers of the request are too large.',
  },
}
const malformed: RawRefusal = { ...malformedRequest, status: 400 }

const refusals = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', tooSlow],
  ['HPE_HEADER_OVERFLOW', headTooLarge],
])

export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  const refusal = refusals.get(error.code ?? '') ?? malformed
  if (socket.writable && error.code !== 'ECONNRESET' && maySpeak(socket, refusal)) {
    socket.end(rawAnswer(refusal))
    // A caller who never closes its side does not keep ours.
    socket.destroySoon()
    return
  }
  socket.destroy()
}

/** The request under way is the late one itself, as long as nothing of its answer has left. */
function maySpeak(socket: Socket, { status }: RawRefusal): boolean {
  const { _httpMessage: answer } = socket as Socket & {
    readonly _httpMessage?: { readonly headersSent: boolean } | null
  }
  return !answer || (status === 408 && !answer.headersSent)
}

function rawAnswer(refusal: RawRefusal): string {
  const { status } = refusal
  const body = JSON.stringify(documentOf(refusal, 'fr', randomUUID()))
  const headers = {
    ...answerHeaders,
    'content-type': 'application/problem+json',
    'content-language': 'fr',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n')
}

/** The same refusal where a request was begun and hooks and language are known. */
export const requestTimeoutJson = (language: Language, requestId: string): ProblemDocument =>
  documentOf(tooSlow, language, requestId)

const documentOf = (
  { status, code, sentence }: RawRefusal,
  language: Language,
  requestId: string,
): ProblemDocument => ({
  type: `urn:vigie:problem:${code}`,
  title: titles.invalid[language],
  status,
  detail: sentence[language],
  code,
  errors: [],
  instance: `urn:vigie:request:${requestId}`,
})
