import { posix } from 'node:path'
import { cellAddress } from '#core/grid.ts'
import { FileFault } from './file-fault.ts'
import { formatForm, formatOfForm } from './format-form.ts'
import { formulaForm, readFormula } from './formula-form.ts'
import { returnedLimits } from './returned-limits.ts'
import { readRelations } from './xlsx-workbook.ts'
import { type Attributes, readXml, type XmlHandler } from './xml-reader.ts'
import type { GuardedZip } from './zip-guard.ts'

/**
 * What is drawn over a sheet: charts, by the cells they name and what they say in words, and
 * anything else, which is none of ours and may cover a figure with another one.
 */
export interface Drawn {
  /** Where its upper left corner is. */
  readonly cell: string
  /** Its title, the kind of the chart, its cells, its axes, a line each; null for what is no chart. */
  readonly chart: readonly string[] | null
}

/** @param relations the part of a sheet's own */
export async function readDrawings(zip: GuardedZip, relations: string): Promise<readonly Drawn[]> {
  const parts = [...(await readRelations(zip, relations)).values()].filter(
    ({ type, target }) => type === 'drawing' && zip.has(target),
  )
  const drawn: Drawn[] = []
  for (const { target } of parts) {
    const handler = new DrawingHandler(target)
    await readXml({ name: target, bytes: zip.read(target), namespaces: drawingNamespaces }, handler)
    const own = `${posix.dirname(target)}/_rels/${posix.basename(target)}.rels`
    const charts = zip.has(own) ? await readRelations(zip, own) : new Map()
    for (const { row, column, chart } of handler.anchors) {
      const part: string = charts.get(chart)?.target ?? ''
      drawn.push({
        cell: cellAddress({ row: row + 1, column }),
        chart: zip.has(part) ? await chartWords(part, zip.read(part)) : null,
      })
    }
  }
  return drawn
}

const drawingNamespaces = [
  'http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing',
  'http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing',
]
const chartNamespaces = [
  'http://schemas.openxmlformats.org/drawingml/2006/chart',
  'http://purl.oclc.org/ooxml/drawingml/chart',
]

interface Anchor {
  row: number
  column: number
  /** The relation of its chart; '' for none. */
  chart: string
}

class DrawingHandler implements XmlHandler {
  readonly anchors: Anchor[] = []
  readonly #part: string
  #place: 'row' | 'column' | null = null

  constructor(part: string) {
    this.#part = part
  }

  open(element: string, attributes: Attributes, path: readonly string[]): void {
    if (path.length === 1) {
      this.anchors.push({ row: 0, column: 0, chart: '' })
    }
    if (this.anchors.length > returnedLimits.drawingsMax) {
      throw new FileFault('files/too-much-inside', { part: this.#part })
    }
    const last = this.anchors.at(-1)
    const isPlace = path[2] === 'from' && path.length === 3
    this.#place =
      isPlace && element === 'row' ? 'row' : isPlace && element === 'col' ? 'column' : null
    if (last !== undefined && /(?:^|:)chart$/.test(element)) {
      const [, relation = ''] =
        Object.entries(attributes).find(([key]) => /^[^:]+:id$/.test(key)) ?? []
      last.chart = relation
    }
  }

  text(text: string): void {
    const last = this.anchors.at(-1)
    if (last !== undefined && this.#place !== null && /^\d{1,7}$/.test(text)) {
      last[this.#place] = Number(text)
    }
  }

  close(): void {
    this.#place = null
  }
}

/** A chart in words, however a program spells it: what it is, and which cells it shows. */
export async function chartWords(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<readonly string[]> {
  const handler = new ChartHandler(name)
  await readXml({ name, bytes, namespaces: chartNamespaces }, handler)
  return handler.words
}

/** Elements whose value says how a chart is to be read. */
const saying = ['barDir', 'grouping', 'orientation', 'min', 'max', 'logBase']
const wordMax = 1000

class ChartHandler implements XmlHandler {
  readonly words: string[] = []
  readonly #part: string
  /** How the text that comes is told; null for one that says nothing. */
  #telling: ((text: string) => string) | null = null
  #text = ''

  constructor(part: string) {
    this.#part = part
  }

  open(element: string, attributes: Attributes, path: readonly string[]): void {
    const { val = '', formatCode = '' } = attributes
    this.#text = ''
    this.#telling = tellingOf(element, path)
    if (path.at(-1) === 'plotArea' && element.endsWith('Chart')) {
      this.#say(element)
    } else if (saying.includes(element) && path.includes('plotArea')) {
      this.#say(`${element} ${val}`)
    } else if (element === 'numFmt' && path.at(-1) === 'valAx') {
      this.#say(`format ${formatOfForm(formatForm(formatCode))}`)
    } else if (element === 'userShapes') {
      this.#say(element)
    }
  }

  text(text: string): void {
    this.#text = (this.#text + text).slice(0, wordMax)
  }

  close(): void {
    if (this.#telling !== null) {
      this.#say(this.#telling(this.#text))
    }
    this.#telling = null
  }

  #say(word: string): void {
    this.words.push(word)
    if (this.words.length > returnedLimits.chartWordsMax) {
      throw new FileFault('files/too-much-inside', { part: this.#part })
    }
  }
}

/** Words of titles and labels, the cells it is bound to, and figures that are bound to none. */
function tellingOf(element: string, path: readonly string[]): ((text: string) => string) | null {
  if (/^[^:]+:t$/.test(element)) {
    return (text) => text
  }
  if (element === 'f') {
    const role = path.at(-2)
    return (text) => `${role} ${formulaForm(readFormula(text), { row: 1, column: 0 })}`
  }
  const isBound = path.some((each) => each.endsWith('Cache'))
  return element === 'v' && !isBound ? (text) => text : null
}
