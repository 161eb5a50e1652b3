import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { appendLine, readLineFileEnd, readLines } from '#platform/files/line-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-lines-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let made = 0
const fresh = (content?: string): string => {
  made += 1
  const path = join(folder, `file-${made}`)
  if (content !== undefined) writeFileSync(path, content)
  return path
}

async function linesOf(path: string): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const line of readLines(path)) lines.push(line)
  return lines
}

describe('a file of lines', () => {
  test('that is not there has no end and no line', async () => {
    expect(await readLineFileEnd(fresh())).toBeNull()
    expect(await linesOf(fresh())).toEqual([])
  })

  test('is made with its folder for its owner alone', async () => {
    const path = join(fresh(), 'deeper', 'file')
    await appendLine(path, 'one')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8')).toBe('one\n')
  })

  test.each<[string, string | null, string, readonly string[]]>([
    ['', null, '', []],
    ['one', null, 'one', []],
    ['one\n', 'one', '', ['one']],
    ['one\ntwo', 'one', 'two', ['one']],
    ['one\ntwo\n', 'two', '', ['one', 'two']],
    ['one\n\0\0', 'one', '\0\0', ['one']],
  ])('%j ends with line %j and the rest %j', async (content, lastLine, rest, lines) => {
    const path = fresh(content)
    expect(await readLineFileEnd(path)).toEqual({ lastLine, rest })
    expect(await linesOf(path)).toEqual(lines)
  })

  test('loses what a crash left of a line to the next one, and no whole line', async () => {
    const path = fresh('one\ntw')
    await appendLine(path, 'été')
    expect(readFileSync(path, 'utf8')).toBe('one\nété\n')
    appendFileSync(path, '\0\0\0')
    await appendLine(path, 'three')
    expect(readFileSync(path, 'utf8')).toBe('one\nété\nthree\n')
  })

  test('that is longer than what is read of its end still gives its last line', async () => {
    const path = fresh(`${'x'.repeat(100_000)}\n${'y'.repeat(1_000)}\n`)
    expect((await readLineFileEnd(path))?.lastLine).toBe('y'.repeat(1_000))
  })
})
