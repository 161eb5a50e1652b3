import type { Moment } from '#core/moment.ts'
import { Problem } from '#core/problem.ts'
import type { AsOf } from '#platform/db/as-of.ts'
import { readStanding } from '#platform/db/standing.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { findPositionAt } from './position.store.ts'

/**
 * The position that a moment stands for; null is now.
 * @throws Problem `audit/moment-ahead`, `audit/moment-too-early`
 */
export async function positionOf(handle: Handle, moment: Moment | undefined): Promise<AsOf> {
  if (moment === undefined) {
    return null
  }
  if (moment.position !== undefined) {
    const { position } = await readStanding(handle, null)
    if (moment.position > position) {
      throw ahead(`la position ${moment.position}`, `position ${moment.position}`, position)
    }
    return moment.position
  }
  const { position, isAhead } = await findPositionAt(handle, moment.instant)
  if (isAhead) {
    const last = await readStanding(handle, null)
    throw ahead(`l’instant ${moment.instant}`, `the instant ${moment.instant}`, last.position)
  }
  if (position === null) {
    throw new Problem('refused', 'audit/moment-too-early', {
      fr: `Rien n’était encore inscrit à l’instant ${moment.instant}.`,
      en: `Nothing was recorded yet at the instant ${moment.instant}.`,
    })
  }
  return position
}

const ahead = (fr: string, en: string, last: number): Problem =>
  new Problem('refused', 'audit/moment-ahead', {
    fr: `On ne peut pas savoir ce que dira ${fr} : le registre s’arrête à la position ${last}.`,
    en: `What ${en} will say cannot be known: the record ends at position ${last}.`,
  })
