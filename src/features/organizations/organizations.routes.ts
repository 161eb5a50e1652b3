import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import { authorize } from '#features/identity/context.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField } from '#platform/http/input.ts'
import { slicePage } from '#platform/http/lists.ts'
import { listOrganizations } from './organizations.store.ts'

const listQuery = z.strictObject({ limit: limitField, cursor: cursorField })

export function registerOrganizations(server: HttpServer, calls: Calls): void {
  server.get('/organizations', { schema: { tags: ['plan'], querystring: listQuery } }, (request) =>
    calls.look(request, async (viewing) => {
      authorize(viewing, 'plan.read')
      const organizations = await listOrganizations(viewing.handle, Number.MAX_SAFE_INTEGER)
      return slicePage(organizations, request.query, {
        codeOf: ({ code }) => code,
        itemOf: (organization) => organization,
      })
    }),
  )
}
