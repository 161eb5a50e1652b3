import { z } from 'zod'
import { limitMax } from '#core/page.ts'
import { readStanding } from '#features/audit/audit.public.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { reach } from '#features/identity/permission.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import type { Page, Screen } from '#platform/http/page-answer.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { requireFile, uploadMillisMax } from '#platform/http/uploads.ts'
import { extractPage } from './extract.views.tsx'
import { newExtract, ofExtract } from './extract-input.routes.ts'
import { readExtract, readExtractRowsOf, readExtracts } from './extract-list.actions.ts'
import { extractRowsTable } from './extract-rows.table.ts'
import { extractsTable } from './extracts.table.ts'
import { extractsPage } from './extracts.views.tsx'
import { chooseMapping, loadExtract, readLedgerFile } from './load.actions.ts'
import { readMappings } from './mappings.actions.ts'

const read = { act: 'extract.read' } as const

const shownQuery = z.strictObject({
  after: z
    .string()
    .regex(/^[1-9]\d{0,6}$/)
    .transform(Number)
    .optional(),
  done: z.literal('loaded').optional(),
})

const fileQuery = z.strictObject({ dialect: dialectField })

/** What the ledger says of a period: loaded as a whole, listed and opened. */
export function registerExtractPages(server: HttpServer, pages: Pages): void {
  registerList(server, pages)
  registerLoading(server, pages)
  registerOne(server, pages)
}

async function list(viewing: Viewing, screen: Screen): Promise<Page> {
  const facts = {
    extracts: await readExtracts(viewing, {}),
    mappings: await readMappings(viewing),
    organizations: reach(viewing.actor, 'extract.load'),
  }
  return extractsPage(facts, screen)
}

function registerList(server: HttpServer, pages: Pages): void {
  server.get('/extracts', { config: read }, (request, reply) => pages.show(request, reply, list))
  for (const ending of tableEndings) {
    server.get(
      `/extracts.${ending}`,
      { config: read, schema: { querystring: fileQuery } },
      async (request, reply) => {
        const { dialect } = request.query
        const file = await pages.look(request, async (viewing) => ({
          table: extractsTable(await readExtracts(viewing, {})),
          filters: [],
          standing: await readStanding(viewing.handle, null),
          // What is superseded stands in the list and not in its total.
          isSum: false,
        }))
        return sendTable(reply, file, { ending, language: languageOfPage(request), dialect })
      },
    )
  }
}

const statedOf = (fields: z.infer<typeof newExtract>) => {
  const { fiscalYear, period: number, organization, rows, total, system, supersedes } = fields
  return { organization, period: { fiscalYear, number }, rows, total, system, supersedes }
}

function registerLoading(server: HttpServer, pages: Pages): void {
  server.post(
    '/extracts',
    { config: { act: 'extract.load', takesFile: true }, handlerTimeout: uploadMillisMax },
    (request, reply) =>
      pages.act(request, reply, {
        fields: newExtract,
        prepare: async ({ fields, file }) => {
          const brought = { ...requireFile(file), asked: fields }
          const mapping = await pages.look(request, (viewing) =>
            chooseMapping(viewing, statedOf(fields)),
          )
          const reading = readLedgerFile(brought, mapping)
          // What refuses it is said by the action, once the file is known to be new.
          await Promise.allSettled([reading])
          return { brought, reading }
        },
        run: async (context, { fields }, { brought, reading }) => {
          const { id } = await loadExtract(context, statedOf(fields), brought, reading)
          return `/extracts/${id}?done=loaded`
        },
        again: list,
      }),
  )
}

function registerOne(server: HttpServer, pages: Pages): void {
  server.get(
    '/extracts/:id',
    { config: read, schema: { params: ofExtract, querystring: shownQuery } },
    (request, reply) =>
      pages.show(request, reply, async (viewing, screen) => {
        const { after = 0, done } = request.query
        const extract = await readExtract(viewing, request.params.id)
        const rows = (await readExtractRowsOf(viewing, extract.id)).filter(
          ({ number }) => number > after,
        )
        const shown = rows.slice(0, limitMax)
        const nextAfter = rows.length > limitMax ? (shown.at(-1)?.number ?? null) : null
        const isLoaded = done !== undefined
        return extractPage({ extract, rows: shown, nextAfter, isLoaded }, screen)
      }),
  )
  for (const ending of tableEndings) {
    server.get(
      `/extracts/:id/rows.${ending}`,
      { config: read, schema: { params: ofExtract, querystring: fileQuery } },
      async (request, reply) => {
        const { dialect } = request.query
        const file = await pages.look(request, async (viewing) => {
          const extract = await readExtract(viewing, request.params.id)
          const rows = await readExtractRowsOf(viewing, extract.id)
          return {
            table: extractRowsTable(extract, rows, 'with-total'),
            filters: [extract.fileName],
            standing: await readStanding(viewing.handle, null),
            isSum: true,
          }
        })
        return sendTable(reply, file, { ending, language: languageOfPage(request), dialect })
      },
    )
  }
}
