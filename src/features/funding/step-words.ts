import type { Bilingual } from '#core/language.ts'

/** The steps of a document of the budget, as links, titles and buttons say them. */
export interface StepWords {
  /** The link that leads to the step's form, and its title before the name of the document. */
  readonly open: Bilingual
  /** The button that does it. */
  readonly doIt: Bilingual
}

const step = (open: readonly [string, string], doIt = open): StepWords => ({
  open: { fr: open[0], en: open[1] },
  doIt: { fr: doIt[0], en: doIt[1] },
})

export const stepWords = {
  edit: step(['Modifier', 'Change'], ['Enregistrer', 'Save']),
  submit: step(['Soumettre', 'Submit'], ['Soumettre pour approbation', 'Submit for approval']),
  delete: step(['Supprimer', 'Delete'], ['Supprimer le brouillon', 'Delete the draft']),
  approve: step(['Approuver', 'Approve']),
  return: step(['Retourner', 'Return']),
  release: step(['Dégager', 'Release']),
} satisfies Record<string, StepWords>
