import type { Bilingual } from '#core/language.ts'
import type { ReportName, ReportRequest } from '#features/reports/request.ts'

/** The reports that have no page of their own elsewhere: what each is for, and what it is asked. */
export const otherReports = [
  'exceptions',
  'bridge',
  'forecast',
  'year-end',
  'tie-out',
  'announcements',
] as const satisfies readonly ReportName[]
export type OtherReport = (typeof otherReports)[number]

export type AskedField = Extract<
  keyof ReportRequest,
  | 'jurisdiction'
  | 'by'
  | 'from'
  | 'to'
  | 'spread'
  | 'scenario'
  | 'since'
  | 'asOf'
  | 'ahead'
  | 'behind'
  | 'late'
  | 'organization'
  | 'fiscalYear'
  | 'period'
>

interface ReportWords {
  readonly title: Bilingual
  /** What it answers, in one sentence. */
  readonly answers: Bilingual
  /** What may be asked of it. */
  readonly fields: readonly AskedField[]
  /** Without these there is nothing to show yet. */
  readonly needs: readonly AskedField[]
}

export const reportWords: Readonly<Record<OtherReport, ReportWords>> = {
  exceptions: {
    title: { fr: 'Exceptions', en: 'Exceptions' },
    answers: {
      fr: 'Ce qu’il faut regarder deux fois, et pourquoi : dépassements, avance ou retard sur le temps, doublons possibles.',
      en: 'What to look at twice, and why: overruns, ahead of or behind time, possible duplicates.',
    },
    fields: ['jurisdiction', 'from', 'to', 'ahead', 'behind', 'late', 'asOf'],
    needs: [],
  },
  bridge: {
    title: { fr: 'Passage d’une position à l’autre', en: 'Bridge between positions' },
    answers: {
      fr: 'Ce qui a changé les chiffres entre deux moments du registre, cause par cause, au cent près.',
      en: 'What changed the figures between two moments of the record, cause by cause, to the cent.',
    },
    fields: ['since', 'asOf', 'jurisdiction', 'from', 'to', 'spread'],
    needs: ['since'],
  },
  forecast: {
    title: { fr: 'Prévision de fin d’exercice', en: 'Year-end forecast' },
    answers: {
      fr: 'Où mène l’exercice en cours : au rythme des mois écoulés, et selon les engagements.',
      en: 'Where the year under way leads: at the pace of the months gone by, and by commitments.',
    },
    fields: ['by', 'jurisdiction', 'from', 'to', 'spread', 'asOf'],
    needs: [],
  },
  'year-end': {
    title: { fr: 'Fermeture d’exercice', en: 'Year-end' },
    answers: {
      fr: 'Ce que la fermeture d’un exercice a reporté, périmé et laissé, enveloppe par enveloppe.',
      en: 'What the closing of a year carried, lapsed and left, envelope by envelope.',
    },
    fields: ['jurisdiction', 'from', 'to', 'asOf'],
    needs: [],
  },
  'tie-out': {
    title: { fr: 'Rapprochement d’un extrait', en: 'Tie-out of an extract' },
    answers: {
      fr: 'Le grand livre d’un organisme contre le journal, pour une période, et l’écart expliqué.',
      en: 'An organization’s ledger against the journal, for one period, and the difference explained.',
    },
    fields: ['organization', 'fiscalYear', 'period'],
    needs: ['organization', 'fiscalYear', 'period'],
  },
  announcements: {
    title: {
      fr: 'Chiffres publiés qui ne sont pas des dépenses',
      en: 'Published figures that are not expenditures',
    },
    answers: {
      fr: 'Annonces, prévisions et montants présumés, chacun avec la raison qui le garde hors des dépenses.',
      en: 'Announcements, forecasts and presumed amounts, each with the reason that keeps it out of spending.',
    },
    fields: ['jurisdiction', 'asOf'],
    needs: [],
  },
}

export const fieldWords: Readonly<Record<AskedField, Bilingual>> = {
  jurisdiction: { fr: 'Gouvernement', en: 'Government' },
  by: { fr: 'Présenter', en: 'Show' },
  from: { fr: 'Du premier exercice', en: 'From fiscal year' },
  to: { fr: 'Au dernier exercice', en: 'To fiscal year' },
  spread: { fr: 'Argent non réparti', en: 'Undistributed money' },
  scenario: { fr: 'Lecture des annonces', en: 'Reading of announcements' },
  since: { fr: 'Depuis', en: 'Since' },
  asOf: { fr: 'Tel qu’au', en: 'As of' },
  ahead: { fr: 'Points d’avance sur le temps', en: 'Points ahead of time' },
  behind: { fr: 'Points de retard sur le temps', en: 'Points behind time' },
  late: { fr: 'Mois sans inscription', en: 'Months without recording' },
  organization: { fr: 'Organisme', en: 'Organization' },
  fiscalYear: { fr: 'Exercice', en: 'Fiscal year' },
  period: { fr: 'Période (1 à 13)', en: 'Period (1 to 13)' },
}

const momentHint: Bilingual = {
  fr: 'Position ou instant du registre.',
  en: 'Position or instant of the record.',
}

export const fieldHints: Readonly<Partial<Record<AskedField, Bilingual>>> = {
  since: momentHint,
  asOf: {
    fr: 'Position ou instant du registre; vide : maintenant.',
    en: 'Position or instant of the record; empty: now.',
  },
}

export const otherReport = (name: string): OtherReport | undefined =>
  otherReports.find((candidate) => candidate === name)

const titlesElsewhere: Readonly<Record<string, Bilingual>> = {
  reconciliation: { fr: 'Rapprochement budgétaire', en: 'Budget reconciliation' },
  comparison: { fr: 'Comparaison Québec–Canada', en: 'Quebec–Canada comparison' },
}

/** Of any report, by its name. */
export const reportTitle = (name: string): Bilingual => {
  const other = otherReport(name)
  return other === undefined
    ? (titlesElsewhere[name] ?? { fr: name, en: name })
    : reportWords[other].title
}
