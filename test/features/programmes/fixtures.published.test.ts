import { describe, expect, test } from 'vitest'
import {
  byCode,
  cents,
  documents,
  documentWords,
  envelopes,
  measures,
  organizations,
  readCsv,
  readJson,
  required,
  type Said,
  sumOfCents,
} from './fixtures-support.ts'

/** What is posted as spent, what prints beside, and what never enters a spent column. */
interface Payment {
  readonly document: string
  readonly file: string
  readonly row: number
  readonly organization: string
  readonly measure: string | null
  readonly envelope: string
  readonly serviceDate: string
  readonly documentNumber: string
  readonly supplier: string
  readonly description: string
  readonly amount: string
  readonly flags: readonly string[]
  readonly url: string | null
  readonly quote: string
}
interface Authority {
  readonly fiscalYear: string
  readonly amount: string
  readonly note: Said | null
  readonly document: string
  readonly file: string
  readonly row: number
}
interface Announcement {
  readonly code: string
  readonly jurisdiction: string
  readonly document: string
  readonly row: number
  readonly date: string
  readonly subject: string
  readonly nature: string
  readonly amount: string | null
  readonly period: string | null
  readonly detail: string
  readonly url: string
  readonly reason: { readonly code: string; readonly text: Said }
}

const spending = readJson<Payment[]>('published/spending.json')
const authorities = readJson<Authority[]>('published/authorities.json')
const announcements = readJson<Announcement[]>('published/announcements.json')
const csv = (code: string) => readCsv(documentWords(code))
const rowOf = (one: { document: string; row: number }) =>
  required(
    csv(one.document).find(({ row }) => row === one.row),
    `${one.document} row ${one.row}`,
  )
const dollars = (words: string): bigint => BigInt(words) * 100n
const quebec = spending.filter((one) => one.document === 'PUBLISHED-QC')
const contribution = spending.filter((one) => one.document === 'PUBLISHED-PS')
const rowsOf = (list: readonly { document: string; row: number }[], code: string) =>
  list.filter((one) => one.document === code).map((one) => one.row)

describe('every published row has one place', () => {
  test.each([
    ['PUBLISHED-QC', 17],
    ['PUBLISHED-CA', 10],
  ])('%s: each row is spending or an announcement, once', (code, count) => {
    const placed = [...rowsOf(spending, code), ...rowsOf(announcements, code)]
    expect(placed.toSorted((a, b) => a - b)).toEqual(csv(code).map(({ row }) => row))
    expect(placed).toHaveLength(count)
  })

  test('PUBLISHED-PS: each row is spending once and an authority once', () => {
    const rows = csv('PUBLISHED-PS').map(({ row }) => row)
    expect(rowsOf(spending, 'PUBLISHED-PS')).toEqual(rows)
    expect(rowsOf(authorities, 'PUBLISHED-PS')).toEqual(rows)
    expect(rowsOf(announcements, 'PUBLISHED-PS')).toEqual([])
    expect(rows).toHaveLength(13)
  })
})

describe('published spending', () => {
  test.each(spending)(
    '$documentNumber is quoted whole, and its amount is the printed one',
    (one) => {
      const { line, cells } = rowOf(one)
      const [date, , third, printed] = cells
      expect(one.quote).toBe(line)
      const isQuebec = one.document === 'PUBLISHED-QC'
      expect(cents(one.amount)).toBe(dollars(required(isQuebec ? printed : third, 'amount')))
      expect(one.serviceDate).toBe(isQuebec ? date : `${date?.slice(5)}-03-31`)
      expect(one.url).toBe(isQuebec ? cells[6] : null)
    },
  )

  test.each(spending)('$documentNumber is numbered by its file and its row', (one) => {
    expect(byCode(documents, one.document).file).toBe(one.file)
    expect(one.documentNumber).toBe(`${one.file.replace('published/', '')}:${one.row}`)
    expect(one.supplier).not.toBe('')
    expect(one.description).not.toBe('')
  })

  test('five payments of one measure add up to 6 389 496', () => {
    expect(quebec.map((one) => [one.measure, one.serviceDate, one.amount])).toEqual([
      ['QC-13', '2022-03-01', '225000.00'],
      ['QC-11', '2022-04-20', '2250000.00'],
      ['QC-32', '2022-05-07', '665000.00'],
      ['QC-10', '2023-01-18', '2038900.00'],
      ['QC-13', '2026-03-04', '1210596.00'],
    ])
    expect(sumOfCents(quebec.map((one) => cents(one.amount)))).toBe(6_389_496_00n)
  })

  test.each(quebec)(
    '$documentNumber is recorded by the lead, on the envelope of the measure',
    (one) => {
      const measure = byCode(measures, required(one.measure, 'measure'))
      expect(measure.number).toBe(rowOf(one).cells[1])
      expect(measure.leads).toEqual([one.organization])
      expect(measure.envelopes).toEqual([one.envelope])
    },
  )

  test.each(quebec)('$documentNumber is a grant awarded within the fiscal year it names', (one) => {
    const [, , nature, , period = ''] = rowOf(one).cells
    expect(nature).toBe('octroi')
    const year = period.slice(0, 4)
    expect(one.serviceDate >= `${year}-04-01`).toBe(true)
    expect(one.serviceDate <= `${Number(year) + 1}-03-31`).toBe(true)
  })

  test('grants are flagged as awarded, the one of measure 32 as covering two years', () => {
    expect(quebec.map((one) => one.flags.join(' '))).toEqual([
      'grant-awarded',
      'grant-awarded',
      'grant-awarded covers-two-years',
      'grant-awarded',
      'grant-awarded',
    ])
    expect(rowOf(required(quebec[2], 'measure 32')).cells[4]).toBe('2022-2024')
  })

  test('the contribution line spent 37 220 759, an upper bound for the CCPE', () => {
    expect(sumOfCents(contribution.map((one) => cents(one.amount)))).toBe(37_220_759_00n)
    for (const one of contribution) {
      expect(one).toMatchObject({ organization: 'SPC', measure: null, envelope: 'CA-CCPE' })
      expect(one.flags).toEqual(['upper-bound'])
    }
  })

  test('spending names organizations and envelopes that exist', () => {
    for (const one of spending) {
      expect(byCode(organizations, one.organization).code).toBe(one.organization)
      expect(byCode(envelopes, one.envelope).code).toBe(one.envelope)
    }
  })
})

describe('the authorities of the contribution line', () => {
  test('they are those printed, year by year, and add up to 37 564 116', () => {
    for (const one of authorities) {
      const [fiscalYear, printed, , note] = rowOf(one).cells
      expect(one.fiscalYear).toBe(fiscalYear)
      expect(cents(one.amount)).toBe(dollars(required(printed, 'authority')))
      expect(one.note?.en ?? '').toBe(note)
    }
    expect(sumOfCents(authorities.map((one) => cents(one.amount)))).toBe(37_564_116_00n)
  })

  test('no year spent more than its authority, and the only restated year says so', () => {
    for (const [index, one] of authorities.entries()) {
      const spent = required(contribution[index], one.fiscalYear)
      expect(cents(spent.amount) <= cents(one.amount)).toBe(true)
    }
    const noted = authorities.filter((one) => one.note !== null)
    expect(noted.map((one) => one.fiscalYear)).toEqual(['2013-2014'])
  })
})

describe('announcements, forecasts and what cannot be tied to one measure', () => {
  test.each(announcements)('$code keeps its row as printed', (one) => {
    const [date, subject, nature, amount, period, detail, url] = rowOf(one).cells
    expect([one.date, one.subject, one.nature, one.period ?? '', one.detail, one.url]).toEqual([
      date,
      subject,
      nature,
      period,
      detail,
      url,
    ])
    expect(one.amount).toBe(amount === '' ? null : `${amount}.00`)
    expect(one.code).toBe(`${one.document}-R${one.row}`)
    expect(one.document).toBe(`PUBLISHED-${one.jurisdiction}`)
  })

  test('each says why it never enters a spent column, in both languages', () => {
    for (const one of announcements) {
      expect(one.reason.text.fr).not.toBe('')
      expect(one.reason.text.en).not.toBe('')
    }
    const reasons = announcements.map((one) => `${one.jurisdiction} ${one.row} ${one.reason.code}`)
    expect(reasons).toEqual([
      'QC 2 before-the-plan',
      'QC 3 before-the-plan',
      'QC 4 before-the-plan',
      'QC 5 announcement',
      'QC 6 announcement',
      'QC 7 announcement',
      'QC 8 announcement',
      'QC 13 forecast',
      'QC 14 forecast',
      'QC 15 not-by-measure',
      'QC 16 presumed',
      'QC 17 not-by-measure',
      'CA 2 announcement',
      'CA 3 statement',
      'CA 4 planned',
      'CA 5 award-not-spending',
      'CA 6 announcement',
      'CA 7 breakdown',
      'CA 8 planned',
      'CA 9 profile',
      'CA 10 award-not-spending',
      'CA 11 award-not-spending',
    ])
  })

  test.each(announcements)('$code cannot be a payment of one measure by its own words', (one) => {
    const isPayment = /^(octroi|versement)/.test(one.nature)
    const isOneMeasure = /^A?\d+$/.test(one.subject)
    expect(isPayment && isOneMeasure).toBe(false)
  })
})
