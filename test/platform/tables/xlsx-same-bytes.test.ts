import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { unzipParts, zipParts } from '#platform/files/deterministic-zip.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { sampleWorkbook } from './sample-workbook.ts'

const script = fileURLToPath(new URL('write-sample.ts', import.meta.url))
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function writtenUnder(zone: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, TZ: zone },
  })
  return stdout
}

describe('the same workbook', () => {
  test.each(['UTC', 'America/Toronto', 'Asia/Tokyo', 'Pacific/Auckland'])(
    'has the same bytes from a process in %s',
    async (zone) => {
      expect(await writtenUnder(zone)).toBe(hash(await writeWorkbook(sampleWorkbook())))
    },
    30_000,
  )

  test('has the same bytes the second time, whatever was written in between', async () => {
    const before = hash(await writeWorkbook(sampleWorkbook('fr')))
    const other = hash(await writeWorkbook(sampleWorkbook('en')))
    expect(hash(await writeWorkbook(sampleWorkbook('fr')))).toBe(before)
    expect(other).not.toBe(before)
  })

  test('has other bytes when its instant is another', async () => {
    const later = { ...sampleWorkbook(), instant: '2026-04-01T04:00:00Z' }
    expect(hash(await writeWorkbook(later))).not.toBe(hash(await writeWorkbook(sampleWorkbook())))
  })
})

describe('a zip of parts', () => {
  const a = new Uint8Array([1, 2, 3])
  const b = 'é🙂'
  const zipped = (...parts: readonly [string, Uint8Array | string][]): Uint8Array =>
    zipParts(new Map(parts))

  test('does not depend on the order they come in', () => {
    const one = zipped(['xl/a.xml', a], ['[Content_Types].xml', b])
    const two = zipped(['[Content_Types].xml', b], ['xl/a.xml', a])
    expect(hash(one)).toBe(hash(two))
  })

  test('gives its parts back', () => {
    const parts = unzipParts(zipped(['xl/a.xml', a], ['b', b]))
    expect([...parts.keys()]).toEqual(['b', 'xl/a.xml'])
    expect(parts.get('xl/a.xml')).toEqual(a)
    expect(new TextDecoder().decode(parts.get('b'))).toBe(b)
  })

  test('dates every part 1980-01-01 at noon', () => {
    const bytes = zipped(['a', a])
    const header = new DataView(bytes.buffer, bytes.byteOffset)
    expect(header.getUint16(12, true)).toBe((1 << 5) | 1)
    expect(header.getUint16(10, true)).toBe(12 << 11)
  })
})
