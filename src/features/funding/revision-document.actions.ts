import type { Viewing } from '#features/identity/context.public.ts'
import { listMeasures } from '#features/programmes/programmes.public.ts'
import { listEnvelopes } from './funding.store.ts'
import { readBeside } from './proposal-document.actions.ts'
import type { Revision } from './revision.ts'
import type { RevisionDocument } from './revision.views.tsx'
import type { RevisionGround } from './revision-form.views.tsx'
import { everyRevision, readRevision, revisions } from './revisions.actions.ts'
import type { RevisionFilter } from './revisions.store.ts'

/** All that the page of one revision shows, and what it offers this reader. */
export async function readRevisionDocument(
  viewing: Viewing,
  id: string,
): Promise<RevisionDocument> {
  const revision = await readRevision(viewing, id)
  return { revision, ...(await readBeside(viewing, revisions, revision)) }
}

/** What the fields of a revision offer. */
export const readRevisionGround = async ({ handle }: Viewing): Promise<RevisionGround> => ({
  envelopes: await listEnvelopes(handle),
  measures: await listMeasures(handle),
})

export async function readAllRevisions(
  viewing: Viewing,
  filter: RevisionFilter,
): Promise<readonly Revision[]> {
  const all: Revision[] = []
  for await (const page of everyRevision(viewing, filter)) {
    all.push(...page)
  }
  return all
}
