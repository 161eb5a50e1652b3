import { z } from 'zod'
import { listFile } from '#features/identity/list-file.public.ts'
import type { Showing } from '#features/identity/page-forms.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { may } from '#features/identity/permission.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { nameBody, ofOrganization } from './organization-input.routes.ts'
import { readOrganization, readOrganizations, renameOrganization } from './organizations.actions.ts'
import { organizationsTable } from './organizations.table.ts'
import { organizationPage, organizationsPage } from './organizations.views.tsx'

const read = { act: 'plan.read' } as const
const manage = { act: 'organization.manage' } as const
const shownQuery = z.strictObject({ done: z.literal('renamed').optional() })

/** Organizations for everybody; administrators give them their name. */
export function registerOrganizationPages(server: HttpServer, pages: Pages): void {
  server.get('/organizations', { config: read }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) =>
      organizationsPage(await readOrganizations(viewing), screen),
    ),
  )
  for (const ending of tableEndings) {
    server.get(
      `/organizations.${ending}`,
      { config: read, schema: { querystring: z.strictObject({ dialect: dialectField }) } },
      async (request, reply) => {
        const { dialect } = request.query
        const file = await pages.look(request, async (viewing) =>
          listFile(viewing, organizationsTable(await readOrganizations(viewing))),
        )
        return sendTable(reply, file, { ending, language: languageOfPage(request), dialect })
      },
    )
  }
  registerOne(server, pages)
}

const one =
  (code: string, isRenamed: boolean): Showing =>
  async (viewing, screen) => {
    const organization = await readOrganization(viewing, code)
    const mayRename = may(viewing.actor, 'organization.manage')
    return organizationPage({ organization, mayRename, isRenamed }, screen)
  }

function registerOne(server: HttpServer, pages: Pages): void {
  server.get(
    '/organizations/:code',
    { config: read, schema: { params: ofOrganization, querystring: shownQuery } },
    (request, reply) =>
      pages.show(request, reply, one(request.params.code, request.query.done !== undefined)),
  )
  server.post(
    '/organizations/:code',
    { config: manage, schema: { params: ofOrganization } },
    (request, reply) =>
      pages.act(request, reply, {
        fields: nameBody,
        run: async (context, sent) => {
          const { code } = request.params
          const seen = {
            code,
            get version() {
              return sent.version
            },
          }
          await renameOrganization(context, seen, sent.fields.name)
          return `/organizations/${encodeURIComponent(code)}?done=renamed`
        },
        again: one(request.params.code, false),
      }),
  )
}
