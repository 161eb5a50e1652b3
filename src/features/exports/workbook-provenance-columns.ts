import { described } from './workbook-columns.ts'

/** What a source says, in columns: what it is about, its money, and where the words stand. */
const subjectColumns = [
  described(
    'nature',
    ['Nature', 'Nature of the row'],
    ['Ce que la ligne cite.', 'What the row cites.'],
  ),
  described(
    'code',
    ['Code', 'Key'],
    [
      'Enveloppe, programme, relation, chiffre publié ou document.',
      'Envelope, programme, relation, published figure or document.',
    ],
  ),
  described('subject', ['Objet', 'Subject'], ['De quoi il s’agit.', 'What it is about.'], 44),
  described(
    'programme',
    ['Programme', 'Programme code'],
    ['Code du programme.', 'Code of the programme.'],
  ),
]

const moneyColumns = [
  described(
    'period',
    ['Exercice ou période', 'Fiscal year or period'],
    [
      'Premier exercice de la modalité, exercice de l’autorisation, ou période telle qu’imprimée.',
      'First fiscal year of the term, year of the authority, or period as printed.',
    ],
  ),
  described(
    'lastFiscalYear',
    ['Dernier exercice', 'Last fiscal year'],
    ['— si aucune fin n’est énoncée.', '— if no end is stated.'],
  ),
  described(
    'planned',
    ['Montant prévu', 'Planned amount'],
    [
      'Total de la durée, ou montant par exercice selon la lecture.',
      'Total of the term, or amount per fiscal year, as the reading says.',
    ],
  ),
  described(
    'authority',
    ['Autorisation publiée', 'Published authority'],
    [
      'Imprimée à côté des dépenses; n’entre dans aucun montant prévu.',
      'Printed beside the spending; enters no planned amount.',
    ],
  ),
  described(
    'figure',
    ['Autre chiffre publié', 'Other published figure'],
    [
      'Annonce ou octroi qui n’entre dans aucun total; le motif est donné.',
      'Announcement or award that enters no total; the reason is given.',
    ],
  ),
  described(
    'asStated',
    ['Tel qu’énoncé', 'As stated'],
    ['Le montant, mot pour mot.', 'The amount, word for word.'],
  ),
  described(
    'precision',
    ['Précision', 'Precision'],
    [
      'Le montant est énoncé à ce multiple près; un écart plus petit n’est pas une constatation.',
      'The amount is stated to this multiple; a smaller difference is no finding.',
    ],
  ),
  described(
    'stated',
    ['Énoncé', 'Stated'],
    ['Faux pour une déduction.', 'False for an inference.'],
  ),
]

const sourceColumns = [
  described(
    'document',
    ['Document', 'Document'],
    ['Code du document source.', 'Code of the source document.'],
  ),
  described(
    'documentTitle',
    ['Titre du document', 'Document’s title'],
    ['Tel qu’imprimé.', 'As printed.'],
    44,
  ),
  described('row', ['Rangée', 'Row'], ['Rangée du fichier source.', 'Row of the source file.']),
  described(
    'quote',
    ['Mots cités', 'Quoted words'],
    ['Les mots d’où vient le montant.', 'The words that the amount was read from.'],
    60,
  ),
  described(
    'reading',
    ['Lecture ou motif', 'Reading or reason'],
    [
      'Comment les mots sont lus, ou pourquoi le chiffre est laissé de côté.',
      'How the words are read, or why the figure is left out.',
    ],
    60,
  ),
  described(
    'url',
    ['Adresse', 'Address'],
    ['Où la source est publiée.', 'Where the source is published.'],
    40,
  ),
  described(
    'sha256',
    ['SHA-256 du document', 'Document’s SHA-256'],
    ['Empreinte du document tel que lu.', 'Hash of the document as read.'],
    66,
  ),
]

export const provenanceColumns = [...subjectColumns, ...moneyColumns, ...sourceColumns]
