import { posix } from 'node:path'
import { FileFault } from './file-fault.ts'
import type { ReturnedBook } from './returned-book.ts'
import { CellsReader, type ReturnedRow, wholeNumber } from './returned-cells.ts'
import { type Drawn, readDrawings } from './returned-drawings.ts'
import { returnedLimits } from './returned-limits.ts'
import {
  isTrue,
  readExternalTargets,
  readRelations,
  spreadsheetNamespaces,
} from './xlsx-workbook.ts'
import { type Attributes, readXml, readXmlByPieces, type XmlHandler } from './xml-reader.ts'
import type { GuardedZip } from './zip-guard.ts'

/** What stands on a sheet besides its cells, and can change what is read there. */
export interface SheetMarks {
  /** Rows are hidden unless they say otherwise. */
  readonly isHiddenByDefault: boolean
  /** 0 is column A. */
  readonly hiddenColumns: readonly number[]
  /** 'A1:C1'. */
  readonly merged: readonly string[]
  readonly links: readonly SheetLink[]
  readonly comments: readonly { readonly ref: string; readonly text: string }[]
  /** Where cells look otherwise by what they hold. */
  readonly conditional: readonly string[]
  /** What the sheet's view leaves out or shows instead of its figures: `showZeros`. */
  readonly view: readonly string[]
  readonly drawn: readonly Drawn[]
}

export interface SheetLink {
  /** 'B7', or a range. */
  readonly ref: string
  /** Inside the workbook it begins with `#`. */
  readonly target: string
}

/** The rows of a sheet in their order, some at a time; at the end what else is on it. @throws FileFault */
export async function* readReturnedSheet(
  zip: GuardedZip,
  book: Pick<ReturnedBook, 'texts' | 'formats'>,
  { name, part }: { readonly name: string; readonly part: string },
): AsyncGenerator<readonly ReturnedRow[], SheetMarks> {
  const handler = new SheetHandler(name, book)
  const xml = { name: part, bytes: zip.read(part), namespaces: spreadsheetNamespaces }
  for await (const _ of readXmlByPieces(xml, handler)) {
    const rows = handler.cells.take()
    if (rows.length > 0) {
      yield rows
    }
  }
  const { isHiddenByDefault, hiddenColumns, merged, conditional, view } = handler
  const relations = `${posix.dirname(part)}/_rels/${posix.basename(part)}.rels`
  const hasRelations = zip.has(relations)
  return {
    isHiddenByDefault,
    hiddenColumns: [...hiddenColumns].sort((a, b) => a - b),
    ...{ merged, conditional, view },
    links: await targeted(zip, hasRelations ? relations : null, handler.links),
    comments: hasRelations ? await readComments(zip, relations) : [],
    drawn: hasRelations ? await readDrawings(zip, relations) : [],
  }
}

/** In characters: in a column that is narrower nobody reads one. */
const widthMin = 1

interface OpenLink {
  readonly ref: string
  readonly relation: string
  readonly location: string
}

class SheetHandler implements XmlHandler {
  readonly cells: CellsReader
  readonly hiddenColumns = new Set<number>()
  readonly merged: string[] = []
  readonly conditional: string[] = []
  readonly view: string[] = []
  readonly links: OpenLink[] = []
  isHiddenByDefault = false
  #marksSeen = 0
  readonly #sheet: string

  constructor(sheet: string, book: Pick<ReturnedBook, 'texts' | 'formats'>) {
    this.#sheet = sheet
    this.cells = new CellsReader(sheet, book)
  }

  open(element: string, attributes: Attributes, path: readonly string[]): void {
    if (path[1] === 'sheetData') {
      this.cells.open(element, attributes, path)
    } else if (element === 'sheetFormatPr' && path.length === 1) {
      this.isHiddenByDefault = isTrue(attributes.zeroHeight)
    } else if (element === 'col' && path[1] === 'cols') {
      this.#hideColumns(attributes)
    } else if (element === 'mergeCell' && path[1] === 'mergeCells') {
      this.merged.push(attributes.ref ?? '')
    } else if (/^(?:.+:)?conditionalFormatting$/.test(element)) {
      this.conditional.push(attributes.sqref ?? '')
    } else if (element === 'sheetView' && path[1] === 'sheetViews') {
      this.#view(attributes)
    } else if (element === 'hyperlink' && path[1] === 'hyperlinks') {
      const [, relation = ''] =
        Object.entries(attributes).find(([key]) => /^[^:]+:id$/.test(key)) ?? []
      this.links.push({ ref: attributes.ref ?? '', relation, location: attributes.location ?? '' })
    }
    if (this.#marks > returnedLimits.marksMax) {
      throw new FileFault('files/too-demanding', { sheet: this.#sheet })
    }
  }

  text(text: string): void {
    this.cells.text(text)
  }

  close(element: string): void {
    this.cells.close(element)
  }

  hasProgressed(): boolean {
    const isMore = this.#marks > this.#marksSeen
    this.#marksSeen = this.#marks
    return this.cells.hasProgressed() || isMore
  }

  get #marks(): number {
    return this.merged.length + this.links.length + this.conditional.length
  }

  #view({ showZeros = '1', showFormulas = '0' }: Attributes): void {
    if (!isTrue(showZeros)) {
      this.view.push('showZeros')
    }
    if (isTrue(showFormulas)) {
      this.view.push('showFormulas')
    }
  }

  #hideColumns({ min = '', max = '', hidden, width }: Attributes): void {
    const isHidden = isTrue(hidden) || (width !== undefined && Number(width) < widthMin)
    for (let column = wholeNumber(min); isHidden && column <= wholeNumber(max); column += 1) {
      this.hiddenColumns.add(column - 1)
    }
  }
}

async function targeted(
  zip: GuardedZip,
  relations: string | null,
  links: readonly OpenLink[],
): Promise<readonly SheetLink[]> {
  const targets =
    relations === null ? new Map<string, string>() : await readExternalTargets(zip, relations)
  return links.map(({ ref, relation, location }) => {
    const place = location === '' ? '' : `#${location}`
    return { ref, target: `${targets.get(relation) ?? ''}${place}` }
  })
}

/** Notes and threads alike. */
async function readComments(zip: GuardedZip, relations: string): Promise<SheetMarks['comments']> {
  const parts = [...(await readRelations(zip, relations)).values()].filter(
    ({ type, target }) => /^comments$|^threadedComment$/.test(type) && zip.has(target),
  )
  const comments: { ref: string; text: string }[] = []
  for (const { target } of parts) {
    await readXml(
      { name: target, bytes: zip.read(target), namespaces: commentNamespaces },
      commentHandler(target, comments),
    )
  }
  return comments
}

const commentNamespaces = [
  ...spreadsheetNamespaces,
  'http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments',
]
const commentMax = 1000

function commentHandler(part: string, comments: { ref: string; text: string }[]): XmlHandler {
  return {
    open(element, { ref = '' }) {
      if (element === 'comment' || element === 'threadedComment') {
        comments.push({ ref, text: '' })
      }
      if (comments.length > returnedLimits.marksMax) {
        throw new FileFault('files/too-demanding', { part })
      }
    },
    text(text) {
      const last = comments.at(-1)
      if (last !== undefined) {
        last.text = (last.text + text).slice(0, commentMax)
      }
    },
    close() {},
  }
}
