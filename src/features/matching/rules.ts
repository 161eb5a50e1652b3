import type { Line } from './line.ts'

/** What makes a match, and what is asked of it. */
export const engineRules = ['exact', 'one-to-many', 'many-to-one', 'tolerance'] as const
export const matchRules = [...engineRules, 'manual'] as const
export type EngineRule = (typeof engineRules)[number]
export type MatchRule = (typeof matchRules)[number]

/** What the lines of a match share. */
export const bases = ['document', 'document-date', 'supplier'] as const
export type Basis = (typeof bases)[number]

export interface Tolerance {
  readonly cents: bigint
  readonly days: number
}

export interface FoundMatch {
  readonly rule: EngineRule
  readonly basis: Basis
  readonly extract: readonly Line[]
  readonly journal: readonly Line[]
  /** Extract less journal. */
  readonly residual: bigint
  /** Days between the two; 0 where a sum was asked for, which does not look at dates. */
  readonly days: number
}

/**
 * Lines for the rules after the first, in their order, and those of them that are still open. Most
 * lines are exact: what holds the few others stays small.
 */
export interface Pool {
  readonly extract: readonly Line[]
  readonly journal: readonly Line[]
  readonly open: Set<Line>
}

export const openOf = (lines: readonly Line[], { open }: Pick<Pool, 'open'>): readonly Line[] =>
  lines.filter((line) => open.has(line))

export function take(pool: Pool, match: FoundMatch): FoundMatch {
  for (const line of match.extract) {
    pool.open.delete(line)
  }
  for (const line of match.journal) {
    pool.open.delete(line)
  }
  return match
}

export interface Group {
  readonly extract: readonly Line[]
  readonly journal: readonly Line[]
}

/** Lines of both sides by what they share, in the order of the first; groups of one side are none. */
export function groupsOf(
  pool: Pool,
  keyOf: (line: Line) => string,
  isExtractAsked: (line: Line) => boolean = () => true,
): readonly Group[] {
  const groups = new Map<string, { extract: Line[]; journal: Line[] }>()
  for (const line of openOf(pool.extract, pool)) {
    const key = keyOf(line)
    if (key !== '' && isExtractAsked(line)) {
      const group = groups.get(key)
      if (group === undefined) {
        groups.set(key, { extract: [line], journal: [] })
      } else {
        group.extract.push(line)
      }
    }
  }
  for (const line of openOf(pool.journal, pool)) {
    groups.get(keyOf(line))?.journal.push(line)
  }
  return [...groups.values()].filter(({ journal }) => journal.length > 0)
}
