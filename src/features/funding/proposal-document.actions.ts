import { listDocumentHistory } from '#features/audit/history.public.ts'
import type { HistoryLine } from '#features/audit/history.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import type { Proposal } from './proposal.ts'
import { offeredSteps, type ProposalStep, type Reader } from './proposal-offered.ts'
import type { ProposalKind } from './proposal-steps.actions.ts'

/** What the page of a proposal shows beside it, and what it offers this reader. */
export interface Beside {
  readonly reader: Reader
  readonly steps: readonly ProposalStep[]
  readonly history: readonly HistoryLine[]
}

export async function readBeside<P extends Proposal>(
  { actor, handle }: Viewing,
  kind: ProposalKind<P>,
  proposal: P,
): Promise<Beside> {
  const reader = {
    email: actor.email,
    mayPrepare: may(actor, 'proposal.prepare', proposal.organization),
    mayDecide: may(actor, 'proposal.decide', proposal.organization),
  }
  return {
    reader,
    steps: offeredSteps(proposal, reader),
    history: await listDocumentHistory(handle, kind.type, kind.keyOf(proposal)),
  }
}
