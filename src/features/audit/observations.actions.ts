import { authorize, type Context, record, type Viewing } from '#features/identity/context.public.ts'
import { everyPage } from '#platform/db/every-page.ts'
import type { Observation } from './observation.ts'
import { insertObservation, listObservations } from './observations.store.ts'

export interface Observed {
  readonly subject: string
  readonly text: string
}

export interface WrittenObservation extends Observed {
  readonly id: string
  readonly writtenBy: string
  readonly position: number
}

export async function writeObservation(
  context: Context,
  { subject, text }: Observed,
): Promise<WrittenObservation> {
  authorize(context, 'observation.write')
  const { work, event, actor } = context
  const writtenBy = actor.email
  const id = await insertObservation(work, { event, subject, text, writtenBy })
  const position = await record(context, {
    type: 'observation.written',
    subject: `observation/${id}`,
    before: null,
    after: { id, subject, text, writtenBy },
  })
  return { id, subject, text, writtenBy, position }
}

/** All of them, page by page, for a file. */
export function everyObservation(
  viewing: Viewing,
  filter: { readonly subject?: string | undefined },
): AsyncGenerator<readonly (Observation & { readonly place: string })[]> {
  authorize(viewing, 'observation.read')
  return everyPage(
    ({ limit, after }) =>
      listObservations(viewing.handle, filter, { limit, after: after?.[0] ?? null }),
    ({ place }) => [place],
  )
}
