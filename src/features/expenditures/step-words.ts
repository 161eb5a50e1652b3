import type { Bilingual } from '#core/language.ts'
import type { Step } from './offered.ts'

/**
 * The steps of an expenditure as buttons and titles say them: an officer asks for what somebody else
 * will decide, and the words say so.
 */
interface StepWords {
  /** The link that leads to the step's form. */
  readonly open: Bilingual
  /** Title of its page, before the number. */
  readonly title: Bilingual
  /** The button that does it. */
  readonly doIt: Bilingual
}

const step = (
  open: readonly [string, string],
  title: readonly [string, string],
  doIt: readonly [string, string],
): StepWords => ({
  open: { fr: open[0], en: open[1] },
  title: { fr: title[0], en: title[1] },
  doIt: { fr: doIt[0], en: doIt[1] },
})

export const stepWords: Readonly<Record<Step, StepWords>> = {
  edit: step(['Modifier', 'Change'], ['Modifier', 'Change'], ['Enregistrer', 'Save']),
  submit: step(
    ['Soumettre', 'Submit'],
    ['Soumettre', 'Submit'],
    ['Soumettre pour approbation', 'Submit for approval'],
  ),
  delete: step(
    ['Supprimer', 'Delete'],
    ['Supprimer', 'Delete'],
    ['Supprimer le brouillon', 'Delete the draft'],
  ),
  approve: step(['Approuver', 'Approve'], ['Approuver', 'Approve'], ['Approuver', 'Approve']),
  return: step(['Retourner', 'Return'], ['Retourner', 'Return'], ['Retourner', 'Return']),
  refund: step(
    ['Demander un remboursement', 'Ask for a refund'],
    ['Demander le remboursement de', 'Ask for a refund of'],
    ['Demander le remboursement', 'Ask for the refund'],
  ),
  reclassify: step(
    ['Demander un reclassement', 'Ask for a reclassification'],
    ['Demander le reclassement de', 'Ask for the reclassification of'],
    ['Demander le reclassement', 'Ask for the reclassification'],
  ),
  reverse: step(
    ['Demander la contre-passation', 'Ask for a reversal'],
    ['Demander la contre-passation de', 'Ask for the reversal of'],
    ['Demander la contre-passation', 'Ask for the reversal'],
  ),
}
