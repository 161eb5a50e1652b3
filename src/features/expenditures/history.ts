import type { Bilingual } from '#core/language.ts'

/** What became of an expenditure, in words: each action that spoke of it, alone or with others. */
const step = (fr: string, en: string): Bilingual => ({ fr, en })

const said: Readonly<Record<string, Bilingual>> = {
  'expenditure.entered': step('saisie', 'entered'),
  'expenditures.entered': step('saisie avec d’autres', 'entered with others'),
  'expenditure.changed': step('modifiée', 'changed'),
  'expenditure.submitted': step('soumise', 'submitted'),
  'expenditures.submitted': step('soumise avec d’autres', 'submitted with others'),
  'expenditure.returned': step('retournée', 'returned'),
  'expenditure.posted': step('approuvée et comptabilisée', 'approved and posted'),
  'expenditure.reversal-asked': step('contre-passation demandée', 'reversal asked'),
  'expenditure.reversal-refused': step('contre-passation refusée', 'reversal refused'),
  'expenditure.reversed': step('contre-passée', 'reversed'),
  'expenditure.refund-asked': step('remboursement demandé', 'refund asked'),
  'expenditure.refund-refused': step('remboursement refusé', 'refund refused'),
  'expenditure.refunded': step('remboursée', 'refunded'),
  'expenditure.reclassification-asked': step('reclassement demandé', 'reclassification asked'),
  'expenditure.reclassification-refused': step('reclassement refusé', 'reclassification refused'),
  'expenditure.reclassified': step('reclassée', 'reclassified'),
  'import.confirmed': step('importée', 'imported'),
  'import.submitted': step('soumise avec son import', 'submitted with its import'),
  'import.posted': step('approuvée avec son import', 'approved with its import'),
  'import.returned': step('retournée avec son import', 'returned with its import'),
  'import.reversal-asked': step(
    'contre-passation de son import demandée',
    'reversal of its import asked',
  ),
  'import.reversed': step('contre-passée avec son import', 'reversed with its import'),
}

/** Of a published figure: the load of the file it stands in. */
const loaded = step('chargée d’une source publiée', 'loaded from a published source')

export const historyWords = (type: string): Bilingual => said[type] ?? loaded
