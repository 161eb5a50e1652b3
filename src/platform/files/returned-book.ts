import { posix } from 'node:path'
import { FileFault } from './file-fault.ts'
import { PackedTexts } from './packed-texts.ts'
import { returnedLimits } from './returned-limits.ts'
import { readReturnedStyles } from './returned-styles.ts'
import { unescaped } from './spreadsheet-values.ts'
import { isTrue, readRelations, spreadsheetNamespaces } from './xlsx-workbook.ts'
import { readXml, type XmlHandler } from './xml-reader.ts'
import type { GuardedZip } from './zip-guard.ts'

/**
 * A workbook that came back, but for its cells: its sheets in order, the names it defines, the
 * texts that cells share and what its properties say of it.
 */
export interface ReturnedBook {
  readonly sheets: readonly ReturnedSheet[]
  readonly is1904: boolean
  readonly names: readonly DefinedName[]
  /** As XML has them, escapes included. */
  readonly texts: PackedTexts
  /** Of each style that a cell may name, how it shows what is there. */
  readonly formats: readonly string[]
  /** Of the file's properties; '' where they say nothing. */
  readonly description: string
}

export interface ReturnedSheet {
  readonly name: string
  readonly isHidden: boolean
  /** Null for what is no sheet of cells: a chart alone, a dialog. */
  readonly part: string | null
}

export interface DefinedName {
  readonly name: string
  readonly refersTo: string
}

/** Characters that are kept of a definition or a property: more is none of ours. */
const saidMax = 10_000

/** @throws FileFault */
export async function readReturnedBook(zip: GuardedZip): Promise<ReturnedBook> {
  const roots = [...(await readRelations(zip, '_rels/.rels')).values()]
  const main = roots.find(({ type }) => type === 'officeDocument')?.target
  if (main === undefined || !zip.has(main)) {
    throw new FileFault('files/not-a-workbook')
  }
  const handler = new MainHandler(main)
  await readXml({ name: main, bytes: zip.read(main), namespaces: spreadsheetNamespaces }, handler)
  const folder = posix.dirname(main)
  const relations = await readRelations(zip, `${folder}/_rels/${posix.basename(main)}.rels`)
  const sheets = handler.sheets.map(({ relation, ...sheet }): ReturnedSheet => {
    const { type = '', target = '' } = relations.get(relation) ?? {}
    if (target === '' || !zip.has(target)) {
      throw new FileFault('files/workbook-damaged', { sheet: sheet.name })
    }
    return { ...sheet, part: type === 'worksheet' ? target : null }
  })
  const partOf = (wanted: string): string | undefined =>
    [...relations.values()].find(({ type, target }) => type === wanted && zip.has(target))?.target
  const [shared, styles] = [partOf('sharedStrings'), partOf('styles')]
  const properties = roots.find(({ type }) => type === 'core-properties')?.target
  return {
    sheets,
    is1904: handler.is1904,
    names: handler.names,
    texts: shared === undefined ? new PackedTexts() : await readTexts(zip, shared),
    formats: styles === undefined ? [] : await readReturnedStyles(zip, styles),
    description: properties === undefined ? '' : await readDescription(zip, properties),
  }
}

class MainHandler implements XmlHandler {
  readonly sheets: { name: string; isHidden: boolean; relation: string }[] = []
  readonly names: { name: string; refersTo: string }[] = []
  is1904 = false
  readonly #part: string
  #isInName = false

  constructor(part: string) {
    this.#part = part
  }

  open(
    element: string,
    attributes: Readonly<Record<string, string>>,
    path: readonly string[],
  ): void {
    this.#isInName = element === 'definedName' && path[1] === 'definedNames'
    if (element === 'workbookPr' && path.length === 1) {
      this.is1904 = isTrue(attributes.date1904)
    } else if (element === 'sheet' && path[1] === 'sheets' && path.length === 2) {
      const [, relation = ''] =
        Object.entries(attributes).find(([key]) => /^[^:]+:id$/.test(key)) ?? []
      const { name = '', state = 'visible' } = attributes
      this.sheets.push({ name: unescaped(name), isHidden: state !== 'visible', relation })
    } else if (this.#isInName) {
      this.names.push({ name: attributes.name ?? '', refersTo: '' })
    }
    const { sheetsMax, namesMax } = returnedLimits
    if (this.sheets.length > sheetsMax || this.names.length > namesMax) {
      throw new FileFault('files/too-much-inside', { part: this.#part })
    }
  }

  text(text: string): void {
    const last = this.names.at(-1)
    if (this.#isInName && last !== undefined) {
      last.refersTo = (last.refersTo + text).slice(0, saidMax)
    }
  }

  close(): void {
    this.#isInName = false
  }
}

async function readTexts(zip: GuardedZip, name: string): Promise<PackedTexts> {
  const handler = new TextsHandler(name)
  await readXml({ name, bytes: zip.read(name), namespaces: spreadsheetNamespaces }, handler)
  return handler.texts
}

/** Characters of one text, escapes included: Excel stops at 32 767 of its own. */
const runsMax = 262_144

/** Runs of rich text are joined; what only says how to pronounce it (`rPh`) is left aside. */
class TextsHandler implements XmlHandler {
  readonly texts = new PackedTexts()
  readonly #part: string
  #current = ''
  #isInText = false
  #seen = 0

  constructor(part: string) {
    this.#part = part
  }

  open(element: string, _: unknown, path: readonly string[]): void {
    if (element === 'si' && path.length === 1) {
      this.#current = ''
    }
    this.#isInText = element === 't' && path[1] === 'si' && !path.includes('rPh')
  }

  text(text: string): void {
    if (this.#isInText) {
      this.#current += text
    }
    if (this.#current.length > runsMax) {
      throw new FileFault('files/text-too-long', { part: this.#part })
    }
  }

  close(element: string): void {
    this.#isInText = false
    if (element === 'si') {
      this.texts.add(this.#current)
    }
    const { sharedTextsMax, sharedTextBytesMax } = returnedLimits
    if (this.texts.count > sharedTextsMax || this.texts.bytesUsed > sharedTextBytesMax) {
      throw new FileFault('files/too-many-cells', { part: this.#part })
    }
  }

  hasProgressed(): boolean {
    const isMore = this.texts.count > this.#seen
    this.#seen = this.texts.count
    return isMore
  }
}

const propertyNamespaces = [
  'http://schemas.openxmlformats.org/package/2006/metadata/core-properties',
]

async function readDescription(zip: GuardedZip, name: string): Promise<string> {
  let description = ''
  let isInside = false
  await readXml(
    { name, bytes: zip.read(name), namespaces: propertyNamespaces },
    {
      open(element) {
        isInside = element === 'dc:description'
      },
      text(text) {
        description = isInside ? (description + text).slice(0, saidMax) : description
      },
      close() {
        isInside = false
      },
    },
  )
  return description
}
