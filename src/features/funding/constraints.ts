import { Problem } from '#core/problem.ts'

/** The rules of proposals that the database holds too, by constraint name. */
const ownWork = (): Problem =>
  new Problem('forbidden', 'funding/own-work', {
    fr: 'Vous avez saisi, modifié ou soumis cette proposition : une autre personne doit l’approuver.',
    en: 'You entered, changed or submitted this proposal: somebody else must approve it.',
  })

const codeTaken = (): Problem =>
  new Problem('refused', 'funding/code-taken', {
    fr: 'Ce code est déjà pris : choisissez-en un autre.',
    en: 'This code is already taken: choose another one.',
  })

export const fundingConstraints: Readonly<Record<string, () => Problem>> = {
  envelope_proposal_two_persons: ownWork,
  relation_proposal_two_persons: ownWork,
  revision_two_persons: ownWork,
  envelope_proposal_pk: codeTaken,
  envelope_pk: codeTaken,
  proposal_is_settled: () =>
    new Problem('conflict', 'funding/settled', {
      fr: 'Cette proposition est soumise ou approuvée : ce qu’elle dit ne change plus.',
      en: 'This proposal is submitted or approved: what it says does not change any more.',
    }),
}
