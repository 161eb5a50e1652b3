import { canonical } from '#core/canonical.ts'
import type { RecordCheck } from '#features/audit/audit.public.ts'
import { type Break, breaksMax } from '#features/audit/check.ts'
import { fieldsOf, payloadOf } from '#features/audit/event.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { sealedRun } from './run.ts'
import { findMissingRuns, findUnbalancedRuns, listSpokenRuns } from './run-check.store.ts'
import { listRuns } from './runs.store.ts'

/** Matchings against the record, both ways. */
export const matchingChecks: readonly RecordCheck[] = [
  {
    code: 'matchings',
    claim: {
      fr: 'Chaque appariement dit ce que dit son dernier événement, et inversement',
      en: 'Every matching says what its last event says, and the other way round',
    },
    run: async (handle) =>
      [...(await findUnspoken(handle)), ...(await findMissingRuns(handle))].slice(0, breaksMax),
  },
  {
    code: 'matchings-add-up',
    claim: {
      fr: 'L’extrait est dans son appariement en entier, et chaque écart résiduel est celui de ses lignes',
      en: 'An extract is in its matching whole, and every residual is that of its lines',
    },
    run: findUnbalancedRuns,
  },
]

async function findUnspoken(handle: Handle): Promise<readonly Break[]> {
  const runs = new Map((await listRuns(handle, {})).map((run) => [run.id, run]))
  return (await listSpokenRuns(handle)).flatMap(({ id, digest, payload }) => {
    const run = runs.get(id)
    const place = `matching ${id}`
    if (payload === null || run === undefined) {
      return [{ place, expected: 'an event', found: 'none' }]
    }
    const { change, ...said } = fieldsOf(payloadOf(payload).after)
    return canonical(said) === canonical(sealedRun(run, digest))
      ? []
      : [{ place, expected: 'what its last event says', found: 'something else' }]
  })
}
