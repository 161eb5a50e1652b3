import { Problem } from '#core/problem.ts'

/** The rules of year-ends that the database holds too, by constraint name. */
const preparedMeanwhile = (): Problem =>
  new Problem('conflict', 'year-end/prepared-meanwhile', {
    fr: 'Cette fermeture d’exercice vient d’être préparée ou approuvée par quelqu’un d’autre. Relisez-la.',
    en: 'This year-end was just prepared or approved by somebody else. Read it again.',
  })

export const yearEndConstraints: Readonly<Record<string, () => Problem>> = {
  year_end_once: preparedMeanwhile,
  closed_year_pk: preparedMeanwhile,
  year_end_two_persons: () =>
    new Problem('forbidden', 'funding/own-work', {
      fr: 'Vous avez préparé cette fermeture d’exercice : une autre personne doit l’approuver.',
      en: 'You prepared this year-end: somebody else must approve it.',
    }),
}
