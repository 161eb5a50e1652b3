import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { languageField, momentField } from '#platform/http/input.ts'
import { languageOf } from '#platform/http/language.ts'
import { sendStream } from '#platform/http/stream-answer.ts'
import { csvDialects } from '#platform/tables/csv.ts'
import { drawJournal, type JournalAsked } from './journal-file.actions.ts'

const hledgerQuery = z.strictObject({ asOf: momentField.optional() })
const csvQuery = hledgerQuery.extend({
  lang: languageField.optional(),
  dialect: z.enum(csvDialects).optional(),
})

/** A record of a million entries is written in a minute or two. */
const handlerTimeout = 600_000
const config = { act: 'journal.read' } as const
const tags = ['audit']

/** The journal as files: `/journal/entries` says the same a page at a time. */
export function registerJournalFiles(server: HttpServer, calls: Calls): void {
  server.get(
    '/journal/entries.csv',
    { config, handlerTimeout, schema: { tags, querystring: csvQuery } },
    (request, reply) => {
      const { lang, dialect = 'open', asOf } = request.query
      const language = lang ?? languageOf(request.headers['accept-language'])
      return send(calls, request, reply, { format: 'csv', asOf, dialect, language })
    },
  )
  server.get(
    '/journal/entries.hledger',
    { config, handlerTimeout, schema: { tags, querystring: hledgerQuery } },
    (request, reply) =>
      send(calls, request, reply, { format: 'hledger', asOf: request.query.asOf }),
  )
}

const files = {
  csv: { name: 'journal.csv', type: 'text/csv; charset=utf-8' },
  hledger: { name: 'vigie.journal', type: 'text/plain; charset=utf-8' },
}

async function send(
  calls: Calls,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: JournalAsked,
): Promise<FastifyReply> {
  const { name, type } = files[asked.format]
  await calls.look(request, async (viewing) => {
    const content = await drawJournal(viewing, asked)
    reply.type(type).header('content-disposition', contentDisposition(name))
    return sendStream(reply, content)
  })
  return reply
}
