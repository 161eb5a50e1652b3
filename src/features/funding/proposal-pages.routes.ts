import type { z } from 'zod'
import type { Context, Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import type { FieldsSchema } from '#platform/http/form-fields.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import type { Page, Screen } from '#platform/http/page-answer.ts'
import type { ProposalStep } from './proposal-offered.ts'
import type { Seen } from './proposal-steps.actions.ts'

/** How the pages of one kind of proposal are reached. */
export interface ProposalSite {
  readonly server: HttpServer
  readonly pages: Pages
  /** Where its pages are, with a parameter for its key: `/revisions/:id`. */
  readonly path: string
  readonly params: z.ZodType<{ readonly key: string }>
  readonly addressOf: (key: string) => string
  readonly show: (
    viewing: Viewing,
    screen: Screen,
    at: { readonly key: string; readonly step: ProposalStep },
  ) => Promise<Page>
}

/** @param run answers where to go next; the document, when it answers no address */
export function registerProposalStep<Output>(
  { server, pages, path, params, addressOf, show }: ProposalSite,
  step: ProposalStep,
  fields: FieldsSchema<Output>,
  run: (context: Context, seen: Seen, fields: Output) => Promise<unknown>,
): void {
  const isOfficers = ['edit', 'submit', 'delete'].includes(step)
  const act = isOfficers ? ('proposal.prepare' as const) : ('proposal.decide' as const)
  const options = { config: { act }, schema: { params } }
  server.get(`${path}/${step}`, options, (request, reply) =>
    pages.show(request, reply, (viewing, screen) =>
      show(viewing, screen, { key: request.params.key, step }),
    ),
  )
  server.post(`${path}/${step}`, options, (request, reply) =>
    pages.act(request, reply, {
      fields,
      run: async (context, sent) => {
        const { key } = request.params
        // Allowed comes before stale.
        const seen = {
          key,
          get version() {
            return sent.version
          },
        }
        const done = await run(context, seen, sent.fields)
        return typeof done === 'string' ? done : addressOf(key)
      },
      again: (viewing, screen) => show(viewing, screen, { key: request.params.key, step }),
    }),
  )
}
