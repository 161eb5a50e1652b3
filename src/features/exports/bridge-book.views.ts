import type { Language } from '#core/language.ts'
import { type Money, sum } from '#core/money.ts'
import { rowWords } from '#features/reconciliation/bridge.table.ts'
import { type Bridge, type BridgeColumn, bridgeColumns } from '#features/reconciliation/bridge.ts'
import { formatAmount } from '#platform/i18n/format.ts'
import type { SheetCell, SheetChart, Workbook } from '#platform/tables/workbook.ts'
import type { BookSheet, Places } from './book.views.ts'
import { textOr, words } from './cells.views.ts'
import type { Check } from './checks.views.ts'
import { type CoverItem, fact } from './cover.views.ts'
import { amountFormula, computed, rounded, sumAcross, sumOf, sumWhere } from './formulas.views.ts'
import { parameterItems } from './parameter-items.views.ts'
import { mapCells, reportCells } from './report-cells.views.ts'
import { type CellsByKey, drawn, type SheetPlan } from './sheet-plan.views.ts'
import { workbookOf } from './workbook.views.ts'
import { type DescribedColumn, described } from './workbook-columns.ts'
import type { WorkbookSources } from './workbook-sources.ts'
import { describeColumn, type Meanings } from './workbook-summary.ts'
import { everyReader, said, sheetNames, undistributedWords } from './workbook-words.ts'

/**
 * The way from one position to another, each row a sum of what its cause moved, cell by cell: the
 * opening's own cells first. Opening and closing are set against the two reconciliations.
 */
export interface BridgeSources extends WorkbookSources {
  readonly bridge: Bridge
}

type Role = 'bridge' | 'effects'
type Item = CoverItem<Places<Role>>

export const bridgeBook = (sources: BridgeSources, language: Language): Workbook =>
  workbookOf<Role>({
    sources,
    language,
    question: parameterItems(sources.report, language),
    audience: everyReader,
    control: controlItems(sources, language),
    sheets: [bridgeSheet(sources, language), effectsSheet(sources, language)],
    checks: bridgeColumns.flatMap((column) => columnChecks(sources, column)),
  })

const ends = ['opening', 'closing'] as const
type End = (typeof ends)[number]

const amountAt = ({ rows }: Bridge, end: End, column: BridgeColumn): Money => {
  const found = rows.find(({ key }) => key === end)
  if (found === undefined) {
    throw new RangeError(`a bridge has its ${end}`)
  }
  return found.amounts[column]
}

const controlItems = ({ bridge, report }: BridgeSources, language: Language): readonly Item[] =>
  ends.flatMap((end) =>
    bridgeColumns.map((column) => {
      const { fr, en } = labelOf(report, column)
      const [start, stop] = [rowWords[end].fr, rowWords[end].en]
      return fact(
        `control.${end}.${column}`,
        said({ fr: `${start} : ${fr}`, en: `${stop}: ${en}` }, language),
        { amount: amountAt(bridge, end, column) },
      )
    }),
  )

const labelOf = ({ table }: BridgeSources['report'], key: string) =>
  table.columns.find((column) => column.key === key)?.label ?? { fr: key, en: key }

function columnChecks(
  { bridge, report }: BridgeSources,
  column: BridgeColumn,
): readonly Check<Places<Role>>[] {
  const { fr, en } = labelOf(report, column)
  const check = (end: End, address: (places: Places<Role>) => string): Check<Places<Role>> => {
    const amount = amountAt(bridge, end, column)
    return {
      what: {
        fr: `${rowWords[end].fr}, ${fr.toLowerCase()} : somme des cellules = rapprochement de cette position`,
        en: `${rowWords[end].en}, ${en.toLowerCase()}: sum of the cells = reconciliation of that position`,
      },
      left: (places) => amountFormula(address(places), amount),
      right: ({ onCover }) => amountFormula(onCover(`control.${end}.${column}`), amount),
    }
  }
  return [
    check('opening', ({ bridge: sheet }) => sheet.cell(column, 0)),
    check('closing', ({ bridge: sheet }) => sheet.total(column)),
  ]
}

const own: Meanings = new Map([
  ['key', ['Code de la cause.', 'Code of the cause.']],
  [
    'label',
    ['Première cause qui convient à chaque écriture.', 'The first cause that fits each entry.'],
  ],
  ['planned', ['Ce que la cause a ajouté au prévu.', 'What the cause added to planned.']],
  ['committed', ['Ce que la cause a ajouté à l’engagé.', 'What the cause added to committed.']],
  ['spent', ['Ce que la cause a ajouté au dépensé.', 'What the cause added to spent.']],
  ['lapsed', ['Ce que la cause a ajouté au périmé.', 'What the cause added to lapsed.']],
  ['available', ['Prévu − engagé − dépensé − périmé.', 'Planned − committed − spent − lapsed.']],
  [
    'ownResources',
    ['Ce que la cause a ajouté aux ressources propres.', 'What the cause added to own resources.'],
  ],
  ['href', ['Adresse de la liste des écritures.', 'Address of the list of entries.']],
])

function bridgeSheet({ report, bridge }: BridgeSources, language: Language): BookSheet<Role> {
  const { columns, rows } = report.table
  const body = rows.filter(({ role }) => role !== 'total')
  const closing = rows.find(({ role }) => role === 'total')
  const plan: SheetPlan = {
    name: sheetNames.bridge[language],
    kind: 'table',
    title: said(report.title, language),
    intro: [],
    columns: columns.map((column) => ({
      ...describeColumn(column, own),
      ...(column.key === 'href' ? { width: 40 } : {}),
    })),
    rowCount: body.length,
    hasTotal: true,
    charts: [chartOf(bridge, language)],
  }
  return {
    role: 'bridge',
    name: sheetNames.bridge,
    plan,
    draw: ({ bridge: { at }, effects }) => {
      const formulaOf = (key: string, cell: (of: string) => string, whole: string): string =>
        key === 'available'
          ? rounded(`${cell('planned')}-${sumAcross(cell('committed'), cell('lapsed'))}`)
          : whole
      return drawn(
        plan,
        language,
        body.map((row, index) => {
          const cell = (key: string): string => at.cell(key, index)
          return mapCells(reportCells(columns, row, language), (value, key) => {
            const isSum = bridgeColumns.some((column) => column === key) && key !== 'available'
            const whole = isSum
              ? rounded(sumWhere(effects.range(key), effects.range('key'), cell('key')))
              : ''
            return computed(value, formulaOf(key, cell, whole))
          })
        }),
        closing === undefined
          ? undefined
          : mapCells(reportCells(columns, closing, language), (value, key) =>
              computed(value, formulaOf(key, at.total, rounded(sumOf(at.range(key))))),
            ),
      )
    },
  }
}

/** Without the opening, beside which nothing else would be seen. */
function chartOf(bridge: Bridge, language: Language): SheetChart {
  const shown = (end: End, column: BridgeColumn) =>
    formatAmount(amountAt(bridge, end, column), language)
  return {
    kind: 'bars',
    title: said({ fr: 'Ce que chaque cause a déplacé', en: 'What each cause moved' }, language),
    alt: said(
      {
        fr: `Deux barres par cause : prévu et dépensé déplacés. Prévu : de ${shown('opening', 'planned')} à ${shown('closing', 'planned')}; dépensé : de ${shown('opening', 'spent')} à ${shown('closing', 'spent')}.`,
        en: `Two bars a cause: planned and spent moved. Planned: from ${shown('opening', 'planned')} to ${shown('closing', 'planned')}; spent: from ${shown('opening', 'spent')} to ${shown('closing', 'spent')}.`,
      },
      language,
    ),
    categories: 'label',
    series: ['planned', 'spent'],
    rowsSkipped: 1,
  }
}

const moved = bridgeColumns.filter((column) => column !== 'available')

const effectColumns = (report: BridgeSources['report']): readonly DescribedColumn[] => [
  described(
    'key',
    ['Code de la cause', 'Cause’s code'],
    ['Ligne du passage qui additionne la cellule.', 'Row of the bridge that adds the cell up.'],
  ),
  described('cause', ['Cause', 'Cause'], ['La cause en mots.', 'The cause in words.']),
  described(
    'envelope',
    ['Enveloppe', 'Envelope'],
    ['Code de l’enveloppe.', 'Code of the envelope.'],
  ),
  described('measure', ['Mesure', 'Measure'], ['Code de la mesure.', 'Code of the measure.']),
  described(
    'organization',
    ['Organisme', 'Organization'],
    ['Organisme de la cellule.', 'Organization of the cell.'],
  ),
  described(
    'fiscalYear',
    ['Exercice', 'Fiscal year'],
    ['Exercice de la cellule.', 'Fiscal year of the cell.'],
  ),
  ...moved.map((column) => {
    const { fr, en } = labelOf(report, column)
    return described(
      column,
      [fr, en],
      ['Ce que la cause a ajouté à la cellule.', 'What the cause added to the cell.'],
    )
  }),
]

function effectsSheet({ report, bridge }: BridgeSources, language: Language): BookSheet<Role> {
  const title = {
    fr: 'Ce que chaque cause a déplacé, cellule par cellule',
    en: 'What each cause moved, cell by cell',
  }
  const plan: SheetPlan = {
    name: sheetNames.effects[language],
    kind: 'table',
    title: said(title, language),
    intro: [],
    columns: effectColumns(report),
    rowCount: bridge.cells.length,
    hasTotal: true,
  }
  return {
    role: 'effects',
    name: sheetNames.effects,
    plan,
    draw: ({ effects: { at } }) =>
      drawn(
        plan,
        language,
        bridge.cells.map((cell) => ({
          key: { text: cell.key },
          cause: words(rowWords[cell.key], language),
          envelope: textOr(cell.envelope, 'not-applicable'),
          measure: textOr(cell.measure),
          organization: { text: cell.organization },
          fiscalYear:
            cell.fiscalYear === null
              ? words(undistributedWords, language)
              : { text: cell.fiscalYear },
          ...amountCells((column) => ({ amount: cell.amounts[column] })),
        })),
        {
          ...Object.fromEntries(plan.columns.map(({ key }) => [key, { empty: true } as const])),
          key: { text: 'Total' },
          ...amountCells((column) =>
            amountFormula(
              rounded(sumOf(at.range(column))),
              sum(bridge.cells.map(({ amounts }) => amounts[column])),
            ),
          ),
        },
      ),
  }
}

const amountCells = (cellOf: (column: BridgeColumn) => SheetCell): CellsByKey =>
  Object.fromEntries(moved.map((column) => [column, cellOf(column)]))
