import { calendarDate } from '#core/calendar-date.ts'
import type { Language } from '#core/language.ts'
import { isZero, type Money, money, percentOf, subtract, sum } from '#core/money.ts'
import { layoutOf, linkTarget, sheetReference, textLiteral } from '#platform/tables/sheet-layout.ts'
import type { Sheet, SheetCell, Workbook } from '#platform/tables/workbook.ts'

/**
 * A workbook as a report makes one: a detail, a summary that adds it up by formulas, checks that must
 * be zero, a cover. The cached results come from exact amounts, so that a second engine which
 * computes the formulas itself has something to agree with.
 */
const details: readonly { code: string; day: string; cents: Money; shared: boolean }[] = [
  { code: 'A-1', day: '2025-04-01', cents: money('0.10'), shared: false },
  { code: 'A-1', day: '2025-06-15', cents: money('0.20'), shared: true },
  { code: 'A-2', day: '2026-03-31', cents: money('2903063.01'), shared: false },
  { code: 'A-2', day: '2025-12-31', cents: money('-12.50'), shared: true },
]
const plans = [
  { code: 'A-1', planned: money('0.30') },
  { code: 'A-2', planned: money('3000000.00') },
  { code: 'A-3', planned: money('0.00') },
]

const spentOn = (code: string): Money =>
  sum(details.filter((detail) => detail.code === code).map((detail) => detail.cents))
const spentTotal = sum(details.map((detail) => detail.cents))
const plannedTotal = sum(plans.map((plan) => plan.planned))

const detailColumns = [
  { key: 'code', header: 'Code' },
  { key: 'day', header: 'Date' },
  { key: 'amount', header: 'Montant' },
  { key: 'shared', header: 'Partagé' },
  { key: 'page', header: 'Page' },
]
const detailShape = { columns: detailColumns, rows: details }
const detailAt = layoutOf(detailShape)
const detailRange = (key: string): string => sheetReference('Dépenses', detailAt.range(key))

const summaryColumns = [
  { key: 'code', header: 'Code' },
  { key: 'planned', header: 'Prévu' },
  { key: 'spent', header: 'Dépensé' },
  { key: 'variance', header: 'Écart' },
  { key: 'percent', header: '% dépensé' },
  { key: 'lines', header: 'Lignes' },
  { key: 'within', header: 'Dans le budget' },
  { key: 'first', header: 'Première date' },
]
const intro = ['Montants en dollars canadiens.', '=ceci est du texte']
const summaryAt = layoutOf({ columns: summaryColumns, rows: plans, intro, totalRow: true })

function detail(): Sheet {
  return {
    name: 'Dépenses',
    kind: 'table',
    title: 'Dépenses',
    columns: detailColumns,
    rows: details.map(({ code, day, cents, shared }, index) => [
      { text: code },
      { date: calendarDate(day) },
      { amount: cents },
      { boolean: shared },
      {
        link: {
          target: `/fr/lignes/${index + 1}?a=b&c=d`,
          text: 'voir',
        },
      },
    ]),
  }
}

function summary(): Sheet {
  const rows = plans.map(({ code, planned }, index): SheetCell[] => {
    const at = (key: string): string => summaryAt.cell(key, index)
    const spent = spentOn(code)
    const percent = percentOf(spent, planned)
    const lines = details.filter((line) => line.code === code)
    return [
      { link: { target: linkTarget('Dépenses', 'A3'), text: code } },
      { amount: planned },
      {
        formula: `ROUND(SUMIFS(${detailRange('amount')},${detailRange('code')},${at('code')}),2)`,
        result: { amount: spent },
      },
      {
        formula: `ROUND(${at('planned')}-${at('spent')},2)`,
        result: { amount: subtract(planned, spent) },
      },
      {
        formula: `IF(${at('planned')}=0,"",ROUND(${at('spent')}/${at('planned')}*100,2))`,
        result: percent === null ? { text: '' } : { percent },
        as: 'percent',
      },
      {
        formula: `COUNTIF(${detailRange('code')},${at('code')})`,
        result: { count: lines.length },
      },
      { formula: `${at('spent')}<=${at('planned')}`, result: { boolean: true } },
      lines[0] === undefined
        ? { missing: 'absent' }
        : {
            formula: `INDEX(${detailRange('day')},MATCH(${at('code')},${detailRange('code')},0))`,
            result: { date: calendarDate(lines[0].day) },
          },
    ]
  })
  const total = (key: string, amount: Money): SheetCell => ({
    formula: `ROUND(SUM(${summaryAt.range(key)}),2)`,
    result: { amount },
  })
  return {
    name: 'Sommaire',
    kind: 'table',
    title: 'Sommaire',
    intro,
    columns: summaryColumns,
    rows,
    totalRow: [
      { text: 'Total' },
      total('planned', plannedTotal),
      total('spent', spentTotal),
      total('variance', subtract(plannedTotal, spentTotal)),
      { percent: percentOf(spentTotal, plannedTotal) ?? '0.00' },
      { count: details.length },
      { boolean: true },
      { empty: true },
    ],
  }
}

function checks(): Sheet {
  const difference = subtract(spentTotal, spentTotal)
  const columns = [
    { key: 'what', header: 'Contrôle' },
    { key: 'difference', header: 'Différence' },
    { key: 'verdict', header: 'Verdict' },
  ]
  const at = layoutOf({ columns, rows: { length: 2 } })
  const verdict = (index: number): SheetCell => ({
    formula: `IF(${at.cell('difference', index)}=0,${textLiteral('juste "0"')},"écart")`,
    result: { text: isZero(difference) ? 'juste "0"' : 'écart' },
  })
  const total = sheetReference('Sommaire', summaryAt.total('spent'))
  return {
    name: 'Contrôles',
    kind: 'facts',
    title: 'Contrôles',
    columns,
    rows: [
      [
        { text: 'Sommaire = détail' },
        {
          formula: `ROUND(${total}-SUM(${detailRange('amount')}),2)`,
          result: { amount: difference },
        },
        verdict(0),
      ],
      [
        { text: 'Sommaire = registre' },
        { formula: `ROUND(${total}-2903050.81,2)`, result: { amount: difference } },
        verdict(1),
      ],
    ],
  }
}

export const sampleWorkbook = (language: Language = 'fr'): Workbook => ({
  language,
  title: 'Rapport & <contrôle>',
  creator: 'Vigie',
  instant: '2026-04-01T03:59:59Z',
  sheets: [checks(), summary(), detail()],
})
