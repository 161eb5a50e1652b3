/** What a bench answers: a figure of ours beside a real one of the same run, and what is asked of it. */
export interface Figure {
  readonly what: string
  /** Median of the repetitions, unless `what` says otherwise. */
  readonly value: number
  readonly unit: 'ms' | 's' | '/s'
  readonly samples: readonly number[]
}

export interface Target {
  readonly is: 'at most' | 'at least'
  readonly value: number
  /** `×`: of the ratio. Else of our own figure, which has nothing beside it. */
  readonly unit: '×' | 's' | 'ms'
}

export interface Outcome {
  readonly bench: string
  readonly what: string
  readonly target: Target
  readonly ours: Figure | null
  readonly beside: Figure | null
  /** As the target reads it: ours to the other, or the other to ours where faster is asked. */
  readonly ratio: number | null
  /** Null when it could not be measured; the notes say why. */
  readonly isKept: boolean | null
  readonly notes: readonly string[]
}

export interface Measured {
  readonly bench: string
  readonly what: string
  readonly target: Target
  readonly ours: Figure
  readonly beside: Figure | null
  readonly ratio: number | null
  readonly notes: readonly string[]
}

export function judged(measured: Measured): Outcome {
  const { target, ratio, ours } = measured
  const value = target.unit === '×' ? (ratio ?? Number.NaN) : ours.value
  const isKept = target.is === 'at most' ? value <= target.value : value >= target.value
  return { ...measured, isKept }
}

export function figure(what: string, unit: Figure['unit'], samples: readonly number[]): Figure {
  return { what, unit, value: median(samples), samples }
}

export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const [low = Number.NaN, high = low] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]]
  return (low + high) / 2
}

export const percentile = (samples: readonly number[], share: number): number =>
  samples.toSorted((a, b) => a - b)[Math.floor((samples.length - 1) * share)] ?? Number.NaN

const columns = ['bench', 'ours', 'beside it', 'ratio', 'target', ''] as const

export function printed(outcomes: readonly Outcome[]): string {
  const cells = [columns, ...outcomes.map(cellsOf)]
  const widths = columns.map((_, place) =>
    Math.max(...cells.map((row) => (row[place] ?? '').length)),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, place) => cell.padEnd(widths[place] ?? 0))
      .join('  ')
      .trimEnd()
  const [head = '', ...rows] = cells.map(line)
  const notes = outcomes.flatMap(({ bench, what, notes }) => [
    `${bench}: ${what}`,
    ...notes.map((note) => `  ${note}`),
  ])
  return [head, widths.map((width) => '─'.repeat(width)).join('  '), ...rows, '', ...notes].join(
    '\n',
  )
}

const cellsOf = ({ bench, ours, beside, ratio, target, isKept }: Outcome): readonly string[] => [
  bench,
  ours === null ? '—' : said(ours),
  beside === null ? '—' : said(beside),
  ratio === null ? '—' : `${rounded(ratio)} ×`,
  `${target.is === 'at most' ? '≤' : '≥'} ${target.value} ${target.unit}`,
  isKept === null ? 'not measured' : isKept ? 'kept' : 'missed',
]

const said = ({ what, value, unit }: Figure): string => `${rounded(value)} ${unit} ${what}`

const rounded = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
