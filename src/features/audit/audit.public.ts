import type { Handle } from '#platform/db/transaction.ts'
import {
  findAmbiguities,
  findChainBreaks,
  findHeadBreaks,
  findOrphans,
} from './chain-check.store.ts'
import type { Check } from './check.ts'
import { findGuardBreaks } from './guards-check.store.ts'
import { findPeopleBreaks } from './people-check.store.ts'

export type RecordCheck = Check<Handle>

export const chainChecks: readonly RecordCheck[] = [
  {
    code: 'chain',
    claim: {
      fr: 'Chaque événement suit le précédent et scelle ses écritures',
      en: 'Every event follows the one before and seals its entries',
    },
    run: findChainBreaks,
  },
  {
    code: 'chain-head',
    claim: {
      fr: 'La tête de la chaîne est le dernier événement',
      en: 'The head of the chain is the last event',
    },
    run: findHeadBreaks,
  },
  {
    code: 'entries-sealed',
    claim: {
      fr: 'Chaque écriture a son événement, chaque ligne son écriture, dits d’une seule façon',
      en: 'Every entry has its event, every line its entry, said in one way only',
    },
    run: async (handle) => [...(await findOrphans(handle)), ...(await findAmbiguities(handle))],
  },
]

export const peopleChecks: readonly RecordCheck[] = [
  {
    code: 'people',
    claim: {
      fr: 'Chaque personne a le nom et les rôles que dit son dernier événement',
      en: 'Every person has the name and roles that their last event says',
    },
    run: findPeopleBreaks,
  },
]

/** Of the database as it is now, not of what was recorded. */
export const guardChecks: readonly RecordCheck[] = [
  {
    code: 'guards',
    claim: {
      fr: 'Les gardes de la base sont celles des migrations',
      en: 'The guards of the database are those of the migrations',
    },
    run: findGuardBreaks,
  },
]

export { readStanding } from '#platform/db/standing.ts'
export { findLastPosition, findPositions, readProgress } from './position.store.ts'
