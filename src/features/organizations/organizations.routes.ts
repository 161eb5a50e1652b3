import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import { answerListFile, wholeList } from '#features/identity/list-files.public.ts'
import { described } from '#platform/http/answers.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField } from '#platform/http/input.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { pageSchema, slicePage } from '#platform/http/lists.ts'
import { requireIfMatch } from '#platform/http/versions.ts'
import type { NamedOrganization } from './organization.ts'
import { nameBody, ofOrganization } from './organization-input.routes.ts'
import { organizationRecords } from './organization-records.table.ts'
import { readOrganizations, renameOrganization } from './organizations.actions.ts'

const tags = ['plan']
const listQuery = z.strictObject({ limit: limitField, cursor: cursorField })
const organizationSchema = z
  .object({
    code: z.string(),
    name: z.object({ fr: z.string(), en: z.string() }),
    nameKnown: z.boolean(),
    jurisdiction: z.enum(['QC', 'CA']).nullable(),
    kind: z.string(),
    version: z.int().meta({ description: 'Of the name; named by If-Match.' }),
  })
  .meta({ id: 'Organization' })

export function registerOrganizations(server: HttpServer, calls: Calls): void {
  server.get(
    '/organizations',
    {
      config: { act: 'plan.read' },
      schema: {
        tags,
        querystring: listQuery,
        response: described({ 200: pageSchema(organizationSchema) }),
      },
    },
    (request) =>
      calls.look(request, async (viewing) =>
        slicePage(await readOrganizations(viewing), request.query, {
          codeOf: ({ code }) => code,
          itemOf: organizationJson,
        }),
      ),
  )
  server.get(
    '/organizations.csv',
    {
      config: { act: 'plan.read' },
      handlerTimeout: fileMillisMax,
      schema: { tags, querystring: z.strictObject(fileFields) },
    },
    (request, reply) =>
      answerListFile(calls, [request, reply], organizationRecords, (viewing) =>
        wholeList(readOrganizations(viewing)),
      ),
  )
  server.patch(
    '/organizations/:code',
    {
      config: { act: 'organization.manage' },
      schema: {
        tags,
        params: ofOrganization,
        body: nameBody,
        response: described({ 200: organizationSchema }),
      },
    },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        const seen = {
          code: request.params.code,
          get version() {
            return requireIfMatch(request.headers)
          },
        }
        const renamed = await renameOrganization(context, seen, request.body.name)
        return { status: 200, version: renamed.version, body: organizationJson(renamed) }
      }),
  )
}

const organizationJson = (organization: NamedOrganization) => {
  const { code, name, nameKnown, jurisdiction, kind, version } = organization
  return { code, name: { fr: name.fr, en: name.en }, nameKnown, jurisdiction, kind, version }
}
