import { create as contentDisposition } from 'content-disposition'
import { z } from 'zod'
import { rowsMax } from '#core/grid.ts'
import { limitMax } from '#core/page.ts'
import { readStanding } from '#features/audit/audit.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { uploadMillisMax } from '#platform/http/uploads.ts'
import { readRejectedRows, writeErrorWorkbook } from './error-workbook.actions.ts'
import { rowStates } from './import.ts'
import { listedOf } from './import-counts.ts'
import { ofImport } from './import-input.routes.ts'
import { readImport, readImportRows, readImports } from './import-list.actions.ts'
import { rowStateNames } from './import-row-words.ts'
import { importRowsTable } from './import-rows.table.ts'
import { importsTable } from './imports.table.ts'

const read = { act: 'import.read' } as const
const rowsQuery = z.strictObject({ state: z.enum(rowStates).optional(), dialect: dialectField })

/** What the pages of imports show, as files; and the rows to correct and send again. */
export function registerImportFilePages(server: HttpServer, pages: Pages): void {
  registerLists(server, pages)
  server.get(
    '/imports/:id/errors.xlsx',
    { config: read, handlerTimeout: uploadMillisMax, schema: { params: ofImport } },
    async (request, reply) => {
      const language = languageOfPage(request)
      const rejected = await pages.look(request, (viewing) =>
        readRejectedRows(viewing, request.params.id),
      )
      const bytes = await writeErrorWorkbook(rejected, language)
      const name = rejected.batch.file.name.replace(/\.[^.]*$/, '')
      const suffix = language === 'fr' ? 'anomalies' : 'problems'
      return reply
        .header('content-disposition', contentDisposition(`${name}-${suffix}.xlsx`))
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(Buffer.from(bytes))
    },
  )
}

function registerLists(server: HttpServer, pages: Pages): void {
  for (const ending of tableEndings) {
    server.get(
      `/imports.${ending}`,
      { config: read, schema: { querystring: z.strictObject({ dialect: dialectField }) } },
      async (request, reply) => {
        const file = await pages.look(request, async (viewing) => {
          const { rows } = await readImports(viewing, { limit: limitMax, after: null })
          const table = importsTable(rows.slice(0, limitMax))
          const standing = await readStanding(viewing.handle, null)
          return { table, filters: [], standing, isSum: false }
        })
        const { dialect } = request.query
        return sendTable(reply, file, { ending, language: languageOfPage(request), dialect })
      },
    )
    server.get(
      `/imports/:id/rows.${ending}`,
      {
        config: read,
        handlerTimeout: uploadMillisMax,
        schema: { params: ofImport, querystring: rowsQuery },
      },
      async (request, reply) => {
        const { state, dialect } = request.query
        const language = languageOfPage(request)
        const file = await pages.look(request, async (viewing) => {
          const batch = await readImport(viewing, request.params.id)
          const asked = { state, limit: rowsMax, after: 0 }
          const rows = await readImportRows(viewing, batch, asked)
          return {
            table: importRowsTable(batch, rows, listedOf(batch, state).total),
            filters: state === undefined ? [] : [rowStateNames[state][language]],
            standing: await readStanding(viewing.handle, null),
            isSum: false,
          }
        })
        return sendTable(reply, file, { ending, language, dialect })
      },
    )
  }
}
