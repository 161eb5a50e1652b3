import type { Jurisdiction } from '#features/programmes/programme.ts'
import { type DescribedColumn, described } from './workbook-columns.ts'

/** The columns of the planned budget. Amounts first read beside what they are: cell, then money. */
export const rowKeyColumns = [
  described(
    'rowKey',
    ['Ligne du sommaire', 'Summary row'],
    [
      'Clé de la ligne du sommaire qui additionne ce montant.',
      'Key of the summary row that adds this amount up.',
    ],
  ),
  described(
    'memberKey',
    ['Ligne répétée', 'Repeated row'],
    [
      'Clé de la ligne qui répète ce montant : la mesure membre d’une enveloppe partagée.',
      'Key of the row that repeats this amount: the member measure of a shared envelope.',
    ],
  ),
]

export const plannedAmountKeys = [
  'initial',
  'revisions',
  'transfers',
  'planned',
  'committed',
  'lapsed',
] as const
export type PlannedAmountKey = (typeof plannedAmountKeys)[number]

const cellColumns = [
  described(
    'envelope',
    ['Enveloppe', 'Envelope'],
    ['Code de l’enveloppe.', 'Code of the envelope.'],
  ),
  described(
    'title',
    ['Intitulé de l’enveloppe', 'Envelope’s title'],
    ['Tel que la source l’imprime.', 'As the source prints it.'],
  ),
  described(
    'measure',
    ['Mesure', 'Measure'],
    [
      'Mesure à laquelle l’argent est destiné; aucune pour la partie commune d’une enveloppe.',
      'Measure that the money is for; none for the common part of an envelope.',
    ],
  ),
  described(
    'organization',
    ['Organisme', 'Organization'],
    ['Organisme responsable.', 'Responsible organization.'],
  ),
  described(
    'fiscalYear',
    ['Exercice', 'Fiscal year'],
    [
      'Du 1er avril au 31 mars; « Non réparti » quand l’argent vaut pour toute la durée.',
      'April 1 to March 31; “Undistributed” when the money is for the whole term.',
    ],
  ),
  described(
    'recordedIn',
    ['Période', 'Period'],
    ['Période qui a inscrit le mouvement.', 'Period that recorded the movement.'],
  ),
  described(
    'derived',
    ['Calculé', 'Derived'],
    [
      'Vrai pour une part d’une répartition en parts égales.',
      'True for a part of a straight-line split.',
    ],
  ),
]

const moneyColumns = [
  described('initial', ['Initial', 'Initial'], ['Crédits initiaux.', 'Initial appropriation.']),
  described(
    'revisions',
    ['Révisions', 'Revisions'],
    ['Suppléments moins réductions.', 'Supplements less reductions.'],
  ),
  described(
    'transfers',
    ['Virements et répartitions', 'Transfers'],
    [
      'Virements, répartitions et reports, nets.',
      'Transfers, distributions and carry-forwards, net.',
    ],
  ),
  described(
    'planned',
    ['Prévu', 'Planned'],
    ['Prévu = initial + révisions + virements.', 'Planned = initial + revisions + transfers.'],
  ),
  described('committed', ['Engagé', 'Committed'], ['Solde engagé.', 'Committed balance.']),
  described(
    'lapsed',
    ['Périmé', 'Lapsed'],
    ['Crédits rendus en fin d’exercice.', 'Money returned at a year’s end.'],
  ),
]

const statedColumns = [
  described(
    'lowReading',
    ['Dans la lecture basse', 'In the low reading'],
    [
      'Faux si la lecture basse tient cet argent pour contenu dans une autre enveloppe.',
      'False where the low reading takes this money to be inside another envelope.',
    ],
  ),
  described(
    'termKind',
    ['Modalité', 'Funding term'],
    ['Comment l’argent vient.', 'How the money comes.'],
  ),
  described(
    'asStated',
    ['Tel qu’énoncé', 'As stated'],
    ['Montant de la modalité, mot pour mot.', 'The term’s amount, word for word.'],
  ),
  described(
    'firstFiscalYear',
    ['Premier exercice', 'First fiscal year'],
    ['Premier exercice de la modalité.', 'First fiscal year of the term.'],
  ),
  described(
    'lastFiscalYear',
    ['Dernier exercice', 'Last fiscal year'],
    [
      'Dernier exercice de la modalité; — si aucune fin n’est énoncée.',
      'Last fiscal year of the term; — if no end is stated.',
    ],
  ),
  described(
    'stated',
    ['Énoncé', 'Stated'],
    [
      'Faux quand le premier exercice est une déduction.',
      'False when the first fiscal year is an inference.',
    ],
  ),
]

/**
 * Only federal announcements have two readings; elsewhere the column would say one thing
 * throughout.
 */
export const plannedColumnsOf = (jurisdiction: Jurisdiction): readonly DescribedColumn[] =>
  [...rowKeyColumns, ...cellColumns, ...moneyColumns, ...statedColumns].filter(
    ({ key }) => key !== 'lowReading' || jurisdiction === 'CA',
  )
