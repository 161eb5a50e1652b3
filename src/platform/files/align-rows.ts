import { digestBytes, type RowDigests } from './row-digests.ts'
import { type Pair, pairsInOrder } from './rows-in-order.ts'

/**
 * Which row of a file is which row of the record, by what they say: a row that was taken out, put
 * in or moved is one step, and the rows after it are still themselves. A row that moved is told
 * where it left and where it is. Of rows that say the same one after the other, only the first is
 * told.
 * Example: rows a b c d against a c d' e are same(a) removed(b) same(c) changed(d, d') added(e).
 */
export const stepKinds = ['same', 'changed', 'removed', 'added', 'left', 'moved'] as const
export type StepKind = (typeof stepKinds)[number]

export interface Step {
  readonly kind: StepKind
  /** Its number in the record; 0 where it has none. */
  readonly record: number
  /** Its number in the file; 0 where it has none. */
  readonly file: number
}

/** As numbers, three a step: they cross from a thread. */
export function alignRows(record: RowDigests, file: RowDigests): Int32Array {
  const ends = commonEnds(record, file)
  const middle: Aligned = {
    ...{ record, file, start: ends.start },
    recordDigests: textsOf(record.digests, ends.start, record.numbers.length - ends.end),
    fileDigests: textsOf(file.digests, ends.start, file.numbers.length - ends.end),
  }
  const steps = new Steps(record.numbers, file.numbers)
  for (let at = 0; at < ends.start; at += 1) {
    steps.add('same', at, at)
  }
  walkMiddle(middle, steps)
  for (let back = ends.end; back > 0; back -= 1) {
    steps.add('same', record.numbers.length - back, file.numbers.length - back)
  }
  return Int32Array.from(steps.numbers)
}

export function* stepsOf(numbers: Int32Array): Generator<Step, void> {
  for (let at = 0; at < numbers.length; at += 3) {
    const kind = stepKinds[numbers[at] ?? 0] ?? 'same'
    yield { kind, record: numbers[at + 1] ?? 0, file: numbers[at + 2] ?? 0 }
  }
}

/** Rows that say the same at the beginning and at the end: all of them, most of the time. */
function commonEnds(record: RowDigests, file: RowDigests): { start: number; end: number } {
  const [count, fileCount] = [record.numbers.length, file.numbers.length]
  const isSame = (at: number, fileAt: number): boolean => {
    for (let byte = 0; byte < digestBytes; byte += 1) {
      const one = record.digests[at * digestBytes + byte]
      if (one !== file.digests[fileAt * digestBytes + byte]) {
        return false
      }
    }
    return true
  }
  const most = Math.min(count, fileCount)
  let start = 0
  while (start < most && isSame(start, start)) {
    start += 1
  }
  let end = 0
  while (end < most - start && isSame(count - end - 1, fileCount - end - 1)) {
    end += 1
  }
  return { start, end }
}

interface Aligned {
  readonly record: RowDigests
  readonly file: RowDigests
  readonly start: number
  readonly recordDigests: readonly string[]
  readonly fileDigests: readonly string[]
}

function walkMiddle(
  { record, file, start, recordDigests, fileDigests }: Aligned,
  steps: Steps,
): void {
  const same = pairsInOrder(recordDigests, fileDigests)
  const moved = movedPairs(recordDigests, fileDigests, same)
  const movedFrom = new Set(moved.map(([from]) => from))
  const movedTo = new Map(moved.map(([from, to]) => [to, from]))
  let [i, j] = [0, 0]
  for (const [nextI, nextJ] of [...same, [recordDigests.length, fileDigests.length] as const]) {
    const left = placesBetween(i, nextI)
    const right = placesBetween(j, nextJ)
    const changed = changedPairs(
      left.filter((at) => !movedFrom.has(at)),
      right.filter((at) => !movedTo.has(at)),
      (at, isFile) => textAt(isFile ? file.keys : record.keys, start + at),
    )
    steps.addGap({ left, right, changed, movedFrom, movedTo, start })
    if (nextI < recordDigests.length) {
      steps.add('same', start + nextI, start + nextJ)
    }
    ;[i, j] = [nextI + 1, nextJ + 1]
  }
}

/** Rows that say the same and stand in another order. */
function movedPairs(
  record: readonly string[],
  file: readonly string[],
  same: readonly Pair[],
): readonly Pair[] {
  const [paired, pairedInFile] = [new Set(same.map(([i]) => i)), new Set(same.map(([, j]) => j))]
  const left = Map.groupBy(
    placesBetween(0, record.length).filter((at) => !paired.has(at)),
    (at) => record[at] ?? '',
  )
  return [...file.entries()].flatMap(([at, digest]): Pair[] => {
    const from = pairedInFile.has(at) ? undefined : left.get(digest)?.shift()
    return from === undefined ? [] : [[from, at]]
  })
}

/** Rows that are the same by name, and between them by place. */
function changedPairs(
  left: readonly number[],
  right: readonly number[],
  keyOf: (at: number, isFile: boolean) => string,
): readonly Pair[] {
  const named = pairsInOrder(
    left.map((at) => keyOf(at, false)),
    right.map((at) => keyOf(at, true)),
  )
  const pairs: Pair[] = []
  let [i, j] = [0, 0]
  for (const [nextI, nextJ] of [...named, [left.length, right.length] as const]) {
    for (let at = 0; i + at < nextI && j + at < nextJ; at += 1) {
      pairs.push([left[i + at] ?? 0, right[j + at] ?? 0])
    }
    if (nextI < left.length && nextJ < right.length) {
      pairs.push([left[nextI] ?? 0, right[nextJ] ?? 0])
    }
    ;[i, j] = [nextI + 1, nextJ + 1]
  }
  return pairs
}

interface Gap {
  readonly left: readonly number[]
  readonly right: readonly number[]
  readonly changed: readonly Pair[]
  readonly movedFrom: ReadonlySet<number>
  readonly movedTo: ReadonlyMap<number, number>
  readonly start: number
}

class Steps {
  readonly numbers: number[] = []
  readonly #record: Uint32Array
  readonly #file: Uint32Array
  #shift: number | null = null

  constructor(record: Uint32Array, file: Uint32Array) {
    this.#record = record
    this.#file = file
  }

  add(kind: StepKind, at: number | null, fileAt: number | null): void {
    const record = at === null ? 0 : (this.#record[at] ?? 0)
    const file = fileAt === null ? 0 : (this.#file[fileAt] ?? 0)
    const shift = kind === 'same' ? file - record : null
    // Of rows that say the same and stand alike, the first speaks for the run.
    if (shift === null || shift !== this.#shift) {
      this.numbers.push(stepKinds.indexOf(kind), record, file)
    }
    this.#shift = shift
  }

  addGap({ left, right, changed, movedFrom, movedTo, start }: Gap): void {
    let [l, r] = [0, 0]
    for (const [i, j] of [
      ...changed,
      [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as const,
    ]) {
      for (; l < left.length && (left[l] ?? 0) < i; l += 1) {
        const place = left[l] ?? 0
        this.add(movedFrom.has(place) ? 'left' : 'removed', start + place, null)
      }
      for (; r < right.length && (right[r] ?? 0) < j; r += 1) {
        const place = right[r] ?? 0
        const from = movedTo.get(place)
        this.add(
          from === undefined ? 'added' : 'moved',
          from === undefined ? null : start + from,
          start + place,
        )
      }
      if (Number.isFinite(i)) {
        this.add('changed', start + i, start + j)
        l += 1
        r += 1
      }
    }
  }
}

const placesBetween = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at)

const textsOf = (digests: Uint8Array, from: number, to: number): readonly string[] =>
  placesBetween(from, to).map((at) => textAt(digests, at))

const textAt = (digests: Uint8Array, at: number): string =>
  Buffer.from(digests.buffer, digests.byteOffset + at * digestBytes, digestBytes).toString('latin1')
