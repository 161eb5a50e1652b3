import type { Language } from '#core/language.ts'
import { localeOf } from '#platform/i18n/format.ts'
import { absolute, type SheetLayout, sheetReference } from './sheet-layout.ts'
import type { Sheet, SheetChart } from './workbook.ts'
import { type FileCell, type FileScalar, fileCell } from './xlsx-cells.ts'

/**
 * A native chart as DrawingML: it names cells and holds what they show, so that a program that only
 * previews has something to draw. Series differ by pattern, marker and dash as well as by colour.
 */
export function chartXml(
  chart: SheetChart,
  sheet: Sheet,
  layout: SheetLayout,
  language: Language,
): string {
  const drawing: Drawing = { chart, sheet, layout, language }
  const lang = localeOf(language)
  return [
    '<c:chartSpace',
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"',
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">',
    `<c:date1904 val="0"/><c:lang val="${lang}"/><c:roundedCorners val="0"/><c:chart>`,
    `<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr>`,
    `<a:r><a:rPr lang="${lang}" sz="1200" b="1"/><a:t>${escapeXml(chart.title)}</a:t></a:r>`,
    '</a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>',
    `<c:plotArea><c:layout/>${plotXml(drawing)}${axesXml(drawing)}</c:plotArea>`,
    '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>',
    '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>',
    '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></c:spPr>',
    '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr>',
    `<a:endParaRPr lang="${lang}"/></a:p></c:txPr></c:chartSpace>`,
  ].join('')
}

export const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

interface Drawing {
  readonly chart: SheetChart
  readonly sheet: Sheet
  readonly layout: SheetLayout
  readonly language: Language
}

function plotXml(drawing: Drawing): string {
  const { kind, series } = drawing.chart
  const drawn = series.map((key, place) => seriesXml(drawing, key, place)).join('')
  const axes = '<c:axId val="1"/><c:axId val="2"/>'
  if (kind === 'lines') {
    return `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${drawn}<c:marker val="1"/>${axes}</c:lineChart>`
  }
  const direction = kind === 'bars' ? 'bar' : 'col'
  return `<c:barChart><c:barDir val="${direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>${drawn}<c:gapWidth val="60"/>${axes}</c:barChart>`
}

const looks = [
  { colour: '0B4F9E', pattern: null, marker: 'circle', dash: 'solid' },
  { colour: 'B45F06', pattern: 'wdUpDiag', marker: 'square', dash: 'dash' },
  { colour: '2E7D32', pattern: 'pct40', marker: 'triangle', dash: 'sysDot' },
  { colour: '6A1B9A', pattern: 'horz', marker: 'diamond', dash: 'lgDashDot' },
  { colour: '37474F', pattern: 'lgGrid', marker: 'x', dash: 'sysDash' },
] as const

function seriesXml(drawing: Drawing, key: string, place: number): string {
  const { chart, sheet, layout } = drawing
  const header = sheet.columns.find((column) => column.key === key)?.header ?? ''
  const name = referenceXml(
    'str',
    sheetReference(sheet.name, absolute(`${layout.letter(key)}${layout.headerRow}`)),
    [header],
  )
  const isLine = chart.kind === 'lines'
  const look = looks[place % looks.length] ?? looks[0]
  return [
    `<c:ser><c:idx val="${place}"/><c:order val="${place}"/><c:tx>${name}</c:tx>`,
    isLine ? lineXml(look) : `${fillXml(look)}<c:invertIfNegative val="0"/>`,
    `<c:cat>${cellsXml(drawing, chart.categories, 'str')}</c:cat>`,
    `<c:val>${cellsXml(drawing, key, 'num')}</c:val>`,
    isLine ? '<c:smooth val="0"/>' : '',
    '</c:ser>',
  ].join('')
}

type Look = (typeof looks)[number]

const solid = (colour: string): string => `<a:solidFill><a:srgbClr val="${colour}"/></a:solidFill>`

const fillXml = ({ colour, pattern }: Look): string =>
  `<c:spPr>${
    pattern === null
      ? solid(colour)
      : `<a:pattFill prst="${pattern}"><a:fgClr><a:srgbClr val="${colour}"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>`
  }<a:ln w="9525">${solid(colour)}</a:ln></c:spPr>`

const lineXml = ({ colour, marker, dash }: Look): string =>
  `<c:spPr><a:ln w="28575">${solid(colour)}<a:prstDash val="${dash}"/></a:ln></c:spPr><c:marker><c:symbol val="${marker}"/><c:size val="7"/><c:spPr>${solid(colour)}</c:spPr></c:marker>`

/** The column's cells of the rows that the chart shows, as an address and as what they show. */
function cellsXml(drawing: Drawing, key: string, kind: 'str' | 'num'): string {
  const { sheet, layout } = drawing
  const shown = shownCells(drawing, key)
  const first = layout.firstDataRow + (drawing.chart.rowsSkipped ?? 0)
  const letter = layout.letter(key)
  const range = absolute(`${letter}${first}:${letter}${first + shown.length - 1}`)
  return referenceXml(kind, sheetReference(sheet.name, range), shown)
}

function shownCells(drawing: Drawing, key: string): readonly (FileScalar | null)[] {
  const { chart, sheet, language } = drawing
  const at = sheet.columns.findIndex((column) => column.key === key)
  return chartedRows(chart, sheet).map((row) => {
    const cell = row[at]
    return cell === undefined ? null : shownValue(fileCell(cell, language))
  })
}

/** The rows of its sheet that a chart shows. */
export function chartedRows(
  { rowsSkipped = 0, rowsMax }: SheetChart,
  { rows }: Sheet,
): Sheet['rows'] {
  return rows.slice(rowsSkipped, rowsMax === undefined ? undefined : rowsSkipped + rowsMax)
}

function shownValue({ value }: FileCell): FileScalar | null {
  if (value === null || typeof value !== 'object') {
    return value
  }
  return 'formula' in value ? value.result : value.text
}

/** A sign for "missing" is no number: the point is left out, as an empty cell's would be. */
function referenceXml(
  kind: 'str' | 'num',
  address: string,
  values: readonly (FileScalar | null)[],
): string {
  const points = values.map((value, index) =>
    value === null || (kind === 'num' && typeof value !== 'number')
      ? ''
      : `<c:pt idx="${index}"><c:v>${escapeXml(String(value))}</c:v></c:pt>`,
  )
  const format = kind === 'num' ? '<c:formatCode>General</c:formatCode>' : ''
  return `<c:${kind}Ref><c:f>${escapeXml(address)}</c:f><c:${kind}Cache>${format}<c:ptCount val="${values.length}"/>${points.join('')}</c:${kind}Cache></c:${kind}Ref>`
}

function axesXml(drawing: Drawing): string {
  const isAcross = drawing.chart.kind === 'bars'
  const tail = '<c:crosses val="autoZero"/>'
  return [
    // The first category on top, where a table has it.
    `<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="${isAcross ? 'maxMin' : 'minMax'}"/></c:scaling>`,
    `<c:delete val="0"/><c:axPos val="${isAcross ? 'l' : 'b'}"/><c:majorTickMark val="none"/>`,
    '<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="2"/>',
    `${tail}<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>`,
    '<c:noMultiLvlLbl val="1"/></c:catAx>',
    '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling>',
    `<c:delete val="0"/><c:axPos val="${isAcross ? 'b' : 'l'}"/>`,
    '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D0D5DC"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>',
    `<c:numFmt formatCode="${escapeXml(axisFormat(drawing))}" sourceLinked="0"/>`,
    '<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>',
    `<c:crossAx val="1"/>${isAcross ? '<c:crosses val="max"/>' : tail}<c:crossBetween val="between"/></c:valAx>`,
  ].join('')
}

const million = 1_000_000

/** Counts as they are; amounts in millions where one reaches a million. */
function axisFormat(drawing: Drawing): string {
  const { chart, sheet, language } = drawing
  const columns = chart.series.map((key) => sheet.columns.findIndex((each) => each.key === key))
  const cells = chartedRows(chart, sheet).flatMap((row) => columns.flatMap((at) => row[at] ?? []))
  const drawn = cells.map((cell) => fileCell(cell, language))
  if (!drawn.some(({ look }) => look === 'amount')) {
    return '#,##0'
  }
  const isLarge = drawn.some((cell) => {
    const value = shownValue(cell)
    return typeof value === 'number' && Math.abs(value) >= million
  })
  const [fr, en] = isLarge ? ['#,##0.0,,\\ "M$"', '"$"#,##0.0,,"M"'] : ['#,##0\\ "$"', '"$"#,##0']
  return language === 'fr' ? fr : en
}
