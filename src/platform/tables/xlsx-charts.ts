import { layoutOf, type SheetLayout } from './sheet-layout.ts'
import type { SheetChart, Workbook } from './workbook.ts'
import { chartXml, escapeXml } from './xlsx-chart-xml.ts'

/**
 * Charts are added to the parts that exceljs wrote, which has none: a part a chart, a drawing a sheet
 * that says where they stand and what they show in words, the relations between them, and their
 * types. A sheet names its drawing before its tables: the order of its elements is prescribed. They
 * stand beside the first column, which is repeated on each page of a wide sheet with what is over it.
 */
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006/relationships'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const pointsPerLine = 15
const emuPerPoint = 12_700
/** As high as the lines that the layout keeps for it, and as wide as a page of letter paper is. */
const height = 20 * pointsPerLine * emuPerPoint
const width = 9_600_000

/** Changes the parts it is given. */
export function addCharts(parts: Map<string, string>, { sheets, language }: Workbook): void {
  let charted = 0
  for (const [index, sheet] of sheets.entries()) {
    const { charts = [] } = sheet
    if (charts.length === 0) {
      continue
    }
    const layout = layoutOf(sheet)
    const numbers = charts.map((chart) => {
      charted += 1
      const name = `xl/charts/chart${charted}.xml`
      parts.set(name, head + chartXml(chart, sheet, layout, language))
      addType(parts, name, 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml')
      return charted
    })
    const drawing = `drawing${index + 1}.xml`
    parts.set(`xl/drawings/${drawing}`, drawingXml(charts, layout))
    parts.set(
      `xl/drawings/_rels/${drawing}.rels`,
      relationsXml(numbers.map((number, at) => relation(at, number))),
    )
    addType(
      parts,
      `xl/drawings/${drawing}`,
      'application/vnd.openxmlformats-officedocument.drawing+xml',
    )
    referTo(parts, index + 1, drawing)
  }
}

const relation = (at: number, chart: number): string =>
  `<Relationship Id="rId${at + 1}" Type="${office}/chart" Target="../charts/chart${chart}.xml"/>`

const relationsXml = (relations: readonly string[]): string =>
  `${head}<Relationships xmlns="${packages}">${relations.join('')}</Relationships>`

function drawingXml(charts: readonly SheetChart[], layout: SheetLayout): string {
  const frames = charts.map(({ title, alt }, at) =>
    [
      '<xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>95250</xdr:colOff>',
      `<xdr:row>${layout.chartRow(at) - 1}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>`,
      `<xdr:ext cx="${width}" cy="${height}"/><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>`,
      `<xdr:cNvPr id="${at + 2}" name="${escapeXml(title)}" descr="${escapeXml(alt)}"/>`,
      '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>',
      '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>',
      '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">',
      `<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId${at + 1}"/>`,
      '</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>',
    ].join(''),
  )
  return [
    head,
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"',
    ` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${office}">`,
    ...frames,
    '</xdr:wsDr>',
  ].join('')
}

function addType(parts: Map<string, string>, name: string, type: string): void {
  replaceIn(
    parts,
    '[Content_Types].xml',
    '</Types>',
    (end) => `<Override PartName="/${name}" ContentType="${type}"/>${end}`,
  )
}

function referTo(parts: Map<string, string>, number: number, drawing: string): void {
  const sheet = `xl/worksheets/sheet${number}.xml`
  const relations = `xl/worksheets/_rels/sheet${number}.xml.rels`
  const own = `<Relationship Id="rIdDrawing" Type="${office}/drawing" Target="../drawings/${drawing}"/>`
  if (parts.has(relations)) {
    replaceIn(parts, relations, '</Relationships>', (end) => own + end)
  } else {
    parts.set(relations, relationsXml([own]))
  }
  replaceIn(
    parts,
    sheet,
    /<tableParts|<\/worksheet>/,
    (next) => `<drawing r:id="rIdDrawing"/>${next}`,
  )
}

/** @throws Error when the part is not as exceljs 4.4 writes it. */
function replaceIn(
  parts: Map<string, string>,
  name: string,
  place: string | RegExp,
  into: (found: string) => string,
): void {
  const before = parts.get(name) ?? ''
  const after = before.replace(place, into)
  if (after === before) {
    throw new Error(`${name}: no place for a chart`)
  }
  parts.set(name, after)
}
