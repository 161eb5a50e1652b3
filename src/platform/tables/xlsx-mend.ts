/**
 * What has to be put right in the parts that exceljs wrote. It writes a link inside the workbook as an
 * external file named `#'Sheet'!A1`, which Excel tolerates and other readers open as a missing file:
 * here it becomes a location. And every formula is checked for its cached result, zero, false and ''
 * included, since one without is a blank cell in Protected View.
 */
const sheetPart = /^xl\/worksheets\/sheet\d+\.xml$/
const formulaWithoutResult = /<f(?: [^>]*)?\/>|<\/f>(?!<v>[^<]*<\/v>)/
const hyperlink = /<hyperlink ref="([A-Z]+\d+)" r:id="([^"]+)"[^>]*\/>/g
const innerLink =
  /<Relationship Id="([^"]+)" Type="[^"]*\/hyperlink" Target="#([^"]*)" TargetMode="External"\/>/g

/** Changes the parts it is given. */
export function mendParts(parts: Map<string, string>): void {
  for (const [name, xml] of [...parts]) {
    if (!sheetPart.test(name)) {
      continue
    }
    if (formulaWithoutResult.test(xml)) {
      throw new Error(`${name}: a formula has no cached result`)
    }
    const relationsName = name.replace('worksheets/', 'worksheets/_rels/').concat('.rels')
    const relations = parts.get(relationsName)
    if (relations !== undefined) {
      parts.set(name, mendLinks(xml, innerLocations(relations)))
      mendRelations(parts, relationsName, relations.replace(innerLink, ''))
    }
  }
}

function innerLocations(relations: string): Map<string, string> {
  const locations = new Map<string, string>()
  for (const [, id = '', location = ''] of relations.matchAll(innerLink)) {
    locations.set(id, location)
  }
  return locations
}

const mendLinks = (xml: string, locations: ReadonlyMap<string, string>): string =>
  xml.replace(hyperlink, (_, ref: string, id: string) => {
    const location = locations.get(id)
    return location === undefined
      ? `<hyperlink ref="${ref}" r:id="${id}"/>`
      : `<hyperlink ref="${ref}" location="${location}"/>`
  })

function mendRelations(parts: Map<string, string>, name: string, kept: string): void {
  if (kept.includes('Target="#')) {
    throw new Error(`${name}: a link inside the workbook was not recognized`)
  }
  if (kept.includes('<Relationship ')) {
    parts.set(name, kept)
  } else {
    parts.delete(name)
  }
}
