import { describe, expect, test } from 'vitest'
import { Problem } from '#core/problem.ts'
import type { Envelope } from '#features/funding/envelope.ts'
import { type Asked, envelopeOf, place } from '#features/funding/placement.ts'
import { type Measure, measureCode } from '#features/programmes/measure.ts'
import { someEnvelope, someMeasure } from '#test/support/plan.ts'

const shared = someMeasure({ code: 'QC-3', funding: 'shared', envelopes: ['QC-COMMUNICATION'] })
const selfFunded = someMeasure({ code: 'QC-6', funding: 'self_funded', envelopes: [] })
const communication = someEnvelope({ code: 'QC-COMMUNICATION', measures: ['QC-3', 'QC-4'] })
const federal = someEnvelope({ code: 'CA-2009', measures: [] })
const own = someEnvelope()

const asked = (measure: string | null, envelope: string | null): Asked => ({ measure, envelope })

describe('where an expenditure stands', () => {
  const placed: [string, Asked, Measure | null, Envelope | null, string | null, string | null][] = [
    [
      'a measure alone stands on its envelope',
      asked('QC-8', null),
      someMeasure(),
      own,
      'QC-8',
      'QC-M8',
    ],
    [
      'an envelope that serves one measure gives it',
      asked(null, 'QC-M8'),
      null,
      own,
      'QC-8',
      'QC-M8',
    ],
    [
      'a member stands on the shared envelope',
      asked('QC-3', null),
      shared,
      communication,
      'QC-3',
      'QC-COMMUNICATION',
    ],
    [
      'the common part of a shared envelope has no measure',
      asked(null, 'QC-COMMUNICATION'),
      null,
      communication,
      null,
      'QC-COMMUNICATION',
    ],
    ['federal money has no measure', asked(null, 'CA-2009'), null, federal, null, 'CA-2009'],
    [
      'a self-funded measure takes no envelope',
      asked('QC-6', null),
      selfFunded,
      null,
      'QC-6',
      null,
    ],
  ]
  test.each(placed)('%s', (_case, question, measure, envelope, onMeasure, onEnvelope) => {
    expect(place(question, measure, envelope)).toEqual({ measure: onMeasure, envelope: onEnvelope })
  })

  const refused: [string, Asked, Measure | null, Envelope | null, string, string][] = [
    [
      'a measure nobody knows',
      asked('QC-99', null),
      null,
      null,
      'expenditures/measure-unknown',
      '/measure',
    ],
    [
      'an envelope nobody knows',
      asked(null, 'QC-M99'),
      null,
      null,
      'expenditures/envelope-unknown',
      '/envelope',
    ],
    [
      'neither measure nor envelope',
      asked(null, null),
      null,
      null,
      'expenditures/cell-missing',
      '/measure',
    ],
    [
      'a shared measure with another envelope',
      asked('QC-3', 'QC-M8'),
      shared,
      own,
      'expenditures/envelope-not-of-measure',
      '/envelope',
    ],
    [
      'a self-funded measure with an envelope',
      asked('QC-6', 'QC-M8'),
      selfFunded,
      own,
      'expenditures/self-funded-takes-no-envelope',
      '/envelope',
    ],
    [
      'a measure with several envelopes, none said',
      asked('QC-8', null),
      someMeasure({ envelopes: ['A', 'B'] }),
      null,
      'expenditures/envelope-needed',
      '/envelope',
    ],
  ]
  test.each(refused)(
    '%s is refused, with the field',
    (_case, question, measure, envelope, code, pointer) => {
      try {
        place(question, measure, envelope)
        expect.unreachable()
      } catch (error) {
        expect(error).toBeInstanceOf(Problem)
        const problem = error as Problem
        expect(problem).toMatchObject({ kind: 'refused', code, issues: [{ pointer, code }] })
        expect(problem.sentence.fr).not.toBe(problem.sentence.en)
      }
    },
  )

  test('the measure’s only envelope is looked up when none is said', () => {
    expect(envelopeOf(asked('QC-8', null), someMeasure())).toBe('QC-M8')
    expect(envelopeOf(asked('QC-8', 'QC-X'), someMeasure())).toBe('QC-X')
    expect(envelopeOf(asked('QC-6', null), selfFunded)).toBeNull()
  })

  test.each([
    ['12', 'QC-12'],
    ['a3', 'QC-A3'],
    ['QC-12', 'QC-12'],
    [' qc-a3 ', 'QC-A3'],
    ['120', '120'],
  ])('people write %j for %s', (typed, code) => {
    expect(measureCode(typed)).toBe(code)
  })
})
