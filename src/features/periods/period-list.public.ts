import type { FiscalYear } from '#core/fiscal-year.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { isToClose } from './closing.ts'
import {
  type AskedState,
  keptKey,
  type ListedPeriod,
  shownYears,
  yearOfPeriods,
} from './period-state.ts'
import { listKeptPeriods, listRecordingOrganizations } from './periods.store.ts'

export interface PeriodFilter {
  readonly organization?: string | undefined
  readonly fiscalYear?: FiscalYear | undefined
  readonly state?: AskedState | undefined
}

/**
 * All thirteen periods of each fiscal year, used or not. Unless asked, the organizations that record
 * and the years of their plans to the one that contains today.
 */
export async function readPeriods(
  viewing: Viewing,
  { organization, fiscalYear, state }: PeriodFilter,
): Promise<readonly ListedPeriod[]> {
  authorize(viewing, 'period.read')
  const { handle, today } = viewing
  const rows = await listKeptPeriods(handle, { organization, fiscalYear })
  const kept = new Map(rows.map((row) => [keptKey(row), row]))
  const organizations = await listRecordingOrganizations(handle, organization ?? null)
  return organizations
    .flatMap((one) =>
      (fiscalYear === undefined ? shownYears(one.firstFiscalYear, today) : [fiscalYear]).flatMap(
        (year) => yearOfPeriods(one.organization, year, kept, today),
      ),
    )
    .filter((period) =>
      state === 'to-close'
        ? isToClose(period, today)
        : state === undefined || period.state === state,
    )
}
