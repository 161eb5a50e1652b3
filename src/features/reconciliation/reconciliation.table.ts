import type { Bilingual } from '#core/language.ts'
import { percentOf, sum } from '#core/money.ts'
import {
  amount,
  boolean,
  type CellValue,
  type Column,
  type ColumnType,
  missing,
  percent,
  type Table,
  type TableRow,
  table,
  text,
  words,
} from '#core/table.ts'
import type { AmountKey } from './figures.ts'
import { amountKeys } from './figures.ts'
import type { Finding, Reconciliation } from './reconcile.ts'

/**
 * The reconciliation as a neutral table: one column a field of the answer, in its order. The
 * formula of each computed column is printed in its header.
 */
export const formulas = {
  planned: 'initial + revisions + transfers',
  available: 'planned - committed - spent - lapsed',
  variance: 'planned - spent',
  percentSpent: 'spent / planned * 100',
} as const

const column = (key: string, label: Bilingual, type: ColumnType, brief = false): Column => ({
  key,
  label,
  type,
  brief,
})

const amountColumn = (key: AmountKey, fr: string, en: string, brief = false): Column =>
  column(key, { fr, en }, 'amount', brief)

const columns: readonly Column[] = [
  column('key', { fr: 'Code', en: 'Key' }, 'text', true),
  column('kind', { fr: 'Nature', en: 'Kind' }, 'text'),
  column('label', { fr: 'Intitulé', en: 'Label' }, 'text', true),
  column('parent', { fr: 'Groupe', en: 'Parent' }, 'text'),
  column('funding', { fr: 'Financement', en: 'Funding' }, 'text'),
  column('repeated', { fr: 'Répétée', en: 'Repeated' }, 'boolean'),
  column('envelopes', { fr: 'Enveloppes', en: 'Envelopes' }, 'words'),
  amountColumn('initial', 'Initial', 'Initial'),
  amountColumn('revisions', 'Révisions', 'Revisions'),
  amountColumn('transfers', 'Virements et répartitions', 'Transfers'),
  amountColumn(
    'planned',
    'Prévu (initial + révisions + virements)',
    'Planned (initial + revisions + transfers)',
    true,
  ),
  amountColumn('committed', 'Engagé', 'Committed', true),
  amountColumn('spent', 'Dépensé', 'Spent', true),
  amountColumn('lapsed', 'Périmé', 'Lapsed'),
  amountColumn('ownResources', 'Ressources propres', 'Own resources', true),
  amountColumn(
    'available',
    'Disponible (prévu − engagé − dépensé − périmé)',
    'Available (planned − committed − spent − lapsed)',
  ),
  amountColumn('variance', 'Écart (prévu − dépensé)', 'Variance (planned − spent)', true),
  column(
    'percentSpent',
    { fr: '% dépensé (dépensé ÷ prévu)', en: '% spent (spent ÷ planned)' },
    'percent',
    true,
  ),
]

const publishedColumn = column(
  'publishedAuthorities',
  { fr: 'Autorisations publiées', en: 'Published authorities' },
  'amount',
)

const lastColumns: readonly Column[] = [
  column('flags', { fr: 'Signalements', en: 'Flags' }, 'words', true),
  column('derived', { fr: 'Calculée', en: 'Derived' }, 'boolean'),
  column('href', { fr: 'Pièces', en: 'Documents' }, 'text'),
]

/** For a report with the same columns. @throws RangeError for a key that it does not have */
export function columnOf(key: string): Column {
  const found = [...columns, ...lastColumns].find((candidate) => candidate.key === key)
  if (found === undefined) {
    throw new RangeError(`a reconciliation has no column ${key}`)
  }
  return found
}

export function reconciliationTable(found: Reconciliation, title: Bilingual): Table {
  const { by, jurisdiction } = found.question
  const hasAuthorities = by === 'fiscal-year' && jurisdiction === 'CA'
  return table({
    name: 'reconciliation',
    title,
    columns: [...columns, ...(hasAuthorities ? [publishedColumn] : []), ...lastColumns],
    rows: [
      ...found.findings.map((finding) => findingRow(finding, hasAuthorities)),
      totalRow(found, hasAuthorities),
    ],
  })
}

function findingRow(finding: Finding, hasAuthorities: boolean): TableRow {
  const { head, funding, flags, isDerived, href, missing: why } = finding
  return {
    role: head.isRepeated ? 'repeated' : 'data',
    cells: [
      text(head.key),
      text(head.kind),
      text(head.label),
      head.parent === null ? missing('absent') : text(head.parent),
      text(funding),
      boolean(head.isRepeated),
      words(head.envelopes),
      // An envelope's money is no own resource: that column does not apply to its row.
      ...amountKeys.map((key) =>
        amount(finding[key], key === 'ownResources' ? 'not-applicable' : why),
      ),
      percent(finding.percentSpent, why),
      ...(hasAuthorities ? [amount(finding.publishedAuthorities)] : []),
      words(flags),
      boolean(isDerived),
      href === null ? missing('absent') : text(href),
    ],
  }
}

function totalRow({ totals, findings }: Reconciliation, hasAuthorities: boolean): TableRow {
  const blank: CellValue = missing('not-applicable')
  const authorities = findings.map(({ publishedAuthorities }) => publishedAuthorities)
  return {
    role: 'total',
    cells: [
      text('total'),
      text('total'),
      text({ fr: 'Total', en: 'Total' }),
      blank,
      blank,
      boolean(false),
      words([]),
      ...amountKeys.map((key) => amount(totals[key])),
      percent(percentOf(totals.spent, totals.planned)),
      ...(hasAuthorities ? [amount(sum(authorities.filter((printed) => printed !== null)))] : []),
      words([]),
      boolean(false),
      blank,
    ],
  }
}
