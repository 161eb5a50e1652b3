import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { sabotages } from '#scripts/sabotage/list.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const occurrences = (text: string, find: string): number => text.split(find).length - 1

test.each(sabotages)(
  'sabotage “$name” of promise $promise still fits',
  ({ edits, test: guard }) => {
    expect(readFileSync(`${root}/${guard}`, 'utf8')).toContain('test')
    const texts = new Map<string, string>()
    for (const { file, find, replace } of edits) {
      const text = texts.get(file) ?? readFileSync(`${root}/${file}`, 'utf8')
      expect(occurrences(text, find), find).toBe(1)
      texts.set(
        file,
        text.replace(find, () => replace),
      )
    }
  },
)
