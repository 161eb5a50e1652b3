import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readStanding } from '#features/audit/audit.public.ts'
import type { Showing } from '#features/identity/page-forms.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { may, reach } from '#features/identity/permission.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { mappingBody } from './extract-input.routes.ts'
import { mappingPage } from './mapping.views.tsx'
import { changeMapping, readMapping, readMappings } from './mappings.actions.ts'
import { mappingsTable } from './mappings.table.ts'
import { mappingsPage } from './mappings.views.tsx'

const read = { act: 'extract.read' } as const
const load = { act: 'extract.load' } as const

/** Of a system that has a mapping; neither: a new one. */
const ofMapping = z.strictObject({
  organization: z.string().max(60).optional(),
  system: z.string().max(60).optional(),
})
const mappingForm = mappingBody.omit({ version: true })

/** Which columns of an accounting system say what: listed, added and changed. */
export function registerMappingPages(server: HttpServer, pages: Pages): void {
  registerList(server, pages)
  registerOne(server, pages)
}

function registerList(server: HttpServer, pages: Pages): void {
  server.get(
    '/extracts/mappings',
    {
      config: read,
      schema: { querystring: z.strictObject({ done: z.literal('saved').optional() }) },
    },
    (request, reply) =>
      pages.show(request, reply, async (viewing, screen) => {
        const mappings = await readMappings(viewing)
        const mayChange = may(viewing.actor, 'extract.load')
        const isSaved = request.query.done !== undefined
        return mappingsPage({ mappings, mayChange, isSaved }, screen)
      }),
  )
  for (const ending of tableEndings) {
    server.get(
      `/extracts/mappings.${ending}`,
      { config: read, schema: { querystring: z.strictObject({ dialect: dialectField }) } },
      async (request, reply) => {
        const { dialect } = request.query
        const file = await pages.look(request, async (viewing) => ({
          ...{ table: mappingsTable(await readMappings(viewing)), filters: [], isSum: false },
          standing: await readStanding(viewing.handle, null),
        }))
        return sendTable(reply, file, { ending, language: languageOfPage(request), dialect })
      },
    )
  }
}

type OfMapping = FastifyRequest<{ Querystring: z.infer<typeof ofMapping> }>

const shown =
  ({ query: { organization, system } }: Pick<OfMapping, 'query'>): Showing =>
  async (viewing, screen) => {
    const isNew = organization === undefined || system === undefined
    const mapping = isNew ? null : await readMapping(viewing, organization, system)
    return mappingPage({ mapping, organizations: reach(viewing.actor, 'extract.load') }, screen)
  }

function registerOne(server: HttpServer, pages: Pages): void {
  const options = { config: load, schema: { querystring: ofMapping } } as const
  server.get('/extracts/mapping', options, (request, reply) =>
    pages.show(request, reply, shown(request)),
  )
  server.post('/extracts/mapping', options, (request, reply) =>
    pages.act(request, reply, {
      fields: mappingForm,
      run: async (context, sent) => {
        const isNew = request.query.system === undefined
        await changeMapping(context, {
          ...sent.fields,
          get version() {
            return isNew ? 0 : sent.version
          },
        })
        return '/extracts/mappings?done=saved'
      },
      again: shown(request),
    }),
  )
}
