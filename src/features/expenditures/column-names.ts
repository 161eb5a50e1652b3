/**
 * What the columns of expenditures are called in a spreadsheet: in French, in English or as Vigie's
 * own files name them, with or without capitals and accents. « Pièce », `document` and
 * `document_number` are one column.
 */
export const documentColumns = [
  'organization',
  'measure',
  'envelope',
  'date',
  'amount',
  'document',
  'supplier',
  'description',
  'commitment',
] as const
export type DocumentColumn = (typeof documentColumns)[number]

export const columnNames: Readonly<Record<DocumentColumn, readonly string[]>> = {
  organization: ['organisme', 'organization'],
  measure: ['mesure', 'measure'],
  envelope: ['enveloppe', 'envelope'],
  date: ['date', 'date de service', 'service date', 'service_date', 'servicedate'],
  amount: ['montant', 'amount'],
  document: ['piece', 'document', 'document number', 'document_number', 'documentnumber'],
  supplier: ['fournisseur', 'supplier'],
  description: ['description'],
  commitment: ['engagement', 'commitment'],
}

/** Without capitals, accents or the kinds of space and apostrophe that a keyboard happened to give. */
export const plainName = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
    .replaceAll('\u2019', "'")
    .trim()
    .toLowerCase()

const byName: ReadonlyMap<string, DocumentColumn> = new Map(
  documentColumns.flatMap((column) =>
    columnNames[column].map((name) => [plainName(name), column] as const),
  ),
)

export const columnNamed = (name: string): DocumentColumn | undefined => byName.get(plainName(name))
