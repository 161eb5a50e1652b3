import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changesOf } from '#features/audit/event-changes.ts'
import { codeWordsOf } from '#features/audit/event-codes.ts'
import { hasFieldWords } from '#features/audit/event-field-words.ts'
import { eventCodes } from '#src/event-codes.ts'
import { type BusyApp, busyApp } from '#test/support/busy-app.ts'
import { textOf, visitor } from '#test/support/pages.ts'

/** Events keep names and codes of the API, and people read words. */
interface Said {
  readonly type: string
  readonly field: string
  readonly values: readonly string[]
}

let busy: BusyApp
let said: readonly Said[]

beforeAll(async () => {
  busy = await busyApp()
  const pages: (readonly Said[])[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const asked: string = cursor === '' ? '' : `&cursor=${cursor}`
    const { body } = await busy.people.auditor.get(`/events?limit=500${asked}`)
    pages.push(body.items.flatMap(saidBy))
    cursor = body.nextCursor
  }
  said = pages.flat()
}, 120_000)
afterAll(() => busy.app.close())

const saidBy = (event: Parameters<typeof changesOf>[0]): readonly Said[] =>
  changesOf(event).map(({ field, before, after }) => ({
    type: event.type,
    field,
    values: [before, after].filter((value) => value !== null),
  }))

const coded = /(?:^|\.)(?:state|kind|policy|cause|report|role|language|spendingSign|flags\.\d+)$/
const isCode = (field: string, value: string): boolean =>
  (coded.test(field) && value !== '') || ['true', 'false'].includes(value)

describe('an event', () => {
  test('has words for each of its codes', () => {
    const without = said.flatMap(({ type, field, values }) =>
      values
        .filter((value) => isCode(field, value))
        .filter((code) => codeWordsOf(eventCodes, { type, field }, code) === undefined)
        .map((code) => `${type} ${field} ${code}`),
    )
    expect([...new Set(without)]).toEqual([])
  })

  test('has words for each of its fields', () => {
    const names = new Set(said.map(({ field }) => field.replaceAll(/\b\d+\b/g, '1')))
    expect([...names].filter((field) => !hasFieldWords(field))).toEqual([])
  })

  test.each([
    ['fr', 'relation.entered', 'Nature — s’ajoute à'],
    ['en', 'relation.entered', 'Kind — adds to'],
    ['fr', 'year-end.prepared', 'Traitement du disponible — tout reporter'],
    ['fr', 'matching.explained', 'Cause — décalage de dates'],
  ])('says them in %s: %s', async (language, type, words) => {
    const { body } = await busy.people.auditor.get(`/events?type=${type}&limit=1`)
    const page = visitor(busy.app, busy.cookies.auditor)
    const { html } = await page.get(`/${language}/events/${body.items[0].position}`)
    expect(textOf(html).replaceAll('\u00a0', ' ')).toContain(words)
  })
})
