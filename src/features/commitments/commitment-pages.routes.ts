import type { z } from 'zod'
import { readStanding } from '#features/audit/audit.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { may } from '#features/identity/permission.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import { measureCode } from '#features/programmes/measure.ts'

import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { pageOf } from '#platform/http/lists.ts'
import { askedIn } from '#platform/http/page-address.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { filterLines } from '#platform/tables/table-workbook.ts'
import type { Commitment } from './commitment.ts'
import { commitmentQuery } from './commitment-input.routes.ts'
import { readAllCommitments, readCommitments } from './commitment-list.actions.ts'
import { commitmentsAgain, commitmentsPage, filterWords } from './commitment-list.views.tsx'
import { listedTable } from './commitment-listed.table.ts'
import type { CommitmentFilter } from './filter.ts'

const config = { act: 'commitment.read' } as const
const filterQuery = commitmentQuery.omit({ limit: true, cursor: true })

const filterOf = ({ measure, ...filter }: z.output<typeof filterQuery>): CommitmentFilter => ({
  ...filter,
  measure: measure === undefined ? undefined : measureCode(measure),
})

/** Commitments as a list, and the same rows and totals as files. */
export function registerCommitmentPages(server: HttpServer, pages: Pages): void {
  server.get(
    '/commitments',
    { config, attachValidation: true, schema: { querystring: commitmentQuery } },
    (request, reply) =>
      pages.show(
        request,
        reply,
        async (viewing, screen) => {
          const { limit, cursor, ...filter } = request.query
          const after = cursorParts(cursor, [cursorForms.number])?.[0] ?? null
          const listed = await readCommitments(viewing, filterOf(filter), { limit, after })
          const { items, nextCursor } = pageOf(listed.rows, {
            limit,
            count: listed.count,
            total: listed.total,
            cursorOf: ({ number }: Commitment) => [number],
            itemOf: (commitment) => commitment,
          })
          const mayEnter = may(viewing.actor, 'commitment.enter')
          const asked = askedIn(request.url)
          return commitmentsPage({ ...listed, rows: items, nextCursor, mayEnter, asked }, screen)
        },
        async (_viewing, screen) => commitmentsAgain(askedIn(request.url), screen),
      ),
  )
  for (const ending of tableEndings) {
    server.get(
      `/commitments.${ending}`,
      { config, schema: { querystring: filterQuery.extend({ dialect: dialectField }) } },
      async (request, reply) => {
        const { dialect, ...filter } = request.query
        const language = languageOfPage(request)
        const file = await pages.look(request, async (viewing) => {
          const listed = await readAllCommitments(viewing, filterOf(filter))
          return {
            table: listedTable(listed.rows, listed),
            filters: filterLines(askedIn(request.url), filterWords, language),
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
