import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '#features/audit/event.ts'
import { changesOf } from '#features/audit/event-changes.ts'
import { nameIn, placeOf, placeOfEvent } from '#features/audit/event-subject.ts'
import { eventWords, subjectWords } from '#features/audit/event-words.ts'

const event: RecordedEvent = {
  position: 7,
  type: 'expenditure.changed',
  at: '2026-04-01T12:00:00.000Z',
  actor: 'officer@vigie.test',
  request: 'r',
  address: null,
  operatingSystemUser: null,
  subject: 'expenditure/1',
  before: { number: 'D-1', lines: [{ amount: '1.00' }], note: null },
  after: { number: 'D-1', lines: [{ amount: '2.00' }], note: 'vu' },
  reason: null,
  previous: '0',
  hash: '1',
}

test.each([
  ['expenditure/0198c7a0', '/expenditures/0198c7a0'],
  ['envelope/QC-M12', '/envelopes/QC-M12'],
  ['entry/88', '/journal/88'],
  ['event/1204', '/events/1204'],
  ['period/MSP/2025-2026-P03', undefined],
  ['person/officer@vigie.test', undefined],
  ['expenditure/../users', undefined],
  ['constructor/1', undefined],
  ['expenditures', undefined],
])('%s is opened at %s', (subject, path) => {
  expect(placeOf(subject)?.path).toBe(path)
})

test('an event of an envelope or a relation speaks of its proposal', () => {
  expect(placeOfEvent('envelope/QC-NEW')).toEqual({
    list: '/proposals',
    path: '/proposals/envelopes/QC-NEW',
  })
  expect(placeOfEvent('relation/12')?.path).toBe('/proposals/relations/12')
  expect(placeOfEvent('revision/12')?.path).toBe('/revisions/12')
  expect(placeOfEvent('plan')).toBeNull()
})

describe('an event', () => {
  test('is told field by field, whatever the depth', () => {
    expect(changesOf(event)).toEqual([
      { field: 'number', before: 'D-1', after: 'D-1' },
      { field: 'lines.0.amount', before: '1.00', after: '2.00' },
      { field: 'note', before: null, after: 'vu' },
    ])
    expect(changesOf({ ...event, after: null })).toEqual([
      { field: 'number', before: 'D-1', after: null },
      { field: 'lines.0.amount', before: '1.00', after: null },
    ])
  })

  test('names its subject by what it says of it', () => {
    expect(nameIn(event)).toBe('D-1')
    expect(nameIn({ ...event, after: null })).toBe('D-1')
    expect(nameIn({ ...event, before: null, after: { number: 3 } })).toBeNull()
    expect(subjectWords('expenditure/1', 'D-1')).toEqual({
      fr: 'Dépense D-1',
      en: 'Expenditure D-1',
    })
    expect(subjectWords('something/1').fr).toBe('something/1')
  })

  test('has words for what was done, where the code is known', () => {
    expect(eventWords('expenditure.posted')?.fr).toBe('Dépense\u00a0: comptabilisation')
    expect(eventWords('expenditure.unheard')).toBeUndefined()
    expect(eventWords('toString.posted')).toBeUndefined()
  })
})
