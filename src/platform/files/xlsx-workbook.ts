import { posix } from 'node:path'
import { FileFault } from './file-fault.ts'
import { builtinFormat, formatOfCode, type NumberFormat } from './number-format.ts'
import { readingLimits } from './reading-limits.ts'
import { unescaped } from './spreadsheet-values.ts'
import { readXml, type XmlHandler } from './xml-reader.ts'
import type { GuardedZip } from './zip-guard.ts'

/**
 * What surrounds the sheets of a workbook: where its parts are, the names and order of its sheets,
 * its date system, which styles show dates, the texts that cells share (ECMA-376 part 1; strict and
 * transitional namespaces).
 */
export const spreadsheetNamespaces = [
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  'http://purl.oclc.org/ooxml/spreadsheetml/main',
]
const relationNamespaces = ['http://schemas.openxmlformats.org/package/2006/relationships']

export interface WorkbookSheet {
  readonly name: string
  readonly isHidden: boolean
  readonly part: string
}

export interface Workbook {
  readonly sheets: readonly WorkbookSheet[]
  readonly is1904: boolean
  readonly formats: readonly NumberFormat[]
  readonly texts: readonly string[]
}

/** @throws FileFault */
export async function readWorkbook(zip: GuardedZip): Promise<Workbook> {
  const roots = await readRelations(zip, '_rels/.rels')
  const main = [...roots.values()].find(({ type }) => type === 'officeDocument')?.target
  if (main === undefined || !zip.has(main)) {
    throw new FileFault('files/not-a-workbook')
  }
  const { sheets: listed, is1904 } = await readMain(zip, main)
  const folder = posix.dirname(main)
  const relations = await readRelations(zip, `${folder}/_rels/${posix.basename(main)}.rels`)
  const sheets = listed.flatMap(({ relation, ...sheet }) => {
    const { type, target } = relations.get(relation) ?? { type: '', target: '' }
    if (target === '' || (type === 'worksheet' && !zip.has(target))) {
      throw new FileFault('files/workbook-damaged', { sheet: sheet.name })
    }
    return type === 'worksheet' ? [{ ...sheet, part: target }] : []
  })
  const partOf = (wanted: string): string | undefined =>
    [...relations.values()].find(({ type }) => type === wanted)?.target
  const [styles, texts] = [partOf('styles'), partOf('sharedStrings')]
  return {
    sheets,
    is1904,
    formats: styles === undefined ? [] : await readFormats(zip, styles),
    texts: texts === undefined ? [] : await readTexts(zip, texts),
  }
}

export interface Relation {
  /** The last word of its type, which both namespaces share: 'worksheet'. */
  readonly type: string
  readonly target: string
}

/** What a part speaks of inside the file. */
export async function readRelations(
  zip: GuardedZip,
  name: string,
): Promise<ReadonlyMap<string, Relation>> {
  const relations = new Map<string, Relation>()
  const base = posix.dirname(posix.dirname(name))
  await eachRelation(zip, name, ({ Id = '', Type = '', Target = '', TargetMode = '' }) => {
    if (TargetMode !== 'External') {
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(base, Target)
      relations.set(Id, { type: Type.split('/').at(-1) ?? '', target })
    }
  })
  return relations
}

/** Addresses outside the file that a part speaks of, as they are written. */
export async function readExternalTargets(
  zip: GuardedZip,
  name: string,
): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>()
  await eachRelation(zip, name, ({ Id = '', Target = '', TargetMode = '' }) => {
    if (TargetMode === 'External') {
      targets.set(Id, Target)
    }
  })
  return targets
}

const eachRelation = (
  zip: GuardedZip,
  name: string,
  take: (attributes: Readonly<Record<string, string>>) => void,
): Promise<void> =>
  readXml(
    { name, bytes: zip.read(name), namespaces: relationNamespaces },
    {
      open(element, attributes) {
        if (element === 'Relationship') {
          take(attributes)
        }
      },
      text() {},
      close() {},
    },
  )

interface Main {
  readonly sheets: { name: string; isHidden: boolean; relation: string }[]
  is1904: boolean
}

async function readMain(zip: GuardedZip, name: string): Promise<Main> {
  const main: Main = { sheets: [], is1904: false }
  await readXml(
    { name, bytes: zip.read(name), namespaces: spreadsheetNamespaces },
    {
      open(element, attributes, path) {
        if (element === 'workbookPr' && path.length === 1) {
          main.is1904 = isTrue(attributes.date1904)
        }
        if (element === 'sheet' && path[1] === 'sheets' && path.length === 2) {
          const [, relation = ''] =
            Object.entries(attributes).find(([key]) => /^[^:]+:id$/.test(key)) ?? []
          main.sheets.push({
            name: unescaped(attributes.name ?? ''),
            isHidden: (attributes.state ?? 'visible') !== 'visible',
            relation,
          })
        }
        if (main.sheets.length > readingLimits.sheetsMax) {
          throw new FileFault('files/too-much-inside', { part: name })
        }
      },
      text() {},
      close() {},
    },
  )
  return main
}

/** An `xsd:boolean`. */
export const isTrue = (text: string | undefined): boolean => text === '1' || text === 'true'

/** For each style that a cell may name, how it shows a number. */
async function readFormats(zip: GuardedZip, name: string): Promise<readonly NumberFormat[]> {
  const codes = new Map<string, NumberFormat>()
  const ids: string[] = []
  await readXml(
    { name, bytes: zip.read(name), namespaces: spreadsheetNamespaces },
    {
      open(element, { numFmtId = '0', formatCode = '' }, path) {
        const around = path[1]
        if (element === 'numFmt' && around === 'numFmts' && path.length === 2) {
          codes.set(numFmtId, formatOfCode(formatCode.slice(0, formatCodeMax)))
        }
        if (element === 'xf' && around === 'cellXfs' && path.length === 2) {
          ids.push(numFmtId)
        }
        if (ids.length > readingLimits.stylesMax || codes.size > readingLimits.stylesMax) {
          throw new FileFault('files/too-much-inside', { part: name })
        }
      },
      text() {},
      close() {},
    },
  )
  return ids.map((id) => codes.get(id) ?? builtinFormat(Number(id)))
}

/** Excel stops at 255. */
const formatCodeMax = 1024

async function readTexts(zip: GuardedZip, name: string): Promise<readonly string[]> {
  const handler = new SharedTexts(name)
  await readXml({ name, bytes: zip.read(name), namespaces: spreadsheetNamespaces }, handler)
  return handler.texts
}

/** Runs of rich text are joined; what only says how to pronounce it (`rPh`) is left aside. */
class SharedTexts implements XmlHandler {
  readonly texts: string[] = []
  readonly #part: string
  #characters = 0
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
      this.#characters += text.length
    }
    if (this.#characters > readingLimits.sharedTextMax) {
      throw new FileFault('files/too-many-cells', { part: this.#part })
    }
  }

  close(element: string): void {
    this.#isInText = false
    if (element === 'si') {
      this.texts.push(unescaped(this.#current))
    }
    if (this.texts.length > readingLimits.sharedStringsMax) {
      throw new FileFault('files/too-many-cells', { part: this.#part })
    }
  }

  hasProgressed(): boolean {
    const isMore = this.texts.length > this.#seen
    this.#seen = this.texts.length
    return isMore
  }
}
