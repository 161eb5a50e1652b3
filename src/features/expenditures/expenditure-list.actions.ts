import type { Money } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { may, reach } from '#features/identity/permission.ts'
import { everyPage } from '#platform/db/every-page.ts'
import { expenditureNotFound } from './cell.public.ts'
import type { Expenditure } from './expenditure.ts'
import { countExpenditures, listExpenditures } from './expenditure-list.store.ts'
import { findExpenditure } from './expenditures.store.ts'
import type { ExpenditureFilter, PageAsked } from './filter.ts'

export interface ListedExpenditures {
  /** One more than asked when another page follows. */
  readonly rows: readonly Expenditure[]
  readonly count: number
  /** Net of reversals and refunds. */
  readonly total: Money
  readonly gross: Money
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

/** What the whole list of a question adds up to. */
export async function readListTotals(
  viewing: Viewing,
  filter: ExpenditureFilter,
): Promise<Omit<ListedExpenditures, 'rows'>> {
  authorize(viewing, 'expenditure.read')
  return countExpenditures(viewing.handle, reach(viewing.actor, 'expenditure.read'), filter)
}

export const listedMax = 10_000

/**
 * Every page, in one snapshot: a list that is cut would show a total that is not the list's.
 * @throws Problem `expenditures/too-many` for more than `max`
 */
export async function readAllExpenditures(
  viewing: Viewing,
  filter: ExpenditureFilter,
  max: number,
): Promise<ListedExpenditures> {
  const totals = await readListTotals(viewing, filter)
  if (totals.count > max) {
    throw tooMany(max)
  }
  const rows: Expenditure[] = []
  for await (const lot of everyExpenditure(viewing, filter)) {
    rows.push(...lot)
  }
  return { ...totals, rows }
}

const tooMany = (max: number): Problem =>
  new Problem('refused', 'expenditures/too-many', {
    fr: `Plus de ${max} dépenses : resserrez les filtres, ou prenez la liste en CSV, qui les a toutes.`,
    en: `More than ${max} expenditures: narrow the filters, or take the list as CSV, which has them all.`,
  })

export async function readExpenditure(viewing: Viewing, id: string): Promise<Expenditure> {
  const expenditure = await findReadable(viewing, id)
  if (expenditure === null) {
    throw expenditureNotFound()
  }
  return expenditure
}

/** Null for what there is not, or the reader may not see. */
export async function findReadable({ actor, handle }: Viewing, id: string) {
  const found = await findExpenditure(handle, id)
  return found !== null && may(actor, 'expenditure.read', found.organization) ? found : null
}

/** All of them, page by page: for a file, and for the terminal. */
export function everyExpenditure(
  viewing: Viewing,
  filter: ExpenditureFilter,
): AsyncGenerator<readonly Expenditure[]> {
  authorize(viewing, 'expenditure.read')
  const organizations = reach(viewing.actor, 'expenditure.read')
  return everyPage(
    (page) => listExpenditures(viewing.handle, organizations, filter, page),
    ({ serviceDate, id }) => [serviceDate, id],
  )
}
