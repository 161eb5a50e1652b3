import type { Viewing } from '#features/identity/context.public.ts'
import { reach } from '#features/identity/permission.ts'
import type { Revision } from './revision.ts'
import { listRevisions } from './revisions.store.ts'

export { countRevisions } from './revisions.store.ts'

const most = 500

/** Approved changes of an envelope's money, those that the reader may open; the lines of others apart. */
export async function listStepsOf(
  { actor, handle }: Viewing,
  envelope: string,
): Promise<readonly Revision[]> {
  const organizations = reach(actor, 'proposal.read')
  if (organizations.length === 0) {
    return []
  }
  const filter = { envelope, state: 'approved' } as const
  const found = await listRevisions(handle, organizations, filter, { limit: most, after: null })
  return found.map((revision) => ({
    ...revision,
    lines: revision.lines.filter((line) => line.envelope === envelope),
  }))
}
