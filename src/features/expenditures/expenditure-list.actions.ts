import type { Money } from '#core/money.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { may, reach } from '#features/identity/permission.ts'
import { expenditureNotFound } from './cell.public.ts'
import type { Expenditure } from './expenditure.ts'
import { countExpenditures, listExpenditures } from './expenditure-list.store.ts'
import { findExpenditure } from './expenditures.store.ts'
import type { ExpenditureFilter, PageAsked } from './filter.ts'

export interface ListedExpenditures {
  /** One more than asked when another page follows. */
  readonly rows: readonly Expenditure[]
  readonly count: number
  readonly total: Money
}

export async function readExpenditures(
  viewing: Viewing,
  filter: ExpenditureFilter,
  page: PageAsked,
): Promise<ListedExpenditures> {
  authorize(viewing, 'expenditure.read')
  const organizations = reach(viewing.actor, 'expenditure.read')
  const rows = await listExpenditures(viewing.handle, organizations, filter, page)
  return { rows, ...(await countExpenditures(viewing.handle, organizations, filter)) }
}

export async function readExpenditure(viewing: Viewing, id: string): Promise<Expenditure> {
  const expenditure = await findExpenditure(viewing.handle, id)
  if (expenditure === null || !may(viewing.actor, 'expenditure.read', expenditure.organization)) {
    throw expenditureNotFound()
  }
  return expenditure
}
