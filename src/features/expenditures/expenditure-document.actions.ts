import { findCommitment, listCommitmentsNamed } from '#features/commitments/commitments.public.ts'
import { requireUsable } from '#features/commitments/usable.ts'
import type { Context, Viewing } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import type { ExpenditureStatement } from './expenditure.ts'
import type { DocumentFacts } from './expenditure-document.views.tsx'
import { listHistory } from './expenditure-history.store.ts'
import { readExpenditure } from './expenditure-list.actions.ts'
import { offeredSteps } from './offered.ts'

/** All that the page of one document shows, and what it offers this reader. */
export async function readDocument(viewing: Viewing, id: string): Promise<DocumentFacts> {
  const { actor, handle } = viewing
  const expenditure = await readExpenditure(viewing, id)
  const { organization } = expenditure
  const reader = {
    email: actor.email,
    mayEnter: may(actor, 'expenditure.enter', organization),
    mayDecide: may(actor, 'expenditure.decide', organization),
  }
  const commitment =
    expenditure.commitment === null ? null : await findCommitment(handle, expenditure.commitment)
  return {
    expenditure,
    reader,
    steps: offeredSteps(expenditure, reader),
    commitment: commitment?.number ?? null,
    history: await listHistory(handle, id),
  }
}

/** A form takes the commitment by the number that people see. @throws Problem `commitments/unknown` */
export async function withCommitment(
  { work }: Context,
  stated: ExpenditureStatement,
): Promise<ExpenditureStatement> {
  if (stated.commitment === null) {
    return stated
  }
  const name = stated.commitment.toUpperCase()
  const found = (await listCommitmentsNamed(work, [name])).get(name)
  const { organization, envelope } = found ?? stated
  return { ...stated, commitment: requireUsable(found, { organization, envelope }).id }
}
