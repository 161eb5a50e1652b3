import { describe, expect, test } from 'vitest'
import { readAhead } from '#platform/files/read-ahead.ts'

describe('reading ahead', () => {
  test('gives what there is in its order, and asks for the next before this one is done with', async () => {
    const asked: number[] = []
    const given: (readonly [item: number, asked: number])[] = []
    for await (const item of readAhead(counted(asked, 3))) {
      given.push([item, asked.length])
    }
    expect(given).toEqual([
      [1, 2],
      [2, 3],
      [3, 3],
    ])
  })

  test('fails where its source does, after what came before', async () => {
    const given: number[] = []
    const reading = (async () => {
      for await (const item of readAhead(failing())) {
        given.push(item)
      }
    })()
    await expect(reading).rejects.toThrow('gone')
    expect(given).toEqual([1])
  })

  test('ends its source when whoever reads has seen enough', async () => {
    const ended: string[] = []
    for await (const _ of readAhead(endless(ended))) {
      break
    }
    expect(ended).toEqual(['ended'])
  })
})

async function* counted(asked: number[], count: number): AsyncGenerator<number, void> {
  for (let item = 1; item <= count; item += 1) {
    asked.push(item)
    yield item
  }
}

async function* failing(): AsyncGenerator<number, void> {
  yield 1
  throw new Error('gone')
}

async function* endless(ended: string[]): AsyncGenerator<number, void> {
  try {
    for (let item = 1; ; item += 1) {
      yield item
    }
  } finally {
    ended.push('ended')
  }
}
