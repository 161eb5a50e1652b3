import { z } from 'zod'
import type { Pages } from '#features/identity/pages.public.ts'
import { may } from '#features/identity/permission.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { glancesTable, timingTable } from './glances.table.ts'
import { readGlances, readTasks } from './home.actions.ts'
import { homePage } from './home.views.tsx'

const fileQuery = z.strictObject({ dialect: dialectField })
const tables = { overview: glancesTable, timing: timingTable } as const

/** What waits for the person and how the money stands, on the first page they see. */
export function registerHomePages(server: HttpServer, pages: Pages): void {
  server.get('/', { config: { act: 'session.own' } }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) => {
      const { actor } = viewing
      const tasks = await readTasks(viewing)
      const figures = may(actor, 'report.read') ? await readGlances(viewing) : null
      return homePage({ actor, tasks, figures }, screen)
    }),
  )
  for (const ending of tableEndings) {
    for (const name of ['overview', 'timing'] as const) {
      server.get(
        `/${name}.${ending}`,
        { config: { act: 'report.read' }, schema: { querystring: fileQuery } },
        async (request, reply) => {
          const { dialect } = request.query
          const file = await pages.look(request, async (viewing) => {
            const { glances, ...standing } = await readGlances(viewing)
            return { table: tables[name](glances), filters: [], standing, isSum: false }
          })
          return sendTable(reply, file, { ending, language: languageOfPage(request), dialect })
        },
      )
    }
  }
}
