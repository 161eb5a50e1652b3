import { describe, expect, test } from 'vitest'
import { flagLabelOf, flagWords, flagWordsOf } from '#features/journal/flag-words.ts'

/** As the contract lists them, "A report's JSON". */
const contract = [
  'not-applicable',
  'absent',
  'nothing-recorded',
  'not-distributed',
  'draws-on-undistributed',
  'in-shared-envelope',
  'derived',
  'over-spent',
  'over-committed',
  'over-share',
  'spent-without-plan',
  'outside-term',
  'upper-bound',
  'covers-two-years',
  'grant-awarded',
  'possible-duplicate',
  'not-a-lead',
  'late-item',
  'ahead-of-time',
  'behind-time',
]

/** Of the report of exceptions alone: it is said of an organization, of which no row speaks. */
const ofExceptions = ['late-source']

describe('the words of flags', () => {
  test('are there for every flag of the contract and of exceptions, and for no other', () => {
    expect(Object.keys(flagWords).toSorted()).toEqual([...contract, ...ofExceptions].toSorted())
  })

  test.each(Object.entries(flagWords))('say %s in both languages, in one sentence', (_, words) => {
    for (const language of ['fr', 'en'] as const) {
      expect(words.label[language]).toMatch(/^[^.]{3,40}$/)
      expect(words.meaning[language]).toMatch(/^\p{Lu}[^.]+\.$/u)
      expect(words.meaning[language]).not.toContain("'")
    }
    expect(words.meaning.fr).not.toBe(words.meaning.en)
  })

  test('leave a code that nobody listed as it is', () => {
    expect(flagWordsOf('constructor')).toBeUndefined()
    expect(flagLabelOf('late-item')).toEqual({ fr: 'inscription tardive', en: 'late item' })
  })
})
