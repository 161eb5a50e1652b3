import type { Bilingual } from '#core/language.ts'

/** What pages call the parts of a year-end, by their names in a form and in JSON. */
export const yearEndWords = {
  programme: { fr: 'Plan ou stratégie', en: 'Plan or strategy' },
  fiscalYear: { fr: 'Exercice', en: 'Fiscal year' },
  state: { fr: 'État', en: 'State' },
  organization: { fr: 'Organisme', en: 'Organization' },
  carriedTo: {
    fr: 'Exercice qui reçoit les reports',
    en: 'Fiscal year that carried money goes to',
  },
  digest: { fr: 'SHA-256 des chiffres', en: 'SHA-256 of the figures' },
  policies: { fr: 'Politiques', en: 'Policies' },
  reason: { fr: 'Motif', en: 'Reason' },
} satisfies Record<string, Bilingual>

/** Of a policy. */
export const policyWords = {
  envelope: { fr: 'Enveloppe', en: 'Envelope' },
  policy: { fr: 'Politique', en: 'Policy' },
  percent: { fr: 'Pourcentage', en: 'Percentage' },
} satisfies Record<string, Bilingual>

/** `Politique 2, Pourcentage`, for each field of each row of a form. */
export const policyLabels = (rows: number): Readonly<Record<string, Bilingual>> =>
  Object.fromEntries(
    Array.from({ length: rows }, (_, place) => place).flatMap((place) =>
      Object.entries(policyWords).map(([name, { fr, en }]) => [
        `policies.${place}.${name}`,
        { fr: `Politique ${place + 1}, ${fr}`, en: `Policy ${place + 1}, ${en}` },
      ]),
    ),
  )
