import { describe, expect, test } from 'vitest'
import { mendParts } from '#platform/tables/xlsx-mend.ts'

const sheetName = 'xl/worksheets/sheet1.xml'
const relationsName = 'xl/worksheets/_rels/sheet1.xml.rels'
const relation = (id: string, kind: string, target: string): string =>
  `<Relationship Id="${id}" Type="http://x/${kind}" Target="${target}" TargetMode="External"/>`

const mended = (parts: Record<string, string>): Record<string, string> => {
  const map = new Map(Object.entries(parts))
  mendParts(map)
  return Object.fromEntries(map)
}

describe('the parts of a workbook', () => {
  test.each([
    '<c r="A1"><f>B1</f></c>',
    '<c r="A1"><f/></c>',
    '<c r="A1"><f t="shared" si="0"/></c>',
    '<c r="A1"><f>B1</f><v>1</v></c><c r="A2"><f>B1</f></c>',
    '<c r="A1"><f>B1</f><v/></c>',
  ])('cannot hold a formula without its cached result: %s', (xml) => {
    expect(() => mended({ [sheetName]: xml })).toThrow('a formula has no cached result')
  })

  test('may hold a result of nothing, and elements whose names start like a formula', () => {
    const parts = { [sheetName]: '<c r="A1" t="str"><f>B1</f><v></v></c><firstFooter/>' }
    expect(mended(parts)).toEqual(parts)
  })

  test('have their inner links turned into locations, and lose relations that are empty', () => {
    const links =
      '<hyperlink ref="A1" r:id="rId1" location="#&apos;É&apos;!A1"/><hyperlink ref="A2" r:id="rId2"/>'
    const inner = relation('rId1', 'hyperlink', '#&apos;É&apos;!$A$1')
    const outer = relation('rId2', 'hyperlink', '/fr')
    expect(mended({ [sheetName]: links, [relationsName]: `<R>${inner}${outer}</R>` })).toEqual({
      [sheetName]:
        '<hyperlink ref="A1" location="&apos;É&apos;!$A$1"/><hyperlink ref="A2" r:id="rId2"/>',
      [relationsName]: `<R>${outer}</R>`,
    })
    expect(mended({ [sheetName]: links, [relationsName]: `<R>${inner}</R>` })).not.toHaveProperty([
      relationsName,
    ])
  })

  test('cannot keep an inner link as an outside file', () => {
    const odd = '<Relationship Target="#x" Id="rId1"/>'
    expect(() => mended({ [sheetName]: '', [relationsName]: odd })).toThrow('not recognized')
  })
})
