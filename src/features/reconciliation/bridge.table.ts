import type { Bilingual } from '#core/language.ts'
import { amount, missing, type Table, type TableRow, table, text } from '#core/table.ts'
import { causeWords } from '#features/journal/journal-words.ts'
import { type Bridge, type BridgeRow, bridgeColumns } from './bridge.ts'
import type { Question } from './facts.ts'
import { columnOf } from './reconciliation.table.ts'

/** The bridge as a neutral table: the columns of a reconciliation, a cause a row. */
export const rowWords: Readonly<Record<BridgeRow['key'], Bilingual>> = {
  opening: { fr: 'Ouverture', en: 'Opening' },
  respread: { fr: 'Parts égales sur moins d’exercices', en: 'Equal parts over fewer years' },
  ...causeWords,
  closing: { fr: 'Clôture', en: 'Closing' },
}

export const bridgeTable = (found: Bridge, title: Bilingual): Table =>
  table({
    name: 'bridge',
    title,
    columns: [
      { key: 'key', label: { fr: 'Code', en: 'Key' }, type: 'text', brief: false },
      { key: 'label', label: { fr: 'Cause', en: 'Cause' }, type: 'text', brief: true },
      ...bridgeColumns.map((key) => ({ ...columnOf(key), brief: true })),
      columnOf('href'),
    ],
    rows: found.rows.map((row) => rowOf(row, found)),
  })

const rowOf = ({ key, amounts }: BridgeRow, found: Bridge): TableRow => {
  const href = hrefOf(key, found)
  return {
    role: key === 'closing' ? 'total' : 'data',
    cells: [
      text(key),
      text(rowWords[key]),
      ...bridgeColumns.map((column) => amount(amounts[column])),
      href === null ? missing('not-applicable') : text(href),
    ],
  }
}

/** Both ends are reconciliations; a cause is the list of its entries. */
function hrefOf(key: BridgeRow['key'], { question, since, asOf }: Bridge): string | null {
  const { jurisdiction } = question
  switch (key) {
    case 'opening':
      return reconciliationAt(question, since)
    case 'closing':
      return reconciliationAt(question, asOf)
    case 'respread':
      return null
    default: {
      const filter = { cause: key, jurisdiction, since: String(since), asOf: String(asOf) }
      return `/api/v1/journal/entries?${new URLSearchParams(filter)}`
    }
  }
}

function reconciliationAt({ jurisdiction, from, to, spread }: Question, position: number): string {
  const asked = { jurisdiction, from, to, spread, asOf: String(position) }
  return `/api/v1/reports/reconciliation?${new URLSearchParams(asked)}`
}
