import { canonical } from '#core/canonical.ts'
import type { RecordCheck } from '#features/audit/audit.public.ts'
import { type Break, breaksMax } from '#features/audit/check.ts'
import { fieldsOf, payloadOf } from '#features/audit/event.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { importFacts } from './import.ts'
import { listConfirmed } from './import-check.store.ts'

/** Files that were confirmed against the record; their documents are compared with their seals. */
export const importChecks: readonly RecordCheck[] = [
  {
    code: 'imports',
    claim: {
      fr: 'Chaque import dit ce que dit son dernier événement, et garde les octets de son fichier',
      en: 'Every import says what its last event says, and keeps the bytes of its file',
    },
    run: findBreaks,
  },
]

async function findBreaks(handle: Handle): Promise<readonly Break[]> {
  const confirmed = await listConfirmed(handle)
  const breaks = confirmed.flatMap(({ batch, payload, sha256 }): Break[] => {
    const place = `import ${batch.id}`
    if (payload === null) {
      return [{ place, expected: 'an event', found: 'none' }]
    }
    const { documents: _documents, ...said } = fieldsOf(payloadOf(payload).after)
    const isSaid = canonical(said) === canonical(importFacts(batch))
    return [
      ...(isSaid ? [] : [{ place, expected: 'what its last event says', found: 'something else' }]),
      ...(sha256 === batch.file.sha256
        ? []
        : [{ place, expected: `a file of ${batch.file.sha256}`, found: sha256 }]),
    ]
  })
  return breaks.slice(0, breaksMax)
}
