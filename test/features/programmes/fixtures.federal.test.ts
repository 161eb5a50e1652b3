import { describe, expect, test } from 'vitest'
import {
  byCode,
  cents,
  documentWords,
  envelopes,
  readStated,
  relations,
  required,
  sumOfCents,
  type Term,
} from './fixtures-support.ts'

/**
 * The federal envelopes against the words of the federal page, and the readings of the domain
 * (low, high, announced) computed from the fixtures alone: 22 400 000 over three years is
 * 7 466 666.67, 7 466 666.67, 7 466 666.66.
 */
const federal = envelopes.filter((one) => one.programme === 'CA-STRATEGY-2004')
const page = documentWords('STRATEGIE-NATIONALE')
const terms = federal.flatMap((envelope) =>
  envelope.terms.map((term) => ({ name: `${envelope.code} ${term.kind}`, envelope, term })),
)
const firstYear = (fiscalYear: string): number => Number(fiscalYear.slice(0, 4))
const yearsOf = (term: Term): number =>
  firstYear(required(term.lastFiscalYear, 'last year')) - firstYear(term.firstFiscalYear) + 1
const spelled: Record<string, number> = { trois: 3, cinq: 5 }

describe('the federal envelopes', () => {
  test('there are seven, with ten terms in all', () => {
    expect(terms.map(({ name }) => name)).toEqual([
      'CA-2004 term',
      'CA-2007 recurring',
      'CA-2009 term',
      'CA-2009 recurring',
      'CA-2017 term',
      'CA-2017 recurring',
      'CA-2019 term',
      'CA-2022 term',
      'CA-2022 recurring',
      'CA-CCPE recurring',
    ])
  })

  test.each(federal)('$code quotes the page word for word', (one) => {
    expect(one.source.document).toBe('STRATEGIE-NATIONALE')
    expect(page).toContain(one.source.quote)
  })

  test.each(terms)('$name has the amount and the precision of its words', ({ envelope, term }) => {
    expect(envelope.source.quote).toContain(term.asStated)
    const stated = readStated(term.asStated)
    expect(cents(term.amount)).toBe(stated.amount)
    expect(cents(term.precision)).toBe(stated.precision)
  })

  test('the quotations hold every amount of the page, and each is a term once', () => {
    const inPage = [...page.matchAll(/\d+(?:,\d+)? millions?\b[^.]*?dollars?/g)].map(String)
    const unique = inPage.map((words) => readStated(words).amount)
    expect(unique.toSorted()).toEqual(terms.map(({ term }) => cents(term.amount)).toSorted())
  })

  test.each(terms.filter(({ term }) => term.kind === 'term'))(
    '$name runs as many years as the page says',
    ({ envelope, term }) => {
      const after = envelope.source.quote.split(term.asStated)[1] ?? ''
      const years = /sur (trois|cinq) ans/.exec(after)?.[1] ?? ''
      expect(yearsOf(term)).toBe(spelled[years])
    },
  )

  test.each(terms.filter(({ term }) => term.kind === 'recurring'))(
    '$name comes each year, without a last one',
    ({ envelope, term }) => {
      expect(term.lastFiscalYear).toBeNull()
      expect(envelope.source.quote.split(term.asStated)[1]).toMatch(
        /^[^,]*? ?(par année|de manière continue)/,
      )
    },
  )

  test.each(terms)(
    '$name: a first year is stated only where the page names it',
    ({ envelope, term }) => {
      const named = envelope.source.quote.match(/\b(?:En|en|budget de) (20\d\d)\b/)?.[1]
      expect(term.stated).toBe(term.firstFiscalYear.startsWith(named ?? 'none'))
      expect(term.stated || term.note !== undefined).toBe(true)
    },
  )

  test('a recurring part begins the year after the term before it', () => {
    for (const envelope of federal.filter((one) => one.terms.length === 2)) {
      const [term, recurring] = envelope.terms
      const lastYear = firstYear(required(term?.lastFiscalYear, 'last year'))
      expect(firstYear(required(recurring, 'recurring').firstFiscalYear)).toBe(lastYear + 1)
    }
  })

  test('the page files 2019 and 2022 under current funding, the CCPE under neither', () => {
    expect(federal.map((one) => [one.code, one.financing])).toEqual([
      ['CA-2004', 'previous'],
      ['CA-2007', 'previous'],
      ['CA-2009', 'previous'],
      ['CA-2017', 'previous'],
      ['CA-2019', 'current'],
      ['CA-2022', 'current'],
      ['CA-CCPE', null],
    ])
    const [partners = '', funding = ''] = page.split('\nFinancement actuel\n')
    const [current = '', previous = ''] = funding.split('\nPrécédent\n')
    for (const one of federal) {
      const place = one.financing === null ? partners : { current, previous }[one.financing]
      expect(place).toContain(one.source.quote)
    }
  })

  test('the page names Public Safety Canada for the money of 2017, of 2022 and of the CCPE', () => {
    const named = federal.filter((one) =>
      /(pour|continue à|^)\s?Sécurité publique Canada/.test(one.source.quote),
    )
    const stated = federal.filter((one) => one.organizationStated)
    expect(stated.map((one) => one.code)).toEqual(named.map((one) => one.code))
    expect(federal.every((one) => one.organization === 'SPC')).toBe(true)
  })

  test.each([
    ['CA-2007', ['wider-scope', 'relation-not-stated', 'organization-inferred']],
    ['CA-2017', ['through-another-strategy', 'overlaps']],
    ['CA-2019', ['noted-discrepancy', 'published-profile', 'organization-inferred']],
    ['CA-CCPE', ['position-not-stated', 'upper-bound', 'paid-onward']],
  ])('%s says what must be known beside its figures', (code, notes) => {
    expect(byCode(envelopes, code).notes.map((note) => note.code)).toEqual(notes)
  })
})

describe('the relations between envelopes', () => {
  test('they are seven: three stated, two inferred, two unknown', () => {
    const said = relations.map((one) => {
      const standing = one.stated ? 'stated' : 'not stated'
      return `${one.from} ${one.kind} ${one.to}, ${standing}, ${one.ifNotAdditive}`
    })
    expect(said).toEqual([
      'CA-2007 adds CA-2004, stated, null',
      'CA-2009 renews CA-2004, stated, null',
      'CA-2022 adds CA-2019, stated, null',
      'CA-2017 adds CA-2009, not stated, null',
      'CA-2019 adds CA-2009, not stated, null',
      'CA-2009 unknown CA-2007, not stated, replaces',
      'CA-2017 unknown CA-CCPE, not stated, includes',
    ])
  })

  test.each(relations)('$from – $to cites the words of the page and gives its reading', (one) => {
    expect(one.document).toBe('STRATEGIE-NATIONALE')
    expect(page).toContain(one.citation)
    expect(one.reading.fr).not.toBe('')
    expect(one.reading.en).not.toBe('')
  })

  test.each([
    ['CA-2007', 'supplémentaires'],
    ['CA-2009', 'renouvellement'],
    ['CA-2022', 's’ajoute à'],
  ])('the relation of %s is stated by the word "%s"', (from, word) => {
    const stated = relations.find((one) => one.from === from && one.stated)
    expect(stated?.citation).toContain(word)
  })
})

type Reading = 'low' | 'high' | 'announced'

const inYear = (term: Term, year: number): bigint => {
  const index = year - firstYear(term.firstFiscalYear)
  if (index < 0) return 0n
  if (term.kind === 'recurring') return cents(term.amount)
  const years = BigInt(yearsOf(term))
  if (BigInt(index) >= years) return 0n
  const amount = cents(term.amount)
  return amount / years + (BigInt(index) < amount % years ? 1n : 0n)
}

const isCounted = (code: string, year: number, reading: Reading): boolean => {
  if (reading === 'announced') return code !== 'CA-CCPE'
  if (reading === 'high') return true
  return relations.every((one) => {
    if (one.to !== code || one.ifNotAdditive === null) return true
    const first = byCode(envelopes, one.from).terms[0]
    const start = firstYear(required(first, one.from).firstFiscalYear)
    return one.ifNotAdditive === 'replaces' && year < start
  })
}

const totalOf = (reading: Reading, from: number, to: number): bigint => {
  const years = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  return sumOfCents(
    years.flatMap((year) =>
      terms
        .filter(({ envelope }) => isCounted(envelope.code, year, reading))
        .map(({ term }) => inYear(term, year)),
    ),
  )
}

describe('the readings of the federal total, with equal phasing', () => {
  test.each([
    ['high', 2021, 132_396_666_66n],
    ['low', 2021, 87_646_666_66n],
    ['announced', 2021, 117_646_666_66n],
    ['announced', 2004, 361_080_000_00n],
    ['low', 2004, 259_080_000_00n],
  ] as const)('%s, from %i through 2025-2026', (reading, from, amount) => {
    expect(totalOf(reading, from, 2025)).toBe(amount)
  })
})
