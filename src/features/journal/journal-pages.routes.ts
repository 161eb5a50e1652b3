import { z } from 'zod'
import { limitDefault } from '#core/page.ts'
import { readStanding } from '#features/audit/audit.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { fileMillisMax } from '#platform/http/list-file.ts'
import { askedIn } from '#platform/http/page-address.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { filterLines } from '#platform/tables/table-workbook.ts'
import { entryOrders } from './entry.ts'
import { entryPage } from './entry.views.tsx'
import { flagLabelOf } from './flag-words.ts'
import { journalAgain, journalFilters, journalPage } from './journal.views.tsx'
import { entriesAsked } from './journal-input.routes.ts'
import { inWords } from './journal-lines.table.ts'
import { drawEntries, readEntries, readEntry } from './journal-list.actions.ts'

const read = { act: 'journal.read' } as const
const entryId = z.string().regex(/^[1-9]\d{0,14}$/)
const asked = entriesAsked.extend({ order: z.enum(entryOrders).default('newest') })
const listQuery = asked.extend({ after: entryId.optional() })
const fileQuery = asked.extend({ dialect: dialectField })

/** The journal as an auditor reads it: its lines, as a file too, and one entry. */
export function registerJournalPages(server: HttpServer, pages: Pages): void {
  registerList(server, pages)
  server.get(
    '/journal/:id',
    { config: read, schema: { params: z.strictObject({ id: entryId }) } },
    (request, reply) =>
      pages.show(request, reply, async (viewing, screen) =>
        entryPage(await readEntry(viewing, request.params.id), screen),
      ),
  )
}

function registerList(server: HttpServer, pages: Pages): void {
  server.get(
    '/journal',
    { config: read, attachValidation: true, schema: { querystring: listQuery } },
    (request, reply) =>
      pages.show(
        request,
        reply,
        async (viewing, screen) => {
          const { after = null, ...question } = request.query
          const page = { after, limit: limitDefault }
          return journalPage(await readEntries(viewing, question, page), screen)
        },
        async (_viewing, screen) => journalAgain(screen),
      ),
  )
  for (const ending of tableEndings) {
    server.get(
      `/journal.${ending}`,
      {
        config: read,
        handlerTimeout: fileMillisMax,
        schema: { querystring: fileQuery },
      },
      async (request, reply) => {
        const { dialect, ...question } = request.query
        const language = languageOfPage(request)
        const file = await pages.look(request, async (viewing) => {
          const table = await drawEntries(viewing, question)
          return {
            table: ending === 'xlsx' ? inWords(table) : table,
            filters: filterLines(askedIn(request.url), journalFilters, language),
            standing: await readStanding(viewing.handle, null),
            isSum: true,
            flagWords: flagLabelOf,
          }
        })
        return sendTable(reply, file, { ending, language, dialect })
      },
    )
  }
}
