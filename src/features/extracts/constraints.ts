import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'

/** The rules of extracts that the database holds too, by constraint name. */
const loaded = (): Problem =>
  new Problem('conflict', 'extracts/already-loaded', {
    fr: 'Ce fichier est déjà chargé pour cet organisme.',
    en: 'This file is already loaded for this organization.',
  })

const periodLoaded = (): Problem =>
  new Problem('conflict', 'extracts/period-loaded', {
    fr: 'Cette période vient de recevoir un extrait. Relisez, puis nommez celui que vous remplacez.',
    en: 'This period has just received an extract. Read again, then name the one that you supersede.',
  })

const mappingStale = (): Problem =>
  new Problem('stale', 'extracts/mapping-stale', {
    fr: 'Cette correspondance vient d’être enregistrée par une autre personne. Relisez-la.',
    en: 'This mapping has just been saved by somebody else. Read it again.',
  })

/** A closed period is settled: its tie-out would no longer be what was signed. */
export const periodClosed = (): Problem =>
  new Problem('conflict', 'extracts/period-closed', {
    fr: 'Cette période est fermée : son extrait ne change plus. Un administrateur peut la rouvrir.',
    en: 'This period is closed: its extract changes no more. An administrator may open it again.',
  })

export const extractConstraints: Readonly<Record<string, () => Problem>> = {
  extract_file_once: loaded,
  extract_one_first: periodLoaded,
  extract_period_open: periodClosed,
  extract_superseded_once: periodLoaded,
  extract_mapping_pk: mappingStale,
  extract_mapping_amounts_whole: () =>
    refuseField('amount', 'extracts/mapping-amounts', {
      fr: 'Nommez la colonne des montants, ou celles du débit et du crédit.',
      en: 'Name the column of amounts, or those of debits and credits.',
    }),
}
