import { canonical } from '#core/canonical.ts'
import type { RecordCheck } from '#features/audit/audit.public.ts'
import { type Break, breaksMax } from '#features/audit/check.ts'
import { fieldsOf, payloadOf } from '#features/audit/event.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { sealedFacts } from './extract.ts'
import { findMissingExtracts, findPartialExtracts, listLoaded } from './extract-check.store.ts'
import { listExtracts } from './extracts.store.ts'

/** Extracts against the record, both ways. */
export const extractChecks: readonly RecordCheck[] = [
  {
    code: 'extracts',
    claim: {
      fr: 'Chaque extrait a les lignes et le total annoncés, et dit ce que dit son événement',
      en: 'Every extract has the rows and the total that were stated, and says what its event says',
    },
    run: async (handle) =>
      [
        ...(await findPartialExtracts(handle)),
        ...(await findUnspoken(handle)),
        ...(await findMissingExtracts(handle)),
      ].slice(0, breaksMax),
  },
]

async function findUnspoken(handle: Handle): Promise<readonly Break[]> {
  const extracts = new Map((await listExtracts(handle, {})).map((extract) => [extract.id, extract]))
  return (await listLoaded(handle)).flatMap(({ id, digest, payload }) => {
    const extract = extracts.get(id)
    const place = `extract ${id}`
    if (payload === null || extract === undefined) {
      return [{ place, expected: 'an event', found: 'none' }]
    }
    return canonical(fieldsOf(payloadOf(payload).after)) === canonical(sealedFacts(extract, digest))
      ? []
      : [{ place, expected: 'what its event says', found: 'something else' }]
  })
}
