import { expect, test } from 'vitest'
import { PackedTexts } from '#platform/files/packed-texts.ts'

/** Each is its own, and some are long: forty pages of them are more than are held in memory. */
const textOf = (place: number): string => `é🙂 ${place} ${'x'.repeat((place * 7919) % 20_000)}`
const count = 6000

test('texts are found again by their places, however many there are and in whatever order', () => {
  const texts = new PackedTexts()
  for (let place = 0; place < count; place += 1) {
    texts.add(textOf(place))
  }
  expect(texts.count).toBe(count)
  expect(texts.bytesUsed).toBeGreaterThan(40 * 1024 * 1024)
  const asked = Array.from({ length: 300 }, (_, at) => (at * 7919) % count)
  for (const place of [...asked, 0, count - 1]) {
    expect(texts.at(place) === textOf(place), `text ${place}`).toBe(true)
  }
  expect([texts.at(count), texts.at(-1), texts.at(0.5)]).toEqual([undefined, undefined, undefined])
})

test('a text that is empty is a text', () => {
  const texts = new PackedTexts()
  texts.add('')
  texts.add('b')
  expect([texts.at(0), texts.at(1)]).toEqual(['', 'b'])
})
