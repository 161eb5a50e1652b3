import type { FastifyRequest } from 'fastify'
import { nestFields } from '#platform/http/forms.ts'
import type { Frame } from '#platform/http/page-answer.ts'
import { readTypedFields } from '#platform/http/uploads.ts'
import type { Service } from '#platform/service.ts'
import { actOf, callOf } from './calls.public.ts'
import { authorize } from './context.public.ts'
import { navigationOf } from './navigation.ts'
import { sessionOf } from './page-forms.public.ts'
import { type Act, isOpenToAnybody } from './permission.ts'
import {
  findSignedIn,
  isChange,
  requireCsrf,
  requireOwnOrigin,
  type SignedIn,
  sessionRefused,
} from './session.public.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A form of passwords: without a session it is not read, and no page shows it again. */
    takesSecret?: boolean
  }
}

/**
 * Who may open a page, asked before anything is read or done. A form sent without a session is read
 * to its end all the same: what somebody typed is kept for when they have signed in again.
 */
export interface PageGuard {
  readonly authenticate: (request: FastifyRequest) => Promise<void>
  /** Once the body is there. @throws Problem `identity/session-refused`, `identity/csrf-refused` */
  readonly confirm: (request: FastifyRequest) => Promise<void>
}

/** @param pages the act of each page, by its path without the language */
export function makePageGuard(
  service: Service,
  secret: string,
  pages: ReadonlyMap<string, Act>,
): PageGuard {
  return {
    async authenticate(request) {
      const found = await findSignedIn(service.handle, request, secret)
      if (found !== null) {
        request.actor = found.actor
        request.session = found.session
        request.frame = frameOf(found, pages)
      }
      if (request.is404) {
        return
      }
      const act = actOf(request.routeOptions)
      if (isChange(request.method)) {
        requireOwnOrigin(request.headers)
      }
      if (isOpenToAnybody(act)) {
        return
      }
      if (found !== null) {
        authorize(callOf(request), act)
      } else if (!isChange(request.method) || request.routeOptions.config.takesSecret === true) {
        throw sessionRefused()
      }
    },
    async confirm(request) {
      const isOpen = request.is404 || isOpenToAnybody(actOf(request.routeOptions))
      if (isOpen || !isChange(request.method)) {
        return
      }
      if (request.routeOptions.config.takesFile === true) {
        await keepWhatWasTyped(request)
        sessionOf(request)
        return
      }
      const { csrf } = Object(request.body) as { csrf?: unknown }
      requireCsrf(csrf, sessionOf(request))
    },
  }
}

const frameOf = ({ actor, name, session }: SignedIn, pages: ReadonlyMap<string, Act>): Frame => ({
  navigation: navigationOf(actor, pages),
  person: name,
  csrf: session.csrfToken,
})

/** Whoever is signed in reads the form themselves, with its file. */
async function keepWhatWasTyped(request: FastifyRequest): Promise<void> {
  if (request.session === null && request.isMultipart()) {
    request.body = nestFields(await readTypedFields(request))
  }
}
