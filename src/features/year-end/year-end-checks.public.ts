import type { RecordCheck } from '#features/audit/audit.public.ts'
import { findClosedBreaks, findFigureBreaks, findHeldBreaks } from './year-end-check.store.ts'

export const yearEndChecks: readonly RecordCheck[] = [
  {
    code: 'year-ends',
    claim: {
      fr: 'Chaque exercice fermé a les écritures de ses chiffres, et plus rien n’y est engagé',
      en: 'Every closed year has the entries of its figures, and nothing is committed in it',
    },
    run: async (handle) => [
      ...(await findFigureBreaks(handle)),
      ...(await findClosedBreaks(handle)),
    ],
  },
  {
    code: 'commitments-held',
    claim: {
      fr: 'Ce qui est engagé dans chaque case est ce qui reste des engagements qu’elle porte',
      en: 'What is committed in each cell is what remains of the commitments it holds',
    },
    run: findHeldBreaks,
  },
]
