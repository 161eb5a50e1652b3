import { describe, expect, test } from 'vitest'
import { comparisonWorkbook } from '#features/exports/comparison-workbook.views.ts'
import { compareWorkbooks } from '#platform/tables/compare-workbooks.ts'
import type { Difference } from '#platform/tables/difference.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { change, editedFile, type Parts, partOf, returnedHere } from '#test/support/returned.ts'
import { comparisonSources, eventfulRecord } from './workbooks.ts'

/** A workbook whose cells all say what the record says, and that reads otherwise. */
const described = comparisonWorkbook(comparisonSources(await eventfulRecord()), 'fr')
const bytes = await writeWorkbook(described)

const short = ({ sheet, cell, kind, file, record }: Difference): string =>
  `${sheet}!${cell} ${kind}: ${file} ≠ ${record}`

async function found(edit: (parts: Parts) => void): Promise<readonly string[]> {
  const returned = await returnedHere(editedFile(bytes, edit))
  const { listed, count } = await compareWorkbooks(described, returned, { listedMax: 1000 })
  expect(count).toBe(listed.length)
  return listed.map(short)
}

type Case = readonly [says: string, edit: (parts: Parts) => void, expected: readonly string[]]

/** Another style for one cell, made of the one that it has. */
function restyle(parts: Parts, [sheet, address]: readonly [string, string], style: NewStyle): void {
  const styles = parts.get('xl/styles.xml') ?? ''
  const part = partOf(parts, sheet)
  const before = new RegExp(`<c r="${address}" s="(\\d+)"`).exec(parts.get(part) ?? '')?.[1]
  const [, all = ''] = /<cellXfs[^>]*>(.*)<\/cellXfs>/s.exec(styles) ?? []
  const xfs = all.match(/<xf [^>]*?(?:\/>|>.*?<\/xf>)/gs) ?? []
  const own = xfs[Number(before)] ?? ''
  const { font = '', fill = '', code, xf = (text: string) => text } = style
  const ids = { font: count(styles, 'fonts', 'font'), fill: count(styles, 'fills', 'fill') }
  const made = xf(
    own
      .replace(/fontId="\d+"/, (all) => (font === '' ? all : `fontId="${ids.font}"`))
      .replace(/fillId="\d+"/, (all) => (fill === '' ? all : `fillId="${ids.fill}"`))
      .replace(/numFmtId="\d+"/, (all) => (code === undefined ? all : 'numFmtId="900"')),
  )
  parts.set(
    'xl/styles.xml',
    styles
      .replace('</numFmts>', () => `<numFmt numFmtId="900" formatCode="${code ?? '0'}"/></numFmts>`)
      .replace('</fonts>', () => `${font}</fonts>`)
      .replace('</fills>', () => `${fill}</fills>`)
      .replace('</cellXfs>', () => `${made}</cellXfs>`),
  )
  change(parts, part, (xml) =>
    xml.replace(`<c r="${address}" s="${before}"`, `<c r="${address}" s="${xfs.length}"`),
  )
}

interface NewStyle {
  readonly font?: string
  readonly fill?: string
  readonly code?: string
  readonly xf?: (xml: string) => string
}

const count = (styles: string, list: string, item: string): number =>
  (new RegExp(`<${list}[ >].*?</${list}>`, 's').exec(styles)?.[0] ?? '').split(`<${item}>`).length -
  1

const figure = ['Sommaire', 'B8'] as const
const styled = (says: string, style: NewStyle, expected: string): Case => [
  says,
  (parts) => restyle(parts, figure, style),
  [expected],
]
const hidden = 'Sommaire!B8 cell-hidden: hidden ≠ visible'
const shownBy = (file: string): string => `Sommaire!B8 format: ${file} ≠ #,##0.00"$"`

const cells: readonly Case[] = [
  styled('an amount shown in thousands', { code: '#,##0.00, \\$' }, shownBy('#,##0.00,"$"')),
  styled('an amount without its cents', { code: '#,##0\\ \\$' }, shownBy('#,##0"$"')),
  styled('a figure that shows as nothing', { code: ';;;' }, shownBy(';;;')),
  styled('a figure that shows as another', { code: '&quot;12,00 $&quot;' }, shownBy('"12,00$"')),
  styled(
    'a digit before the figure',
    { code: '&quot;9&quot;#,##0.00\\ \\$' },
    shownBy('"9"#,##0.00"$"'),
  ),
  styled(
    'negative amounts without their sign',
    { code: '#,##0.00\\ \\$;#,##0.00\\ \\$' },
    shownBy('#,##0.00"$";#,##0.00"$"'),
  ),
  styled('white on white', { font: '<font><sz val="11"/><color rgb="FFFFFFFF"/></font>' }, hidden),
  styled(
    'the white of the theme',
    { font: '<font><sz val="11"/><color theme="0"/></font>' },
    hidden,
  ),
  styled('nearly white', { font: '<font><sz val="11"/><color rgb="FFEEEEEE"/></font>' }, hidden),
  styled('letters of one point', { font: '<font><sz val="1"/></font>' }, hidden),
  styled(
    'black behind it',
    {
      fill: '<fill><patternFill patternType="solid"><fgColor rgb="FF111111"/></patternFill></fill>',
    },
    hidden,
  ),
  styled(
    'a figure repeated across its cell',
    {
      xf: (xml) =>
        xml
          .replace(/<xf ([^>]*)\/?>.*/s, '<xf $1><alignment horizontal="fill"/></xf>')
          .replace('/>' + '<align', '><align'),
    },
    hidden,
  ),
]

const same: readonly (readonly [says: string, style: NewStyle])[] = [
  ['quotes instead of escapes', { code: '#,##0.00&quot; $&quot;' }],
  ['sections that repeat the first', { code: '#,##0.00\\ \\$;-#,##0.00\\ \\$;#,##0.00\\ \\$;@' }],
  ['the sign of a locale', { code: '#,##0.00\\ [$$-C0C]' }],
  [
    'another readable colour and size',
    { font: '<font><sz val="9"/><color rgb="FF8B0000"/></font>' },
  ],
]

const onSheet = (edit: (xml: string) => string) => (parts: Parts) =>
  change(parts, partOf(parts, 'Sommaire'), edit)
const onChart = (edit: (xml: string) => string) => (parts: Parts) =>
  change(parts, 'xl/charts/chart1.xml', edit)
const onDrawing = (edit: (xml: string) => string) => (parts: Parts) =>
  change(parts, 'xl/drawings/drawing2.xml', edit)
const chart = (file: string, record: string): string => `Sommaire!B14 chart: ${file} ≠ ${record}`
const shape =
  '<xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>5</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="9" cy="9"/><xdr:sp><xdr:txBody><a:p><a:r><a:t>12,00</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>'

const drawn: readonly Case[] = [
  [
    'a chart that shows another column',
    onChart((xml) => xml.replace('$B$6', '$D$6')),
    [chart("val 'Sommaire'!$D$6:$B$11", "val 'Sommaire'!$B$6:$B$11")],
  ],
  [
    'a chart with another title',
    onChart((xml) => xml.replace('Québec et Canada', 'Québec')),
    [chart('Québec\u00a0: prévu et dépensé', 'Québec et Canada\u00a0: prévu et dépensé')],
  ],
  [
    'a chart of another kind',
    onChart((xml) => xml.replace('barDir val="col"', 'barDir val="bar"')),
    [chart('barDir bar', 'barDir col')],
  ],
  [
    'an axis that does not begin at zero',
    onChart((xml) =>
      xml.replaceAll(
        '<c:orientation val="minMax"/>',
        '<c:orientation val="minMax"/><c:min val="900000"/>',
      ),
    ),
    [chart('min 900000', 'orientation minMax')],
  ],
  [
    'an axis in other units',
    onChart((xml) => xml.replace('#,##0.0,,', '#,##0.0,')),
    [chart('format #,##0.0,"M$"', 'format #,##0.0,,"M$"')],
  ],
  [
    'a label that somebody typed',
    onChart((xml) =>
      xml.replace(
        '<c:invertIfNegative',
        '<c:dLbls><c:dLbl><c:tx><c:rich><a:p><a:r><a:t>12 M$</a:t></a:r></a:p></c:rich></c:tx></c:dLbl></c:dLbls><c:invertIfNegative',
      ),
    ),
    [chart('12 M$', "cat 'Sommaire'!$A$6:$A$11")],
  ],
  [
    'a chart bound to no cell',
    onChart((xml) =>
      xml
        .replace(/<c:numRef>.*?<c:ptCount/s, '<c:numLit><c:ptCount')
        .replace('</c:numCache></c:numRef>', '</c:numLit>'),
    ),
    [chart('29139384.99', "val 'Sommaire'!$B$6:$B$11")],
  ],
  [
    'a chart that is gone',
    onDrawing((xml) => xml.replace(/<xdr:oneCellAnchor>.*?<\/xdr:oneCellAnchor>/s, '')),
    [chart('null', 'Québec et Canada\u00a0: prévu et dépensé')],
  ],
  [
    'a chart laid over the figures',
    onDrawing((xml) => xml.replace(/<xdr:row>\d+/, '<xdr:row>5')),
    ['Sommaire!B6 chart: B6 ≠ B14'],
  ],
  [
    'a text box over a figure',
    onDrawing((xml) => xml.replace('</xdr:wsDr>', shape)),
    ['Sommaire!B6 drawing: B6 ≠ null'],
  ],
  [
    'zeros that are not shown',
    onSheet((xml) => xml.replace('<sheetView ', '<sheetView showZeros="0" ')),
    ['Sommaire!null view: showZeros ≠ null'],
  ],
  [
    'formulas in the place of figures',
    onSheet((xml) => xml.replace('<sheetView ', '<sheetView showFormulas="1" ')),
    ['Sommaire!null view: showFormulas ≠ null'],
  ],
  [
    'cells that look otherwise by what they hold',
    onSheet((xml) =>
      xml.replace(
        '</sheetData>',
        '</sheetData><conditionalFormatting sqref="B6:B9"><cfRule type="cellIs" dxfId="0" priority="1" operator="lessThan"><formula>0</formula></cfRule></conditionalFormatting>',
      ),
    ),
    ['Sommaire!B6:B9 conditional-format: B6:B9 ≠ null'],
  ],
  [
    'a row that is too low to read',
    onSheet((xml) => xml.replace(/<row r="6"[^>]*>/, '<row r="6" ht="0.5" customHeight="1">')),
    ['Sommaire!6:6 row-hidden: hidden ≠ visible'],
  ],
]

describe('what reads otherwise is named where it is', () => {
  test.each([...cells, ...drawn])('%s', async (_, edit, expected) => {
    expect(await found(edit)).toEqual(expected)
  })

  test.each(same)('%s reads the same', async (_, style) => {
    expect(await found((parts) => restyle(parts, figure, style))).toEqual([])
  })
})
