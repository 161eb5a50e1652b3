import { posix } from 'node:path'
import { elements, type ReadParts } from './read-parts.ts'

/**
 * What a program finds wrong before it offers a "repair": a part that is not XML, a part without a
 * type, a type or a relation of no part, a relation that is named and not there, a sheet whose
 * elements are out of order, a name that is given twice. One line each; none for a sound file.
 */
export function faultsOf(parts: ReadParts): readonly string[] {
  return [...typeFaults(parts), ...relationFaults(parts), ...sheetFaults(parts)]
}

const typesPart = '[Content_Types].xml'

function typeFaults(parts: ReadParts): readonly string[] {
  const types = parts.xml(typesPart)
  const endings = new Set(elements(types, 'Default').map(({ attributes }) => attributes.Extension))
  const named = elements(types, 'Override').map(({ attributes }) => attributes.PartName?.slice(1))
  const untyped = parts.names
    .filter((name) => name !== typesPart && !named.includes(name))
    // The default of xml says no more than that it is XML.
    .filter((name) => !(name.endsWith('.rels') && endings.has('rels')))
  return [
    ...untyped.map((name) => `${name}: no type`),
    ...named.filter((name) => !parts.names.includes(name ?? '')).map((name) => `${name}: no part`),
    ...(new Set(named).size === named.length ? [] : ['a type is given twice']),
  ]
}

function relationFaults(parts: ReadParts): readonly string[] {
  return parts.names
    .filter((name) => name.endsWith('.rels'))
    .flatMap((name) => {
      const isRoot = name === '_rels/.rels'
      const own = isRoot ? '' : posix.join(posix.dirname(name), '..', posix.basename(name, '.rels'))
      const relations = elements(parts.xml(name), 'Relationship').map(
        ({ attributes }) => attributes,
      )
      const ids = relations.map(({ Id }) => Id)
      const used = isRoot ? [] : idsIn(parts.text(own))
      const lost = relations
        .filter(({ TargetMode }) => TargetMode !== 'External')
        .map(({ Target = '' }) =>
          Target.startsWith('/') ? Target.slice(1) : posix.join(posix.dirname(own), Target),
        )
        .filter((target) => !parts.names.includes(target))
      return [
        ...lost.map((target) => `${name}: no part ${target}`),
        ...used.filter((id) => !ids.includes(id)).map((id) => `${own}: no relation ${id}`),
        ...(new Set(ids).size === ids.length ? [] : [`${name}: an id twice`]),
      ]
    })
}

const idsIn = (xml: string): readonly string[] =>
  [...xml.matchAll(/ r:id="([^"]+)"/g)].map(([, id = '']) => id)

/** Of ECMA-376, CT_Worksheet: what we write of it, in its order. */
const sheetOrder = [
  ...['sheetPr', 'dimension', 'sheetViews', 'sheetFormatPr', 'cols', 'sheetData'],
  ...['sheetProtection', 'autoFilter', 'mergeCells', 'conditionalFormatting', 'dataValidations'],
  ...['hyperlinks', 'printOptions', 'pageMargins', 'pageSetup', 'headerFooter', 'drawing'],
  ...['legacyDrawing', 'tableParts'],
]

function sheetFaults(parts: ReadParts): readonly string[] {
  const sheets = parts.names.filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
  const tables = parts.names.filter((name) => name.startsWith('xl/tables/'))
  const names = tables.map((name) => parts.xml(name).attributes.displayName)
  return [
    ...(new Set(names).size === names.length ? [] : ['a table is named twice']),
    ...sheets.flatMap((name) => {
      const own = parts.xml(name).children.flatMap((child) => ('name' in child ? child.name : []))
      const places = own.map((element) => sheetOrder.indexOf(element))
      const isSorted = places.every((place, at) => place > (places[at - 1] ?? -1))
      return isSorted ? [] : [`${name}: ${own.join(' ')}`]
    }),
  ]
}
