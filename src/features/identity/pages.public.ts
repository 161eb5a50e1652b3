import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '#core/problem.ts'
import type { Fields } from '#platform/http/form-fields.ts'
import { flatten } from '#platform/http/forms.ts'
import { addressOf } from '#platform/http/page-address.ts'
import {
  languageOfPage,
  type Page,
  pagePath,
  type Screen,
  seeOther,
  sendPage,
} from '#platform/http/page-answer.ts'
import { type ProblemSources, problemOf } from '#platform/http/problems.ts'
import type { Service } from '#platform/service.ts'
import { callOf } from './calls.public.ts'
import { type Viewing, view } from './context.public.ts'
import {
  type FormAction,
  performForm,
  prepared,
  receive,
  type Showing,
} from './page-forms.public.ts'

/** How pages reach use cases: one snapshot to show something, one transaction to do something. */
export interface Pages {
  /**
   * @param again with it a refusal shows this page instead of an error page: the form that asked,
   * with what was typed and what is wrong on its screen
   */
  readonly show: (
    request: FastifyRequest,
    reply: FastifyReply,
    reading: Showing,
    again?: Showing,
  ) => Promise<FastifyReply>
  /** Done once, however often the form is sent; then the browser goes on to another page. */
  readonly act: <Output, Ready = null>(
    request: FastifyRequest,
    reply: FastifyReply,
    form: FormAction<Output, Ready>,
  ) => Promise<FastifyReply>
  /** For what is no page: a file. */
  readonly look: <T>(
    request: FastifyRequest,
    reading: (viewing: Viewing) => Promise<T>,
  ) => Promise<T>
}

export function makePages(service: Service, sources: ProblemSources): Pages {
  const read = (request: FastifyRequest, showing: Showing, screen: Screen): Promise<Page> =>
    view(service, callOf(request), (viewing) => showing(viewing, screen))
  const showAgain = async (
    { request, reply, fields }: Asked,
    again: Showing,
    error: unknown,
  ): Promise<FastifyReply> => {
    const problem = problemOf(error, sources)
    if (problem === null || !comesBack(problem)) {
      throw error
    }
    const page = await read(request, again, screenOf(request, fields, problem))
    return sendPage(request, reply, page, problem.status)
  }
  return {
    async show(request, reply, reading, again) {
      const fields = askedBy(request)
      try {
        if (request.validationError !== undefined) {
          throw request.validationError
        }
        return sendPage(request, reply, await read(request, reading, screenOf(request, fields)))
      } catch (error) {
        if (again === undefined) {
          throw error
        }
        return showAgain({ request, reply, fields }, again, error)
      }
    },
    async act(request, reply, form) {
      let fields: Fields = {}
      try {
        const received = await receive(request)
        fields = received.fields
        const reading = prepared(form, received)
        // A refusal waits for the action: a form sent again is answered as it was the first time.
        await Promise.allSettled([reading])
        const went = await performForm(service, request, { form, received, reading })
        if (typeof went === 'string') {
          return form.told === undefined
            ? seeOther(reply, pagePath(request, went))
            : sendPage(request, reply, await read(request, form.told, screenOf(request, {})))
        }
        fields = went.fields
        throw new Problem('refused', went.code, went.sentence, { issues: went.issues })
      } catch (error) {
        return showAgain({ request, reply, fields }, form.again, asForm(error))
      }
    },
    look: (request, reading) => view(service, callOf(request), reading),
  }
}

interface Asked {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly fields: Fields
}

export function screenOf(
  request: FastifyRequest,
  fields: Fields,
  problem: Problem | null = null,
): Screen {
  return {
    language: languageOfPage(request),
    address: addressOf(request.url),
    navigation: request.frame?.navigation ?? [],
    form: {
      csrf: request.session?.csrfToken ?? null,
      key: randomUUID(),
      typed: flatten(fields),
      problem,
    },
  }
}

/** As the address says it: a schema makes other values of it than what was typed. */
function askedBy({ url }: FastifyRequest): Fields {
  const query = new URLSearchParams(url.split('?')[1])
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const [first = '', ...others] = query.getAll(name)
      return [name, others.length === 0 ? first : [first, ...others]]
    }),
  )
}

/** What the person can mend on the same page; the others are no fault of the form. */
const comesBack = ({ kind }: Problem): boolean =>
  !['signed-out', 'forbidden', 'not-found', 'too-many', 'unavailable'].includes(kind)

/** Said of a key to programs; a person went back to a form that was done and typed something else. */
const asForm = (error: unknown): unknown =>
  error instanceof Problem && error.code === 'http/key-reused'
    ? new Problem('conflict', 'identity/form-done', {
        fr: 'Ce formulaire a déjà été envoyé et enregistré avec un autre contenu. Si ceci est autre chose, envoyez-le de nouveau.',
        en: 'This form was already sent and saved with other contents. If this is something else, send it again.',
      })
    : error
