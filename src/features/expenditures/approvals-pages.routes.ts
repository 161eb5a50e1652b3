import { create as contentDisposition } from 'content-disposition'
import { z } from 'zod'
import type { Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField, textField, uuidField } from '#platform/http/input.ts'
import { pageOf } from '#platform/http/lists.ts'
import { languageOfPage, type Page, type Screen } from '#platform/http/page-answer.ts'
import { csvDialects } from '#platform/tables/csv.ts'
import { readApprovals } from './approvals.actions.ts'
import { approvalsPage } from './approvals-page.views.tsx'
import { approveExpenditures } from './decisions.actions.ts'
import { drawApprovalsCsv, drawApprovalsWorkbook } from './expenditure-file.actions.ts'
import { chosenRows } from './expenditure-input.routes.ts'
import { findReadable } from './expenditure-list.actions.ts'

const config = { act: 'expenditure.decide' } as const
const query = z.strictObject({
  limit: limitField,
  cursor: cursorField,
  approved: z
    .string()
    .regex(/^\d{1,3}$/)
    .optional(),
  returned: uuidField.optional(),
})
const approvalForm = z.strictObject({
  rows: chosenRows,
  justifications: z.record(uuidField, textField(2000)).optional(),
})

/** What waits for the reader's decision: approved together, all or none, or one by one. */
export function registerApprovalPages(server: HttpServer, pages: Pages): void {
  server.get('/approvals', { config, schema: { querystring: query } }, (request, reply) =>
    pages.show(request, reply, (viewing, screen) => queue(viewing, screen, request.query)),
  )
  server.post('/approvals', { config }, (request, reply) =>
    pages.act(request, reply, {
      fields: approvalForm,
      run: async (context, { fields: { rows, justifications = {} } }) => {
        const said = new Map<string, string>(Object.entries(justifications))
        const items = Object.entries(rows).map(([id, version]) => ({
          id,
          version,
          justification: said.get(id) ?? null,
          pointer: `/rows/${id}`,
        }))
        const posted = await approveExpenditures(context, items)
        return `/approvals?approved=${posted.length}`
      },
      again: (viewing, screen) => queue(viewing, screen, query.parse({})),
    }),
  )
  registerFiles(server, pages)
}

async function queue(
  viewing: Viewing,
  screen: Screen,
  { limit, cursor, approved, returned }: z.output<typeof query>,
): Promise<Page> {
  const after = cursorParts(cursor, [cursorForms.microseconds, cursorForms.uuid])
  const { rows, count, total } = await readApprovals(viewing, { limit, after })
  const { items, nextCursor } = pageOf(rows, {
    limit,
    count,
    total,
    cursorOf: (row) => row.cursor,
    itemOf: (row) => row,
  })
  return approvalsPage(
    {
      rows: items,
      count,
      total,
      nextCursor,
      approved: approved === undefined ? null : Number(approved),
      returned: returned === undefined ? null : await findReadable(viewing, returned),
    },
    screen,
  )
}

function registerFiles(server: HttpServer, pages: Pages): void {
  const fileQuery = z.strictObject({ dialect: z.enum(csvDialects).optional() })
  server.get(
    '/approvals.csv',
    { config, schema: { querystring: fileQuery } },
    async (request, reply) => {
      const { dialect = 'excel-fr' } = request.query
      const how = { language: languageOfPage(request), dialect }
      const text = await pages.look(request, (viewing) => drawApprovalsCsv(viewing, how))
      return reply
        .header('content-disposition', contentDisposition('approvals.csv'))
        .type('text/csv; charset=utf-8')
        .send(text)
    },
  )
  server.get('/approvals.xlsx', { config }, async (request, reply) => {
    const language = languageOfPage(request)
    const bytes = await pages.look(request, (viewing) => drawApprovalsWorkbook(viewing, language))
    return reply
      .header('content-disposition', contentDisposition('approvals.xlsx'))
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .send(Buffer.from(bytes))
  })
}
