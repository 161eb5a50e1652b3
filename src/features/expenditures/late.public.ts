import type { Period } from '#core/period.ts'
import { isClosedYear } from '#features/funding/closed-year.ts'
import { listClosedYears } from '#features/funding/funding.public.ts'
import type { Standing } from '#features/funding/standing.public.ts'
import { listMeasures } from '#features/programmes/programmes.public.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Expenditure } from './expenditure.ts'
import { isLate } from './flags.ts'

type Asked = Pick<Expenditure, 'envelope' | 'measure' | 'fiscalYear'>
export type Lateness = (asked: Asked, recordedIn: Period) => boolean

/**
 * Which spending comes late: recorded in another year than its own, or after a year-end closed its
 * own while periods of it were still open. Ask under the locks of the envelopes, which a year-end
 * holds.
 */
export async function readLateness(
  handle: Handle,
  standings: ReadonlyMap<string, Standing>,
): Promise<Lateness> {
  const closed = await listClosedYears(handle)
  const measures = closed.length === 0 ? [] : await listMeasures(handle)
  const programmes = new Map<string | null, string>([
    ...measures.map(({ code, programme }) => [code, programme] as const),
    ...[...standings.values()].map(
      ({ envelope: { code, programme } }) => [code, programme] as const,
    ),
  ])
  return ({ envelope, measure, fiscalYear }, recordedIn) =>
    isLate(recordedIn, fiscalYear) ||
    isClosedYear(closed, programmes.get(envelope ?? measure) ?? '', fiscalYear)
}
