import type { RecordCheck } from '#features/audit/audit.public.ts'
import { findFrozenBreaks } from './frozen-check.store.ts'

export const frozenChecks: readonly RecordCheck[] = [
  {
    code: 'frozen-reports',
    claim: {
      fr: 'Chaque fichier conservé d’un exercice fermé est celui que son événement scelle',
      en: 'Every file kept of a closed year is the one that its event seals',
    },
    run: findFrozenBreaks,
  },
]
