import { compareFiscalYears, type FiscalYear } from '#core/fiscal-year.ts'
import {
  amount,
  type Column,
  type ColumnType,
  type Table,
  table,
  text,
  words,
} from '#core/table.ts'
import { type Balances, headroomOf } from '#features/funding/ceiling.ts'
import { type Envelope, termYears } from '#features/funding/envelope.ts'
import { headroom } from '#features/journal/headroom.ts'
import type { Measure } from '#features/programmes/measure.ts'
import { shownWords } from '#features/programmes/plan-json.ts'
import type { Axis } from '#features/programmes/programme.ts'
import { fundingWords, undistributedWords } from './workbook-words.ts'

/** The plan as it was published, as tables of its pages. */
const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

export const measuresTitle = { fr: 'Mesures du plan', en: 'Measures of the plan' }

/** In the order of the plan. The budget is quoted: a shared one is the same for all its members. */
export const measuresTable = (measures: readonly Measure[], axes: readonly Axis[]): Table =>
  table({
    name: 'measures',
    title: measuresTitle,
    columns: [
      column('key', 'Code', 'Code'),
      column('label', 'Intitulé', 'Title'),
      column('axis', 'Axe ou volet', 'Axis'),
      column('leads', 'Porteurs', 'Leads', 'words'),
      column('funding', 'Financement', 'Funding'),
      column('envelopes', 'Enveloppes', 'Envelopes', 'words'),
      column('budget', 'Budget tel que publié', 'Budget as published'),
    ],
    rows: measures.map((measure) => ({
      role: 'data' as const,
      cells: [
        text(measure.code),
        text(measure.title),
        text(axes.find(({ code }) => code === measure.axis)?.title ?? measure.axis),
        words(measure.leads),
        text(fundingWords[measure.funding]),
        words(measure.envelopes),
        text(shownWords(measure.source.quote)),
      ],
    })),
  })

interface Standing {
  readonly envelope: Envelope
  readonly balances: Balances
}

/** What each year can still bear, and what is not distributed to any. */
export function headroomTable(standing: Standing): Table {
  const { envelope, balances } = standing
  const term = termYears(envelope)
  const dated = [...balances.byYear.keys()].filter((year) => year !== null)
  const years = [...new Set<FiscalYear>([...term, ...dated])].sort(compareFiscalYears)
  const common = headroom({ termYears: term, byYear: balances.byYear }, null)
  return table({
    name: 'headroom',
    title: { fr: 'Marge par exercice', en: 'Headroom by fiscal year' },
    columns: [
      column('key', 'Exercice', 'Fiscal year'),
      column('available', 'Disponible', 'Available', 'amount'),
      column('headroom', 'Marge', 'Headroom', 'amount'),
    ],
    rows: [
      ...years.map((year) => {
        const { availableInYear, amount: room } = headroomOf(envelope, balances, year)
        return {
          role: 'data' as const,
          cells: [text(year), amount(availableInYear), amount(room)],
        }
      }),
      ...(term.length === 0
        ? []
        : [
            {
              role: 'data' as const,
              cells: [
                text(undistributedWords),
                amount(common.undistributed),
                amount(common.amount),
              ],
            },
          ]),
    ],
  })
}
