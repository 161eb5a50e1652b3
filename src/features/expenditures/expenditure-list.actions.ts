import type { Money } from '#core/money.ts'
import { limitMax } from '#core/page.ts'
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

export const listedMax = 10_000

/**
 * Every page, in one snapshot: a list that is cut would show a total that is not the list's.
 * @throws Problem `expenditures/too-many` for more than `max`
 */
export async function readAllExpenditures(
  viewing: Viewing,
  filter: ExpenditureFilter,
  max = Number.POSITIVE_INFINITY,
): Promise<ListedExpenditures> {
  const all: Expenditure[] = []
  while (true) {
    const last = all.at(-1)
    const after = last === undefined ? null : [last.serviceDate, last.id]
    const listed = await readExpenditures(viewing, filter, { limit: limitMax, after })
    if (listed.count > max) {
      throw tooMany(max)
    }
    all.push(...listed.rows.slice(0, limitMax))
    if (listed.rows.length <= limitMax) {
      return { ...listed, rows: all }
    }
  }
}

const tooMany = (max: number): Problem =>
  new Problem('refused', 'expenditures/too-many', {
    fr: `Plus de ${max} dépenses : resserrez les filtres, ou prenez la liste au terminal (vigie expenditures list).`,
    en: `More than ${max} expenditures: narrow the filters, or take the list at the terminal (vigie expenditures list).`,
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
