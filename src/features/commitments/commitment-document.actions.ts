import { listDocumentHistory } from '#features/audit/history.public.ts'
import { listEnvelopes } from '#features/funding/funding.public.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { may, reach } from '#features/identity/permission.ts'
import { listOrganizations } from '#features/organizations/organizations.public.ts'
import { listMeasures } from '#features/programmes/programmes.public.ts'
import type { CommitmentDocument } from './commitment-document.views.tsx'
import type { StatementGround } from './commitment-form.views.tsx'
import { readCommitment } from './commitment-list.actions.ts'
import { listMovements } from './movements.store.ts'
import { offeredSteps } from './offered.ts'

/** All that the page of one commitment shows, and what it offers this reader. */
export async function readCommitmentDocument(
  viewing: Viewing,
  id: string,
): Promise<CommitmentDocument> {
  const { actor, handle } = viewing
  const commitment = await readCommitment(viewing, id)
  const { organization } = commitment
  const reader = {
    email: actor.email,
    mayEnter: may(actor, 'commitment.enter', organization),
    mayDecide: may(actor, 'commitment.decide', organization),
  }
  return {
    commitment,
    reader,
    steps: offeredSteps(commitment, reader),
    movements: await listMovements(handle, id),
    history: await listDocumentHistory(handle, 'commitment', id),
  }
}

/** What the fields of a commitment offer. */
export async function readStatementGround({ actor, handle }: Viewing): Promise<StatementGround> {
  const reached = reach(actor, 'commitment.enter')
  const organizations = await listOrganizations(handle)
  return {
    organizations: organizations.map(({ code }) => code).filter((code) => reached.includes(code)),
    measures: await listMeasures(handle),
    envelopes: await listEnvelopes(handle),
  }
}
