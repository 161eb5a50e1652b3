import { compareMoves, type Line } from './line.ts'
import { documentsOf, type Ordered } from './order.ts'
import { type FoundMatch, type Group, openOf, type Pool, take } from './rules.ts'

/**
 * First rule: one line against one line of the same document, amount and date. The date of an
 * expenditure is that of its service; what is left is asked again with the document's own date.
 * As many pairs as the rarer side has lines of a key, so no more could be made.
 * Source: docs/words.md, Matching.
 */
export interface Paired {
  readonly matches: FoundMatch[]
  readonly pool: Pool
}

export function matchExactly(sides: Ordered): Paired {
  const { matches, pool } = pairByService(sides)
  for (const match of pairByDocumentDate(pool)) {
    matches.push(match)
  }
  return { matches, pool }
}

function pairByService(sides: Ordered): Paired {
  const matches: FoundMatch[] = []
  const left: Left = { extract: [], journal: [] }
  for (const group of documentsOf(sides)) {
    pairDocument(group, matches, left)
  }
  return { matches, pool: { ...left, open: new Set([...left.extract, ...left.journal]) } }
}

interface Left {
  readonly extract: Line[]
  readonly journal: Line[]
}

/** Both sides of a document stand in the order of amount and date: they are walked through side by side. */
function pairDocument({ extract, journal }: Group, matches: FoundMatch[], left: Left): void {
  let place = 0
  for (const line of extract) {
    let other = journal[place]
    while (other !== undefined && compareMoves(other, line) < 0) {
      left.journal.push(other)
      place += 1
      other = journal[place]
    }
    if (other !== undefined && line.document !== '' && compareMoves(other, line) === 0) {
      place += 1
      matches.push(paired(line, other, 'document'))
    } else {
      left.extract.push(line)
    }
  }
  for (const other of journal.slice(place)) {
    left.journal.push(other)
  }
}

function pairByDocumentDate(pool: Pool): readonly FoundMatch[] {
  const waiting = new Map<string, Line[]>()
  for (const line of openOf(pool.journal, pool).toReversed()) {
    const { documentDate } = line
    if (documentDate !== null && line.document !== '') {
      const key = keyOf(line, documentDate)
      const others = waiting.get(key)
      if (others === undefined) {
        waiting.set(key, [line])
      } else {
        others.push(line)
      }
    }
  }
  return openOf(pool.extract, pool).flatMap((line) => {
    const other = waiting.get(keyOf(line, line.date))?.pop()
    return other === undefined ? [] : [take(pool, paired(line, other, 'document-date'))]
  })
}

const paired = (extract: Line, journal: Line, basis: 'document' | 'document-date'): FoundMatch => ({
  rule: 'exact',
  basis,
  extract: [extract],
  journal: [journal],
  residual: 0n,
  days: 0,
})

const keyOf = ({ document, cents }: Line, date: string): string =>
  `${document}\u0000${cents}\u0000${date}`
