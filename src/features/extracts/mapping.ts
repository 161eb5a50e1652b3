import type { Issue } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'

/**
 * Which columns of an extract say what, and its signs. Without a mapping of the organization's system
 * the columns are `date;compte;piece;libelle;montant` or `date,account,document,description,amount`
 * (docs/words.md, Extracts), with `fournisseur`/`supplier` where there is one, and spending is
 * positive. Amounts stand in one signed column or in a debit and a credit column.
 */
export interface ColumnMapping {
  readonly date: string
  readonly account: string | null
  readonly document: string
  readonly description: string
  readonly supplier: string | null
  readonly amount: string | null
  readonly debit: string | null
  readonly credit: string | null
  /** Sign of spending in the file; of debits less credits where each has its column. */
  readonly spendingSign: SpendingSign
}

export const spendingSigns = ['positive', 'negative'] as const
export type SpendingSign = (typeof spendingSigns)[number]

export interface SavedMapping extends ColumnMapping {
  readonly organization: string
  readonly system: string
  readonly version: number
  readonly changedBy: string
}

const french: ColumnMapping = {
  ...{ date: 'date', account: 'compte', document: 'piece', description: 'libelle' },
  ...{ supplier: 'fournisseur', amount: 'montant', debit: null, credit: null },
  spendingSign: 'positive',
}
const english: ColumnMapping = {
  ...{ date: 'date', account: 'account', document: 'document', description: 'description' },
  ...{ supplier: 'supplier', amount: 'amount', debit: null, credit: null },
  spendingSign: 'positive',
}

export const columnKeys = [
  'date',
  'account',
  'document',
  'description',
  'supplier',
  'amount',
  'debit',
  'credit',
] as const
export type ColumnKey = (typeof columnKeys)[number]

/** Columns are compared without case and accents, as the header row is read. */
export const columnName = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .trim()

/** The default of the language whose columns are there; French when none is. */
export function defaultMapping(columns: readonly string[]): ColumnMapping {
  const names = columns.map(columnName)
  const mapping = names.includes('amount') || names.includes('document') ? english : french
  const optional = (name: string | null): string | null =>
    name !== null && names.includes(name) ? name : null
  return {
    ...mapping,
    account: optional(mapping.account),
    supplier: optional(mapping.supplier),
  }
}

export const mappedColumns = (mapping: ColumnMapping): readonly string[] =>
  columnKeys.flatMap((key) => mapping[key] ?? []).map(columnName)

/** What a header may name, in either language of the contract. */
export const defaultNames: readonly string[] = [...mappedColumns(french), ...mappedColumns(english)]

/** A column of the mapping that the file does not have. */
export const missingColumns = (
  columns: readonly string[],
  mapping: ColumnMapping,
  row: number,
): readonly Issue[] => {
  const there = columns.map(columnName)
  return mappedColumns(mapping)
    .filter((name) => !there.includes(name))
    .map((name) => ({
      ...{ pointer: `/${name}`, code: 'extracts/column-missing', row, column: name },
      detail: missing(name),
    }))
}

/** Two columns that are called alike but for case and accents: nobody takes the first. */
export const repeatedColumns = (
  columns: readonly string[],
  mapping: ColumnMapping,
  row: number,
): readonly Issue[] => {
  const there = columns.map(columnName)
  return mappedColumns(mapping)
    .filter((name) => there.indexOf(name) !== there.lastIndexOf(name))
    .map((name) => ({
      ...{ pointer: `/${name}`, code: 'extracts/column-repeated', row, column: name },
      detail: {
        fr: `Deux colonnes s’appellent « ${name} », aux accents près.`,
        en: `Two columns are called “${name}”, but for accents.`,
      },
    }))
}

const missing = (name: string): Bilingual => ({
  fr: `Il manque la colonne « ${name} ».`,
  en: `The column “${name}” is missing.`,
})

/** Columns that nothing is read from: told, since nobody asked for them to be left out. */
export const ignoredColumns = (
  columns: readonly string[],
  mapping: ColumnMapping,
): readonly string[] =>
  columns.filter((name) => name !== '' && !mappedColumns(mapping).includes(columnName(name)))

/** As events and API say it. */
export const mappingFacts = ({ changedBy, ...mapping }: SavedMapping) => ({
  organization: mapping.organization,
  system: mapping.system,
  version: mapping.version,
  date: mapping.date,
  account: mapping.account,
  document: mapping.document,
  description: mapping.description,
  supplier: mapping.supplier,
  amount: mapping.amount,
  debit: mapping.debit,
  credit: mapping.credit,
  spendingSign: mapping.spendingSign,
  changedBy,
})
