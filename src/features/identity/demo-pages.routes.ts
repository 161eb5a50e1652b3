import { z } from 'zod'
import { type Fields, readFields, splitControl } from '#platform/http/form-fields.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { pagePath, seeOther, sendPage } from '#platform/http/page-answer.ts'
import type { Service } from '#platform/service.ts'
import { roles } from './actor.ts'
import { demoPage } from './demo.views.tsx'
import { screenOf } from './pages.public.ts'
import type { Act } from './permission.ts'
import { cookieOf, deskOf, requireKeepingOrigin } from './session.public.ts'
import { cookieOptions, sessionCookie } from './session.ts'
import { openVisit } from './visit.actions.ts'
import { roleOfVisitor } from './visitor.ts'

interface DemoPages {
  readonly service: Service
  /** The act of each page that is there, by its path. */
  readonly acts: ReadonlyMap<string, Act>
}

const config = { act: 'session.open' } as const
const demoForm = z.strictObject({ role: z.enum(roles) })

/** Doors without a lock: registered by `vigie demo` and by nothing else. */
export function registerDemoPages(server: HttpServer, { service, acts }: DemoPages): void {
  server.get('/demo', { config }, (request, reply) => {
    const role = request.actor === null ? null : roleOfVisitor(request.actor)
    const facts = { role, isThere: (path: string) => acts.has(path) }
    return sendPage(request, reply, demoPage(facts, screenOf(request, {})))
  })
  server.post('/demo', { config }, async (request, reply) => {
    requireKeepingOrigin(request.headers)
    const { fields } = splitControl((request.body ?? {}) as Fields)
    const { role } = readFields(demoForm, fields)
    const desk = deskOf(service, request)
    const { session } = await openVisit(desk, role, cookieOf(request))
    reply.setCookie(sessionCookie, session, cookieOptions)
    return seeOther(reply, pagePath(request, '/demo'))
  })
}
