import { closingSabotages } from './closing.ts'
import { durabilitySabotages } from './durability.ts'
import { edgeSabotages } from './edge.ts'
import { importSabotages } from './imports.ts'
import { ledgerSabotages } from './ledgers.ts'
import { pageSabotages } from './pages.ts'
import { peopleSabotages } from './people.ts'
import { recordSabotages } from './record.ts'
import { returnedSabotages } from './returned.ts'
import { ruleSabotages } from './rules.ts'
import type { Sabotage } from './sabotage.ts'

/** In the order of the promises. */
export const sabotages: readonly Sabotage[] = [
  ...durabilitySabotages,
  ...importSabotages,
  ...recordSabotages,
  ...ruleSabotages,
  ...closingSabotages,
  ...ledgerSabotages,
  ...peopleSabotages,
  ...pageSabotages,
  ...edgeSabotages,
  ...returnedSabotages,
]
