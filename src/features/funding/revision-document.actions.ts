import { Problem } from '#core/problem.ts'
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

const listedLinesMax = 10_000

/**
 * For a file of a page, a row a line.
 * @throws Problem `funding/too-many-lines` for more lines than it holds
 */
export async function readAllRevisions(
  viewing: Viewing,
  filter: RevisionFilter,
  linesMax = listedLinesMax,
): Promise<readonly Revision[]> {
  const all: Revision[] = []
  let lines = 0
  for await (const page of everyRevision(viewing, filter)) {
    all.push(...page)
    lines += page.reduce((sum, revision) => sum + revision.lines.length, 0)
    if (lines > linesMax) {
      throw tooMany(linesMax)
    }
  }
  return all
}

const tooMany = (max: number): Problem =>
  new Problem('refused', 'funding/too-many-lines', {
    fr: `Plus de ${max} lignes de révision : resserrez les filtres, ou prenez la liste entière par l’API (/revisions.csv).`,
    en: `More than ${max} lines of revisions: narrow the filters, or take the whole list over the API (/revisions.csv).`,
  })
