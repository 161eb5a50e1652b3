import { type Column, count, missing, type Table, table, text } from '#core/table.ts'
import { columnKeys, type SavedMapping } from './mapping.ts'

const column = (key: string, fr: string, en: string, type: Column['type'] = 'text'): Column => ({
  ...{ key, label: { fr, en }, type, brief: true },
})

const columns: readonly Column[] = [
  column('organization', 'Organisme', 'Organization'),
  column('system', 'Système', 'System'),
  column('version', 'Version', 'Version', 'count'),
  column('date', 'Date', 'Date'),
  column('account', 'Compte', 'Account'),
  column('document', 'Pièce', 'Document'),
  column('description', 'Libellé', 'Description'),
  column('supplier', 'Fournisseur', 'Supplier'),
  column('amount', 'Montant', 'Amount'),
  column('debit', 'Débit', 'Debit'),
  column('credit', 'Crédit', 'Credit'),
  column('spendingSign', 'Signe', 'Sign'),
]

/** Which columns of each system say what. */
export const mappingsTable = (mappings: readonly SavedMapping[]): Table =>
  table({
    name: 'extract-mappings',
    title: { fr: 'Correspondances de colonnes', en: 'Mappings of columns' },
    columns,
    rows: mappings.map((mapping) => ({
      role: 'data' as const,
      cells: [
        text(mapping.organization),
        text(mapping.system),
        count(mapping.version),
        ...columnKeys.map((key) => {
          const name = mapping[key]
          return name === null ? missing('absent') : text(name)
        }),
        text(mapping.spendingSign),
      ],
    })),
  })
