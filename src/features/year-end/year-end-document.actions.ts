import { listDocumentHistory } from '#features/audit/history.public.ts'
import { listEnvelopes } from '#features/funding/funding.public.ts'
import { offeredSteps } from '#features/funding/proposal-offered.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import { listProgrammes } from '#features/programmes/programmes.public.ts'
import { listKeptFiles } from './kept-files.store.ts'
import { everyYearEnd, readYearEnd } from './year-end.actions.ts'
import type { YearEnd } from './year-end.ts'
import type { YearEndDocument } from './year-end.views.tsx'
import type { ClosingGround } from './year-end-preview.views.tsx'
import type { YearEndFilter } from './year-ends.store.ts'

/** All that the page of one year-end shows, and what it offers this reader. */
export async function readYearEndDocument(viewing: Viewing, id: string): Promise<YearEndDocument> {
  const { actor, handle } = viewing
  const yearEnd = await readYearEnd(viewing, id)
  const reader = {
    email: actor.email,
    mayPrepare: may(actor, 'proposal.prepare', yearEnd.organization),
    mayDecide: may(actor, 'proposal.decide', yearEnd.organization),
  }
  return {
    yearEnd,
    reader,
    steps: offeredSteps(yearEnd, reader),
    kept: await listKeptFiles(handle, id),
    history: await listDocumentHistory(handle, 'year-end', id),
  }
}

/** Programmes whose years the reader may preview, and their envelopes. */
export async function readClosingGround({ actor, handle }: Viewing): Promise<ClosingGround> {
  const programmes = (await listProgrammes(handle)).filter(({ organization }) =>
    may(actor, 'proposal.read', organization),
  )
  const codes = programmes.map(({ code }) => code)
  return {
    programmes,
    envelopes: (await listEnvelopes(handle)).filter(({ programme }) => codes.includes(programme)),
  }
}

export async function readAllYearEnds(
  viewing: Viewing,
  filter: YearEndFilter,
): Promise<readonly YearEnd[]> {
  const all: YearEnd[] = []
  for await (const page of everyYearEnd(viewing, filter)) {
    all.push(...page)
  }
  return all
}
