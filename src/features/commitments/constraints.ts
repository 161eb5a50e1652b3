import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'

/** The rules of commitments that the database holds too, by constraint name. */
const twoPersons = (): Problem =>
  new Problem('forbidden', 'commitments/own-work', {
    fr: 'Vous avez saisi, modifié ou soumis cet engagement : une autre personne doit l’approuver ou le dégager.',
    en: 'You entered, changed or submitted this commitment: somebody else must approve or release it.',
  })

export const commitmentConstraints: Readonly<Record<string, () => Problem>> = {
  commitment_two_persons: twoPersons,
  commitment_release_two_persons: twoPersons,
  commitment_approved_is_settled: () =>
    new Problem('conflict', 'commitments/settled', {
      fr: 'Cet engagement est approuvé : il ne peut plus qu’être consommé ou dégagé.',
      en: 'This commitment is approved: it can only be consumed or released.',
    }),
  expenditure_commitment_fk: () =>
    refuseField('commitment', 'commitments/unknown', {
      fr: 'Cet engagement n’existe pas pour cet organisme et cette enveloppe.',
      en: 'There is no such commitment for this organization and envelope.',
    }),
}
