import { Problem } from '#core/problem.ts'

/** The rules of imports that the database holds too, by constraint name. */
export const importConstraints: Readonly<Record<string, () => Problem>> = {
  import_batch_two_persons: () =>
    new Problem('forbidden', 'imports/own-work', {
      fr: 'Vous avez préparé cet import ou demandé sa contre-passation : une autre personne doit décider.',
      en: 'You prepared this import or asked for its reversal: somebody else must decide.',
    }),
  import_batch_confirmed_is_settled: () =>
    new Problem('conflict', 'imports/wrong-state', {
      fr: 'Cet import est confirmé : ce qu’il dit ne change plus.',
      en: 'This import is confirmed: what it says no longer changes.',
    }),
}
