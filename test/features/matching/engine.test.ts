import { describe, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { type Matching, matchLines } from '#features/matching/engine.ts'
import { documentKey, type Line, partyKey } from '#features/matching/line.ts'

const tolerance = { cents: 5n, days: 10 }

/** `id document cents day party`, `-` for none; the day of a document after `/`. */
const lineOf = (said: string): Line => {
  const [id = '', document = '', cents = '', days = '', party = ''] = said.split(' ')
  const [day = '', documentDay] = days.split('/')
  const date = (text: string) => calendarDate(`2025-06-${text.padStart(2, '0')}`)
  return {
    id,
    document: document === '-' ? '' : document,
    party: party === '-' ? '' : party,
    cents: BigInt(cents),
    date: date(day),
    documentDate: documentDay === undefined ? null : date(documentDay),
    rest: '',
  }
}

const ask = (extract: readonly string[], journal: readonly string[]): Matching =>
  matchLines(extract.map(lineOf), journal.map(lineOf), tolerance)

/** `rule basis: extract = journal (residual)`. */
const matchesOf = ({ matches }: Matching): readonly string[] =>
  matches.map(({ rule, basis, extract, journal, residual }) => {
    const ids = (lines: readonly Line[]) => lines.map(({ id }) => id).join('+')
    const rest = residual === 0n ? '' : ` (${residual})`
    return `${rule} ${basis}: ${ids(extract)} = ${ids(journal)}${rest}`
  })

const reasonsOf = (side: Matching['unmatchedExtract']): readonly string[] =>
  side.map(({ line, candidates }) =>
    [
      line.id,
      ...candidates.map(({ line: { id }, why, cents, days }) => `${id} ${why} ${cents} ${days}`),
    ].join(': '),
  )

describe('what two texts have in common', () => {
  test('a document is the same in any case and space, and not without its leading zeros', () => {
    expect(documentKey('  f-1001\u00a0 bis ')).toBe('F-1001 BIS')
    expect(documentKey('0042')).not.toBe(documentKey('42'))
  })

  test('a supplier is the same without accents, signs and case', () => {
    expect(partyKey('École Saint-Jean, inc.')).toBe('ECOLE SAINT JEAN INC')
  })
})

describe('an exact match', () => {
  test('has one document, amount and date', () => {
    const matching = ask(['2 F-1 100 1 -'], ['a F-1 100 1 -'])
    expect(matchesOf(matching)).toEqual(['exact document: 2 = a'])
  })

  test('may have the date of the document rather than that of the service', () => {
    const matching = ask(['2 F-1 100 9 -'], ['a F-1 100 1/9 -'])
    expect(matchesOf(matching)).toEqual(['exact document-date: 2 = a'])
  })

  test('pairs rows that are there twice, and leaves the third with the reason', () => {
    const matching = ask(
      ['2 F-1 100 1 -', '3 F-1 100 1 -', '4 F-1 100 1 -'],
      ['a F-1 100 1 -', 'b F-1 100 1 -'],
    )
    expect(matchesOf(matching)).toEqual(['exact document: 2 = a', 'exact document: 3 = b'])
    expect(reasonsOf(matching.unmatchedExtract)).toEqual(['4: a taken 0 0: b taken 0 0'])
  })

  test('asks for a document', () => {
    expect(matchesOf(ask(['2 - 100 1 -'], ['a - 100 1 -']))).toEqual([])
  })
})

describe('an exact sum', () => {
  test('is one row of the ledger for several expenditures of its document', () => {
    const matching = ask(['2 F-1 114975 9 -'], ['a F-1 100000 1 -', 'b F-1 14975 1 -'])
    expect(matchesOf(matching)).toEqual(['one-to-many document: 2 = b+a'])
  })

  test('is several rows of the ledger for one expenditure', () => {
    const matching = ask(['2 F-1 100 1 -', '3 F-1 50 1 -', '4 F-1 -30 2 -'], ['a F-1 120 1 -'])
    expect(matchesOf(matching)).toEqual(['many-to-one document: 4+3+2 = a'])
  })

  test('may be of a supplier, when the documents are others', () => {
    const matching = ask(
      ['2 CH-7 300 9 PIPQ'],
      ['a F-1 100 1 PIPQ', 'b F-2 200 1 PIPQ', 'c F-3 70 1 PIPQ'],
    )
    expect(matchesOf(matching)).toEqual(['one-to-many supplier: 2 = b+a'])
  })

  test('takes the fewest lines, and never one that is nothing', () => {
    const matching = ask(
      ['2 F-1 100 1 -'],
      [
        'a F-1 50 1 -',
        'b F-1 30 1 -',
        'c F-1 20 1 -',
        'd F-1 50 2 -',
        'e F-1 0 1 -',
        'f F-1 7 1 -',
      ],
    )
    expect(matchesOf(matching)).toEqual(['one-to-many document: 2 = a+d'])
  })

  test('is not looked for many against many', () => {
    const matching = ask(['2 F-1 100 1 -', '3 F-1 50 1 -'], ['a F-1 80 1 -', 'b F-1 70 1 -'])
    expect(matchesOf(matching)).toEqual([])
  })

  test('is searched so far and no further, and tells where it stopped', () => {
    const many = Array.from({ length: 400 }, (_, place) => `x${place} F-9 ${2 * place + 1_000} 1 -`)
    const odd = Array.from({ length: 400 }, (_, place) => `${place} F-9 ${2 * place + 6_001} 1 -`)
    const { matches, stopped } = ask(odd, many)
    expect(matches.filter(({ extract, journal }) => extract.length + journal.length === 2)).toEqual(
      [],
    )
    expect(stopped).toEqual(['F-9'])
  })
})

describe('a match within tolerance', () => {
  test('differs by cents and days of one document, and says its residual', () => {
    const matching = ask(['2 F-1 114975 3 -'], ['a F-1 114977 8 -'])
    expect(matchesOf(matching)).toEqual(['tolerance document: 2 = a (-2)'])
  })

  test('holds the whole difference against the tolerance, not a half on each side', () => {
    const matching = ask(['2 F-1 100 1 -', '3 F-2 100 1 -'], ['a F-1 105 11 -', 'b F-2 106 1 -'])
    expect(matchesOf(matching)).toEqual(['tolerance document: 2 = a (-5)'])
    expect(reasonsOf(matching.unmatchedExtract)).toEqual(['3: b amount -6 0'])
  })

  test('takes the nearest amount first, then the nearest day', () => {
    const matching = ask(['2 F-1 100 5 -'], ['a F-1 101 5 -', 'b F-1 100 9 -', 'c F-1 100 7 -'])
    expect(matchesOf(matching)).toEqual(['tolerance document: 2 = c'])
  })

  test('needs no document in the ledger when the supplier is the same', () => {
    const matching = ask(
      ['2 - 100 5 PIPQ', '3 F-8 900 5 PIPQ'],
      ['a F-1 100 7 PIPQ', 'b F-9 900 5 PIPQ'],
    )
    expect(matchesOf(matching)).toEqual(['tolerance supplier: 2 = a'])
    expect(reasonsOf(matching.unmatchedExtract)).toEqual(['3: b document 0 0'])
  })
})

describe('a line without a match', () => {
  test('names its nearest candidates and why each failed', () => {
    const matching = ask(
      ['2 F-1 100 1 PIPQ'],
      ['a F-1 100 30 ACME', 'b F-1 180 1 ACME', 'c F-7 100 1 CLES', 'd F-8 125 1 PIPQ'],
    )
    expect(reasonsOf(matching.unmatchedExtract)).toEqual([
      '2: a date 0 29: b amount -80 0: c document 0 0',
    ])
    expect(reasonsOf(matching.unmatchedJournal)).toEqual([
      'a: 2 date 0 29',
      'b: 2 amount 80 0',
      'c: 2 document 0 0',
      'd: 2 amount 25 0',
    ])
  })

  test('names an open line of its supplier, however many between the two are matched', () => {
    const between = [1, 2, 3, 4, 5].map((each) => `F-${each} ${100 + each} 1 PIPQ`)
    const matching = ask(
      ['9 F-9 100 1 PIPQ', ...between.map((said, place) => `${place} ${said}`)],
      ['z F-8 150 1 PIPQ', ...between.map((said, place) => `j${place} ${said}`)],
    )
    expect(reasonsOf(matching.unmatchedExtract)).toEqual(['9: z amount -50 0'])
  })

  test('has none where nothing is near', () => {
    expect(reasonsOf(ask(['2 F-1 100 1 -'], ['a F-2 700 1 -']).unmatchedExtract)).toEqual(['2'])
  })
})
