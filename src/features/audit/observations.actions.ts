import { authorize, type Context, record, type Viewing } from '#features/identity/context.public.ts'
import { everyPage } from '#platform/db/every-page.ts'
import type { Observation } from './observation.ts'
import { countObservations, insertObservation, listObservations } from './observations.store.ts'

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

type Listed = Observation & { readonly place: string }

/** One more than asked, where there are more. */
export async function readObservations(
  viewing: Viewing,
  filter: { readonly subject?: string | undefined },
  page: { readonly after: string | null; readonly limit: number },
): Promise<{ readonly observations: readonly Listed[]; readonly count: number }> {
  authorize(viewing, 'observation.read')
  const { handle } = viewing
  return {
    observations: await listObservations(handle, filter, page),
    count: await countObservations(handle, filter),
  }
}

/** All of them, page by page, for a file. */
export function everyObservation(
  viewing: Viewing,
  filter: { readonly subject?: string | undefined },
): AsyncGenerator<readonly Listed[]> {
  authorize(viewing, 'observation.read')
  return everyPage(
    ({ limit, after }) =>
      listObservations(viewing.handle, filter, { limit, after: after?.[0] ?? null }),
    ({ place }) => [place],
  )
}
