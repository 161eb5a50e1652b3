import type { Pages } from '#features/identity/pages.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { homePage } from './home.views.tsx'

/** What the person may do, on the first page they see. */
export function registerHomePages(server: HttpServer, pages: Pages): void {
  server.get('/', { config: { act: 'session.own' } }, (request, reply) =>
    pages.show(request, reply, async ({ actor }, screen) => homePage(actor, screen)),
  )
}
