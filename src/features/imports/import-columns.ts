import { excerpt } from '#core/excerpt.ts'
import { columnName, type Row } from '#core/grid.ts'
import type { Issue } from '#core/issues.ts'
import type { TableHeader } from '#core/table-in-sheet.ts'
import {
  columnNamed,
  columnNames,
  type DocumentColumn,
  documentColumns,
  plainName,
} from '#features/expenditures/column-names.ts'

/**
 * The columns of a file of expenditures: in French, in English or as Vigie's own files name them,
 * in any order (docs/architecture.md, Files). What Vigie's files have besides is left aside; any
 * other column that holds something is refused by its name, for it would be lost in silence.
 */
export const importFields = documentColumns
export type ImportField = DocumentColumn

/** Columns of Vigie's own files that an import does not need: they follow from the others. */
const ownColumns = [
  ...['rang', 'line', 'numero', 'number', 'identifiant', 'id', 'etat', 'state', 'version'],
  ...['mouvement', 'movement', 'axe', 'axis', 'porteur', 'lead', 'exercice', 'fiscal year'],
  ...['fiscal_year', 'periode', 'period', 'recorded in', 'recorded_in', 'date de piece'],
  ...['document date', 'document_date', 'justification', 'ressources propres', 'own resources'],
  ...['own_resources', 'signalements', 'flags', 'source', 'source publiee', 'published source'],
  ...['ecriture', 'entry', 'position', 'saisie par', 'entered by', 'prepared_by', 'soumise par'],
  ...['submitted by', 'submitted_by', 'approuvee par', 'approved by', 'approved_by'],
  ...['contre-passee par', 'reversed by', 'reversed_by', 'rembourse', 'refunded', 'page'],
  ...['montant net', 'net amount', 'net'],
  ...['recorded_in_fiscal_year', 'exercice d’inscription', 'recorded in fiscal year'],
  ...['recorded_in_period', 'période d’inscription', 'recorded in period'],
  ...['source_document', 'ligne de la source', 'row of the source', 'source_row'],
  ...['adresse de la source', 'address of the source', 'source_url', 'remplace'],
  ...['reclassified from', 'reclassified_from', 'remplacée par', 'reclassified to'],
  ...['reclassified_to', 'demandes', 'requests'],
  ...['lot importe', 'import', 'fichier', 'file', 'rangee', 'row'],
  ...['ligne du sommaire', 'summary row', 'ligne repetee', 'repeated row', 'key', 'cle'],
]

/** What an error workbook adds to the columns of the file. */
const problemColumns = ['anomalies', 'problems', 'ligne d’origine', 'original row']

const problemNames: ReadonlySet<string> = new Set(problemColumns.map(plainName))
const ownNames: ReadonlySet<string> = new Set([...ownColumns.map(plainName), ...problemNames])
const movementNames: ReadonlySet<string> = new Set(['mouvement', 'movement'])
const numberNames: ReadonlySet<string> = new Set(['numero', 'number'])

export const isProblemColumn = (name: string): boolean => problemNames.has(plainName(name))

export const isKnownColumn = (name: string): boolean => columnNamed(name) !== undefined

export interface ImportColumns {
  readonly fields: Readonly<Partial<Record<ImportField, number>>>
  /** Of Vigie's own list: says which lines are expenditures, and which took one back. */
  readonly movement: number | null
  /** Of Vigie's own list: the number of the document. */
  readonly ownNumber: number | null
  /** Column → its name, of those that are not ours: refused where they hold something. */
  readonly strange: ReadonlyMap<number, string>
  readonly issues: readonly Issue[]
}

export function importColumns(header: TableHeader): ImportColumns {
  const fields: Partial<Record<ImportField, number>> = {}
  const strange = new Map<number, string>()
  const issues: Issue[] = []
  let movement: number | null = null
  let ownNumber: number | null = null
  for (const { name, column } of header.headings) {
    const field = columnNamed(name)
    if (field !== undefined && fields[field] !== undefined) {
      issues.push(repeated(header.row, column, name))
    } else if (field !== undefined) {
      fields[field] = column
    } else if (movementNames.has(plainName(name))) {
      movement = column
    } else if (numberNames.has(plainName(name))) {
      ownNumber = column
    } else if (!ownNames.has(plainName(name))) {
      strange.set(column, name)
    }
  }
  return {
    fields,
    movement,
    ownNumber,
    strange,
    issues: [...issues, ...missing(header.row, fields)],
  }
}

const required = ['organization', 'date', 'amount', 'document'] as const

function missing(row: number, fields: ImportColumns['fields']): readonly Issue[] {
  const absent = required.filter((field) => fields[field] === undefined)
  const hasPlace = fields.measure !== undefined || fields.envelope !== undefined
  return [
    ...absent.map((field) => columnMissing(row, columnNames[field][0] ?? field, field)),
    ...(hasPlace ? [] : [columnMissing(row, 'mesure » ou « enveloppe', 'measure” or “envelope')]),
  ]
}

const columnMissing = (row: number, fr: string, en: string): Issue => ({
  pointer: '',
  code: 'imports/column-missing',
  detail: { fr: `Il manque la colonne « ${fr} ».`, en: `The column “${en}” is missing.` },
  row,
})

const repeated = (row: number, column: number, name: string): Issue => ({
  pointer: '',
  code: 'imports/column-repeated',
  detail: {
    fr: `Deux colonnes disent la même chose; l’une d’elles est « ${excerpt(name)} ». Supprimez-en une.`,
    en: `Two columns say the same thing; one of them is “${excerpt(name)}”. Delete one.`,
  },
  row,
  column: columnName(column),
  value: excerpt(name),
})

/** A strange column is refused once, at the first cell that holds something. */
export function strangeIn(row: Row, strange: ReadonlyMap<number, string>): readonly Issue[] {
  return row.cells
    .filter(
      ({ column, text, kind }) => strange.has(column) && (text.trim() !== '' || kind !== 'text'),
    )
    .map(({ column, text }) => {
      const name = strange.get(column) ?? ''
      return {
        pointer: '',
        code: 'imports/column-unknown',
        detail: {
          fr: `Colonne inconnue : « ${excerpt(name)} ». Supprimez-la, ou donnez-lui un titre connu.`,
          en: `Unknown column: “${excerpt(name)}”. Delete it, or give it a known name.`,
        },
        row: row.row,
        column: name,
        value: excerpt(text),
      }
    })
}
