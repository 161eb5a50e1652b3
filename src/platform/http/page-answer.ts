import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '#core/language.ts'
import { renderPage } from '#platform/html/layout.tsx'
import { bareFrame, type Frame, type Page, pathIn } from '#platform/html/page.ts'
import { refusalPage } from '#platform/html/refusal-page.tsx'
import { addressOf, languageOfPath } from './page-address.ts'
import type { ProblemDocument } from './problems.ts'
import { pageHeaders } from './security-headers.ts'

export type { Frame, Page, Screen } from '#platform/html/page.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What stands around the page that is answered; null before it is known who asks. */
    frame: Frame | null
  }
}

/** The language of a page is in its address; elsewhere nobody asks. */
export const languageOfPage = ({ url }: FastifyRequest): Language => languageOfPath(url) ?? 'fr'

const placeOf = (request: FastifyRequest) => ({
  language: languageOfPage(request),
  address: addressOf(request.url),
  issuedAt: new Date().toISOString(),
})

export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page,
  status = 200,
): FastifyReply {
  const place = placeOf(request)
  return reply
    .code(status)
    .headers(pageHeaders)
    .header('content-language', place.language)
    .type('text/html; charset=utf-8')
    .send(Buffer.from(renderPage(page, request.frame ?? bareFrame, place)))
}

/** A refusal as a page: its sentences, and nothing from inside. */
export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, title, detail, errors }: ProblemDocument,
): FastifyReply {
  const details = errors.map((error) => error.detail)
  const page = refusalPage(
    { status, title, sentence: detail, details, request: request.id },
    placeOf(request),
  )
  return sendPage(request, reply, page, status)
}

/** Where an address without language is for who asked. */
export const pagePath = (request: FastifyRequest, address: string): string =>
  pathIn(languageOfPage(request), address)

/** Post, redirect, get: whoever loads the page again does nothing again. */
export const seeOther = (reply: FastifyReply, path: string): FastifyReply =>
  reply.code(303).header('location', path).send()
