import type { Bilingual } from '#core/language.ts'

/** What pages call the parts of a revision, by their names in a form and in JSON. */
export const revisionWords = {
  kind: { fr: 'Genre', en: 'Kind' },
  state: { fr: 'État', en: 'State' },
  organization: { fr: 'Organisme', en: 'Organization' },
  effectiveOn: { fr: 'Date d’effet', en: 'Effective on' },
  documentReference: { fr: 'Décision à l’appui', en: 'Decision it rests on' },
  reason: { fr: 'Motif', en: 'Reason' },
  lines: { fr: 'Lignes', en: 'Lines' },
} satisfies Record<string, Bilingual>

/** Of a line. */
export const lineWords = {
  envelope: { fr: 'Enveloppe', en: 'Envelope' },
  measure: { fr: 'Mesure', en: 'Measure' },
  fiscalYear: { fr: 'Exercice', en: 'Fiscal year' },
  amount: { fr: 'Montant', en: 'Amount' },
} satisfies Record<string, Bilingual>

/** `Ligne 2, montant`, for each field of each line of a form. */
export const lineLabels = (lines: number): Readonly<Record<string, Bilingual>> =>
  Object.fromEntries(
    Array.from({ length: lines }, (_, place) => place).flatMap((place) => [
      [`lines.${place}`, { fr: `Ligne ${place + 1}`, en: `Line ${place + 1}` }],
      ...Object.entries(lineWords).map(([name, { fr, en }]) => [
        `lines.${place}.${name}`,
        { fr: `Ligne ${place + 1}, ${fr}`, en: `Line ${place + 1}, ${en}` },
      ]),
    ]),
  )
