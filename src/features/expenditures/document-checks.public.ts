import { type Canonical, canonical } from '#core/canonical.ts'
import type { RecordCheck } from '#features/audit/audit.public.ts'
import { type Break, breaksMax } from '#features/audit/check.ts'
import { fieldsOf, payloadOf } from '#features/audit/event.ts'
import type { Handle } from '#platform/db/transaction.ts'
import {
  findEntryDifferences,
  findMissingDocuments,
  findMissingSealed,
  listSealRoots,
  listSpokenOf,
  type Place,
  readPayloads,
  type SpokenOf,
} from './document-check.store.ts'
import { sealedFacts } from './expenditure.ts'
import { leafOf } from './together.public.ts'

/**
 * Documents against the record, both ways. A published figure has no event of its own: the load
 * seals the file it came from, and the entry seals amount, cell, dates and flags.
 */
export const documentChecks: readonly RecordCheck[] = [
  {
    code: 'documents',
    claim: {
      fr: 'Chaque dépense dit ce que dit son dernier événement',
      en: 'Every expenditure says what its last event says',
    },
    run: findUnspoken,
  },
  {
    code: 'documents-posted',
    claim: {
      fr: 'Chaque dépense comptabilisée dit ce que dit son écriture, et inversement',
      en: 'Every posted expenditure says what its entry says, and the other way round',
    },
    run: async (handle) =>
      [...(await findEntryDifferences(handle)), ...(await findMissingDocuments(handle))].slice(
        0,
        breaksMax,
      ),
  },
  {
    code: 'documents-sealed',
    claim: {
      fr: 'Chaque événement de plusieurs dépenses scelle celles qui y sont, et aucune ne manque',
      en: 'Every event of many expenditures seals those that are there, and none is missing',
    },
    run: async (handle) =>
      [...(await findBrokenRoots(handle)), ...(await findMissingSealed(handle))].slice(
        0,
        breaksMax,
      ),
  },
]

const chunkSize = 1_000

async function findUnspoken(handle: Handle): Promise<readonly Break[]> {
  const breaks: Break[] = []
  let after: Place | null = null
  let isPosted = false
  while (breaks.length < breaksMax) {
    const chunk: readonly SpokenOf[] = await listSpokenOf(handle, after, chunkSize)
    breaks.push(...(await unspokenIn(handle, chunk)))
    const last = chunk.at(-1)?.expenditure
    if (chunk.length === chunkSize && last !== undefined) {
      after = { entry: last.entry, id: last.id }
    } else if (isPosted) {
      break
    } else {
      isPosted = true
      after = { entry: '0', id: '' }
    }
  }
  return breaks.slice(0, breaksMax)
}

async function findBrokenRoots(handle: Handle): Promise<readonly Break[]> {
  const events = await listSealRoots(handle)
  return events.flatMap(({ sequence, payload, count, root }) => {
    const { documents } = fieldsOf(payloadOf(payload).after)
    const said = fieldsOf(documents)
    const isSame = said.count === count && said.root === root
    return isSame
      ? []
      : [
          {
            place: `event ${sequence}`,
            expected: `${said.count} documents, ${said.root}`,
            found: `${count} documents, ${root}`,
          },
        ]
  })
}

async function unspokenIn(handle: Handle, chunk: readonly SpokenOf[]): Promise<readonly Break[]> {
  const payloads = await readPayloads(
    handle,
    chunk.flatMap(({ event }) => event ?? []),
  )
  const parsed = new Map<string, ReadonlyMap<string, string>>()
  return chunk.flatMap(({ expenditure, event, leaf }) => {
    const place = `expenditure ${expenditure.number}`
    if (leaf !== null) {
      return leaf === leafOf(canonical(sealedFacts(expenditure)))
        ? []
        : [{ place, expected: `what event ${event} sealed`, found: 'something else' }]
    }
    const payload = payloads.get(event ?? '')
    if (event === null || payload === undefined) {
      return [{ place, expected: 'an event', found: 'none' }]
    }
    const facts = canonical(sealedFacts(expenditure))
    if (saysAtOnce(payload, facts)) {
      return []
    }
    const said = parsed.get(event) ?? factsIn(payload)
    parsed.set(event, said)
    const expected = said.get(expenditure.id)
    const isPublished = expected === undefined && expenditure.source !== null
    return expected === facts || isPublished
      ? []
      : [{ place, expected: `what event ${event} says`, found: 'something else' }]
  })
}

/** One document, whose facts follow the key `after`: no need to read the rest. */
const saysAtOnce = (payload: string, facts: string): boolean =>
  payload.startsWith(facts, payload.indexOf(afterKey) + afterKey.length)

const afterKey = 's5:after;'

/** Canonical text of each document that an event speaks of, by id. */
function factsIn(payload: string): ReadonlyMap<string, string> {
  const { after = null } = payloadOf(payload)
  const { items } = fieldsOf(after)
  const facts = Array.isArray(items) ? items : [after]
  return new Map(
    facts.flatMap((each) => {
      const { id } = fieldsOf(each)
      return typeof id === 'string' ? [[id, canonical(each as Canonical)] as const] : []
    }),
  )
}
