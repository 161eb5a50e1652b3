import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Canonical } from '#core/canonical.ts'
import type { Calls } from '#features/identity/calls.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import { textField } from '#platform/http/input.ts'
import { requireIfMatch } from '#platform/http/versions.ts'
import type { Proposal } from './proposal.ts'
import type { Seen } from './proposal-steps.actions.ts'

/** What the routes of envelopes, relations and revisions share. */
export const codeField = textField(60)
export const reasonBody = z.strictObject({ reason: textField(2000) })

export const optional = <T extends z.ZodType>(field: T) =>
  field.nullish().transform((value) => value ?? null)

/** The version is read only when the action asks for it, after it has found the actor allowed. */
export const seenBy = (request: FastifyRequest, key: string): Seen => ({
  key,
  get version() {
    return requireIfMatch(request.headers)
  },
})

/** A step that answers with the document, as it now is. */
export const step =
  <P extends Proposal>(calls: Calls, bodyOf: (proposal: P) => Canonical) =>
  (
    request: FastifyRequest,
    reply: FastifyReply,
    run: (context: Context) => Promise<P>,
    status: 200 | 201 = 200,
  ): Promise<FastifyReply> =>
    calls.act(request, reply, async (context) => {
      const proposal = await run(context)
      return { status, version: proposal.version, body: bodyOf(proposal) }
    })
