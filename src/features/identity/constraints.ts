import { Problem } from '#core/problem.ts'

/** What the database's own checks of people mean, in the words of the rule. */
export const identityConstraints: Readonly<Record<string, () => Problem>> = {
  person_email_once: () =>
    new Problem('conflict', 'identity/person-exists', {
      fr: 'Une autre personne vient d’être ajoutée avec cette adresse. Recommencez.',
      en: 'Somebody else was just added with this address. Try again.',
    }),
}
