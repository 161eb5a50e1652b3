import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import {
  amount,
  type CellValue,
  type Column,
  type ColumnType,
  missing,
  type Table,
  table,
  text,
} from '#core/table.ts'
import { type Cause, type Run, runName } from './run.ts'
import type { TieOut } from './tie-out.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('key', 'Code', 'Key'),
  column('label', 'Ligne', 'Line'),
  column('extract', 'Extrait', 'Extract', 'amount'),
  column('journal', 'Journal', 'Journal', 'amount'),
  column('difference', 'Écart', 'Difference', 'amount'),
]

export const causeNames: Readonly<Record<Cause, Bilingual>> = {
  timing: { fr: 'décalage de dates', en: 'timing' },
  'not-in-ledger': { fr: 'absent du grand livre', en: 'not in the ledger' },
  'not-in-service': { fr: 'absent du service', en: 'not in the service' },
  duplicate: { fr: 'doublon', en: 'duplicate' },
  amount: { fr: 'montant', en: 'amount' },
  'wrong-fiscal-year': { fr: 'mauvais exercice', en: 'wrong fiscal year' },
  'wrong-measure': { fr: 'mauvaise mesure', en: 'wrong measure' },
  'out-of-scope': { fr: 'hors du champ', en: 'out of scope' },
}

/**
 * Opening + period = matched + closing on each side, then the difference, cause by cause, to what is
 * left unexplained.
 */
export function tieOutTable(run: Run, tieOut: TieOut): Table {
  const { extract, journal, difference, explained, unexplained } = tieOut
  const absent = missing('not-applicable')
  const row = (key: string, label: Bilingual, cells: readonly CellValue[]) => ({
    role: 'data' as const,
    cells: [text(key), text(label), ...cells],
  })
  const sides = (fr: string, en: string, key: keyof TieOut['extract']) =>
    row(key, { fr, en }, [amount(extract[key]), amount(journal[key]), absent])
  const gap = (key: string, label: Bilingual, value: Money) =>
    row(key, label, [absent, absent, amount(value)])
  return table({
    name: 'tie-out',
    title: { fr: `Rapprochement ${runName(run)}`, en: `Tie-out ${runName(run)}` },
    columns,
    rows: [
      sides('Ouvert auparavant', 'Open before', 'opening'),
      sides('De la période', 'Of the period', 'period'),
      sides('Apparié', 'Matched', 'matched'),
      sides('Encore ouvert', 'Still open', 'closing'),
      gap(
        'difference',
        { fr: 'Écart : extrait moins journal', en: 'Difference: extract less journal' },
        difference,
      ),
      ...explained.map(({ cause, amount: explainedBy }) =>
        gap(cause, causeNames[cause], explainedBy),
      ),
      {
        ...gap('unexplained', { fr: 'Sans cause', en: 'Without a cause' }, unexplained),
        role: 'total' as const,
      },
    ],
  })
}
