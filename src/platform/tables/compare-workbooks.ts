import type { OpenedSheet, ReturnedWorkbook } from '#platform/files/returned-workbook.ts'
import { rising } from '#platform/files/rows-in-order.ts'
import { compareSheets } from './compare-sheets.ts'
import { DifferenceList, type Differences } from './difference.ts'
import type { RowFlows } from './long-sheet.ts'
import type { Sheet, Workbook } from './workbook.ts'

/**
 * What a workbook that came back says otherwise than the one that the record gives now: order and
 * presence of sheets and rows, every value, formula and result, how figures are shown, charts, what
 * is hidden or stands over the cells. How it looks otherwise is no part of it: a program that saves
 * the file again changes that freely.
 */
export async function compareWorkbooks(
  described: Workbook,
  returned: ReturnedWorkbook,
  { listedMax, flows = new Map() }: Comparing,
): Promise<Differences> {
  const found = new DifferenceList(listedMax)
  compareWhole(returned, found)
  const places = pairedSheets(described, returned.sheets)
  reportSheets(described, returned.sheets, places, found)
  for (const [place, sheet] of described.sheets.entries()) {
    const at = places.get(place)
    const theirs = at === undefined ? undefined : returned.sheets[at]
    if (at !== undefined && theirs !== undefined) {
      const flow = flows.get(sheet.name)
      const pair = { sheet, language: described.language, at, name: theirs.name, flow }
      await compareSheets(pair, returned, found)
    }
  }
  return found
}

export interface Comparing {
  /** How many differences are told; all are counted. */
  readonly listedMax: number
  /** The rows of sheets that the workbook describes without them. */
  readonly flows?: RowFlows
}

/** What every program defines for its own use, such as the rows that repeat on each page. */
const builtinName = /^_xlnm\./i

function compareWhole({ is1904, names }: ReturnedWorkbook, found: DifferenceList): void {
  if (is1904) {
    found.add({ sheet: null, cell: null, kind: 'date-system', file: '1904', record: '1900' })
  }
  for (const { name, refersTo } of names.filter((each) => !builtinName.test(each.name))) {
    const file = `${name} = ${refersTo}`
    found.add({ sheet: null, cell: null, kind: 'name', file, record: null })
  }
}

/** From the place of a sheet of the record to its place in the file: by name, then by what it begins with. */
function pairedSheets(
  { sheets }: Workbook,
  inFile: readonly OpenedSheet[],
): ReadonlyMap<number, number> {
  const places = new Map<number, number>()
  const free = inFile.flatMap(({ hasCells }, at) => (hasCells ? [at] : []))
  sheets.forEach(({ name }, place) => {
    const at = free.find((each) => inFile[each]?.name === name)
    if (at !== undefined) {
      places.set(place, at)
      free.splice(free.indexOf(at), 1)
    }
  })
  for (const [place, sheet] of sheets.entries()) {
    const at = places.has(place)
      ? undefined
      : free.find((each) => isLike(sheet, inFile[each]?.head ?? []))
    if (at !== undefined) {
      places.set(place, at)
      free.splice(free.indexOf(at), 1)
    }
  }
  return places
}

const likeMin = 2

/** Whether its first texts are the title and headers of the sheet, or enough of them. */
function isLike({ title, columns }: Sheet, head: readonly string[]): boolean {
  const ours = new Set([title, ...columns.map(({ header }) => header)])
  return head.filter((text) => ours.has(text)).length >= likeMin
}

function reportSheets(
  { sheets }: Workbook,
  inFile: readonly OpenedSheet[],
  places: ReadonlyMap<number, number>,
  found: DifferenceList,
): void {
  const inOrder = [...places].toSorted(([a], [b]) => a - b)
  const stayed = new Set(rising(inOrder).map(([place]) => place))
  for (const [place, { name }] of sheets.entries()) {
    const at = places.get(place)
    const theirs = at === undefined ? undefined : inFile[at]
    if (at === undefined || theirs === undefined) {
      found.add({ sheet: name, cell: null, kind: 'sheet-removed', file: null, record: name })
      continue
    }
    const whole = { sheet: theirs.name, cell: null }
    if (theirs.name !== name) {
      found.add({ ...whole, kind: 'sheet-renamed', file: theirs.name, record: name })
    }
    if (!stayed.has(place)) {
      const [file, record] = [String(at + 1), String(place + 1)]
      found.add({ ...whole, kind: 'sheet-moved', file, record })
    }
    if (theirs.isHidden) {
      found.add({ ...whole, kind: 'sheet-hidden', file: 'hidden', record: 'visible' })
    }
  }
  const paired = new Set(places.values())
  for (const [at, { name }] of inFile.entries()) {
    if (!paired.has(at)) {
      found.add({ sheet: name, cell: null, kind: 'sheet-added', file: name, record: null })
    }
  }
}
