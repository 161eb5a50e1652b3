import {
  findChild,
  findChildren,
  parseXml,
  textContent,
  walk,
  type XmlElement,
} from '@cj-tech-master/excelts/xml'
import { strFromU8, unzipSync } from 'fflate'

/**
 * Reads a written workbook as the standard says, without the library that wrote it: XML parts,
 * shared strings, `_xHHHH_` decoded. Cells are given as they stand in the file, numbers as text.
 */
export interface ReadCell {
  readonly type: string
  readonly value: string | null
  readonly formula: string | null
  readonly format: string
}

export interface ReadSheet {
  readonly xml: XmlElement
  readonly cells: ReadonlyMap<string, ReadCell>
}

export interface ReadParts {
  readonly names: readonly string[]
  text(name: string): string
  xml(name: string): XmlElement
  /** The nth sheet, from 1. */
  sheet(number: number): ReadSheet
}

export function readParts(bytes: Uint8Array): ReadParts {
  const parts = unzipSync(bytes)
  const text = (name: string): string => {
    const part = parts[name]
    if (part === undefined) {
      throw new Error(`no part ${name} among ${Object.keys(parts).join(', ')}`)
    }
    return strFromU8(part)
  }
  const xml = (name: string): XmlElement => parseXml(text(name)).root
  return {
    names: Object.keys(parts),
    text,
    xml,
    sheet: (number) => readSheet(xml(`xl/worksheets/sheet${number}.xml`), xml),
  }
}

function readSheet(root: XmlElement, xml: (name: string) => XmlElement): ReadSheet {
  const strings = findChildren(xml('xl/sharedStrings.xml'), 'si').map((item) =>
    decode(elements(item, 't').map(textContent).join('')),
  )
  const formats = readFormats(xml('xl/styles.xml'))
  const cells = new Map<string, ReadCell>()
  for (const cell of elements(root, 'c')) {
    const value = findChild(cell, 'v')
    const formula = findChild(cell, 'f')
    const raw = value === undefined ? null : textContent(value)
    const type = cell.attributes.t ?? 'n'
    cells.set(cell.attributes.r ?? '', {
      type,
      value:
        type === 's' ? (strings[Number(raw)] ?? null) : type === 'inlineStr' ? inline(cell) : raw,
      formula: formula === undefined ? null : textContent(formula),
      format: formats[Number(cell.attributes.s ?? 0)] ?? '',
    })
  }
  return { xml: root, cells }
}

/** Text that stands in its cell rather than in the list of texts. */
const inline = (cell: XmlElement): string => decode(textContent(only(cell, 't')))

function readFormats(styles: XmlElement): string[] {
  const codes = new Map(
    elements(styles, 'numFmt').map(({ attributes }) => [
      attributes.numFmtId,
      attributes.formatCode ?? '',
    ]),
  )
  return findChildren(only(styles, 'cellXfs'), 'xf').map(
    ({ attributes }) => codes.get(attributes.numFmtId) ?? `#${attributes.numFmtId}`,
  )
}

export function elements(root: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = []
  walk(root, (element) => {
    if (element.name === name) {
      found.push(element)
    }
  })
  return found
}

export function only(root: XmlElement, name: string): XmlElement {
  const [found] = elements(root, name)
  if (found === undefined) {
    throw new Error(`no ${name} in ${root.name}`)
  }
  return found
}

const decode = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
