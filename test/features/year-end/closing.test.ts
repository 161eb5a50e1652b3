import { describe, expect, test } from 'vitest'
import { type Asked, close, entriesText } from '#test/support/closings.ts'

/** What closing a year does to one envelope: a case a rule, entries as a finance person reads them. */
const term = ['term 2021-2022 2025-2026']
const recurring = ['recurring 2014-2015']
const base = { terms: recurring, year: '2025-2026', carriedTo: '2026-2027' }

const cases: readonly (readonly [string, Asked, readonly string[]])[] = [
  ['nothing in it: nothing to post', { ...base, cells: {} }, []],
  [
    'all carried',
    { ...base, cells: { '- 2025-2026': '100' } },
    ['carry-forward | commun 2025-2026 -100.00 | commun 2026-2027 100.00'],
  ],
  [
    'all lapsed',
    { ...base, policy: { policy: 'lapse' }, cells: { '- 2025-2026': '100' } },
    ['lapse | authority commun 2025-2026 100.00 | commun 2025-2026 -100.00'],
  ],
  [
    'lapsed, with an open commitment: what it holds is carried',
    {
      ...base,
      policy: { policy: 'lapse' },
      cells: { '- 2025-2026': '100', 'c - 2025-2026': '40' },
    },
    [
      'carry-forward | committed commun 2025-2026 -40.00 | committed commun 2026-2027 40.00',
      'lapse | authority commun 2025-2026 100.00 | commun 2025-2026 -100.00',
    ],
  ],
  [
    '5 % of planned, cents rounded down, and the rest lapsed',
    {
      ...base,
      policy: { policy: 'carry-percent', percent: '5.00' },
      cells: { '- 2025-2026': '100' },
      planned: { '- 2025-2026': '999.99' },
    },
    [
      'carry-forward | commun 2025-2026 -49.99 | commun 2026-2027 49.99',
      'lapse | authority commun 2025-2026 50.01 | commun 2025-2026 -50.01',
    ],
  ],
  [
    '5 % of planned, when less is left',
    {
      ...base,
      policy: { policy: 'carry-percent', percent: '5.00' },
      cells: { '- 2025-2026': '10' },
      planned: { '- 2025-2026': '1000' },
    },
    ['carry-forward | commun 2025-2026 -10.00 | commun 2026-2027 10.00'],
  ],
  [
    '0 % lapses all, 100 % of what was reduced below zero carries nothing',
    {
      ...base,
      policy: { policy: 'carry-percent', percent: '100.00' },
      cells: { '- 2025-2026': '10' },
      planned: { '- 2025-2026': '-5' },
    },
    ['lapse | authority commun 2025-2026 10.00 | commun 2025-2026 -10.00'],
  ],
  [
    'a year below zero stays below zero',
    { ...base, cells: { '- 2025-2026': '-50', 'c - 2025-2026': '20' } },
    ['carry-forward | committed commun 2025-2026 -20.00 | committed commun 2026-2027 20.00'],
  ],
  [
    'several measures: carried in proportion to what each has, and the one below zero counts',
    {
      ...base,
      measures: ['QC-3', 'QC-4', 'QC-5'],
      policy: { policy: 'carry-percent', percent: '10.00' },
      cells: { 'QC-3 2025-2026': '100', 'QC-4 2025-2026': '50', 'QC-5 2025-2026': '-30' },
      planned: { 'QC-3 2025-2026': '1000' },
    },
    [
      'carry-forward | QC-3 2025-2026 -66.67 | QC-3 2026-2027 66.67 | QC-4 2025-2026 -33.33 | QC-4 2026-2027 33.33',
      'lapse | authority QC-3 2025-2026 13.33 | QC-3 2025-2026 -13.33 | authority QC-4 2025-2026 6.67 | QC-4 2025-2026 -6.67',
    ],
  ],
  [
    'a year of a term is topped up to zero, and no more',
    {
      ...base,
      terms: term,
      year: '2023-2024',
      carriedTo: '2024-2025',
      cells: { '- -': '1000', '- 2023-2024': '-300' },
    },
    ['distribution | commun non réparti -300.00 | commun 2023-2024 300.00'],
  ],
  [
    'as far as the undistributed part goes',
    {
      ...base,
      terms: term,
      year: '2023-2024',
      carriedTo: '2024-2025',
      cells: { '- -': '100', '- 2023-2024': '-300' },
    },
    ['distribution | commun non réparti -100.00 | commun 2023-2024 100.00'],
  ],
  [
    'a member from its own share, the rest from the common part; a member with money gives none',
    {
      ...base,
      terms: term,
      measures: ['QC-3', 'QC-4', 'QC-5'],
      year: '2023-2024',
      carriedTo: '2024-2025',
      cells: {
        ...{ '- -': '1000', 'QC-3 -': '100', 'QC-4 -': '500' },
        ...{ 'QC-3 2023-2024': '-150', 'QC-5 2023-2024': '-70', 'QC-4 2023-2024': '25' },
      },
    },
    [
      'distribution | QC-3 non réparti -100.00 | QC-3 2023-2024 150.00 | commun non réparti -120.00 | QC-5 2023-2024 70.00',
      'carry-forward | QC-4 2023-2024 -25.00 | QC-4 2024-2025 25.00',
    ],
  ],
  [
    'a share that was reduced below zero has used the common part already',
    {
      ...base,
      terms: term,
      measures: ['QC-3', 'QC-4'],
      year: '2023-2024',
      carriedTo: '2024-2025',
      cells: { '- -': '100', 'QC-3 -': '-60', 'QC-4 2023-2024': '-70' },
    },
    ['distribution | commun non réparti -40.00 | QC-4 2023-2024 40.00'],
  ],
  [
    'the last year of a term takes all that is left, each measure its own, and it lapses',
    {
      ...base,
      terms: term,
      measures: ['QC-3', 'QC-4'],
      closed: ['2021-2022', '2022-2023', '2023-2024', '2024-2025'],
      cells: { '- -': '10', 'QC-3 -': '20', 'QC-3 2025-2026': '-5', 'c QC-3 2025-2026': '5' },
    },
    [
      'distribution | QC-3 non réparti -20.00 | QC-3 2025-2026 20.00 | commun non réparti -10.00 | commun 2025-2026 10.00',
      'carry-forward | committed QC-3 2025-2026 -5.00 | committed QC-3 2026-2027 5.00',
      'lapse | authority QC-3 2025-2026 15.00 | QC-3 2025-2026 -15.00 | authority commun 2025-2026 10.00 | commun 2025-2026 -10.00',
    ],
  ],
  [
    'the last year of a term leaves what a year still open draws on, and a closed one no more',
    {
      ...base,
      terms: term,
      closed: ['2021-2022'],
      policy: { policy: 'lapse' },
      cells: { '- -': '100', '- 2021-2022': '-7', '- 2024-2025': '-30' },
    },
    [
      'distribution | commun non réparti -70.00 | commun 2025-2026 70.00',
      'lapse | authority commun 2025-2026 70.00 | commun 2025-2026 -70.00',
    ],
  ],
  [
    'a fixed total ends with its last year, also when a yearly amount follows',
    {
      ...base,
      terms: ['term 2009-2010 2013-2014', 'recurring 2014-2015'],
      year: '2013-2014',
      carriedTo: '2014-2015',
      cells: { '- 2013-2014': '100', '- 2014-2015': '8100' },
    },
    ['lapse | authority commun 2013-2014 100.00 | commun 2013-2014 -100.00'],
  ],
  [
    'a yearly amount that ends carries into a term that follows it',
    {
      ...base,
      terms: ['recurring 2020-2021 2025-2026', 'term 2026-2027 2028-2029'],
      cells: { '- 2025-2026': '100', '- -': '900' },
    },
    ['carry-forward | commun 2025-2026 -100.00 | commun 2026-2027 100.00'],
  ],
  [
    'and lapses where none does',
    { ...base, terms: ['recurring 2020-2021 2025-2026'], cells: { '- 2025-2026': '100' } },
    ['lapse | authority commun 2025-2026 100.00 | commun 2025-2026 -100.00'],
  ],
  [
    'carried past a closed year that was the last one: it lapses',
    {
      ...base,
      terms: term,
      year: '2024-2025',
      closed: ['2025-2026'],
      cells: { '- 2024-2025': '100', 'c - 2024-2025': '1' },
    },
    [
      'carry-forward | committed commun 2024-2025 -1.00 | committed commun 2026-2027 1.00',
      'lapse | authority commun 2024-2025 100.00 | commun 2024-2025 -100.00',
    ],
  ],
  [
    'a year after the term: what a release left there lapses',
    {
      ...base,
      terms: ['term 2021-2022 2024-2025'],
      cells: { '- 2025-2026': '40', '- -': '5' },
    },
    ['lapse | authority commun 2025-2026 40.00 | commun 2025-2026 -40.00'],
  ],
]

describe('closing a year', () => {
  test.each(cases)('%s', (_case, asked, entries) => {
    expect(entriesText(close(asked))).toEqual(entries)
  })

  test('shows absent where nothing was planned, and zero where it came to nothing', () => {
    const of = (planned: Record<string, string>) =>
      close({ ...base, cells: { '- 2025-2026': '0' }, planned }).closing.figures.plannedBefore
    expect(of({})).toBeNull()
    expect(of({ '- 2025-2026': '0' })?.toString()).toBe('0.00')
  })

  test('keeps the organization of each commitment', () => {
    const { closing } = close({ ...base, cells: { 'c - 2025-2026': '5' } })
    expect(closing.commitments.map(({ organization }) => organization)).toEqual(['MSP'])
  })
})
