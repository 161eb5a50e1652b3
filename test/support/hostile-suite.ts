import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HostileUpload, hostileUploads, soundUpload } from '#test/support/hostile-uploads.ts'

const reader = fileURLToPath(new URL('./hostile-reader.ts', import.meta.url))

/** Promise 24: no file can hang or exhaust the service, whichever way it comes in. */
export function describeHostile(
  title: string,
  way: 'upload' | 'returned',
  outcomeOf: (upload: HostileUpload) => string,
): void {
  describe(`${title} that is made to hurt`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-hostile-'))
    const measures: Record<string, number | string>[] = []
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    beforeAll(async () => {
      const sound = { name: 'bon.xlsx', make: soundUpload }
      // The first brings the code into memory, the last shows that the service goes on.
      const uploads = [sound, ...hostileUploads, sound].map(({ name, make }, at) => {
        const path = join(folder, String(at))
        writeFileSync(path, make())
        return `${name}=${path}`
      })
      const { stdout } = await promisify(execFile)(process.execPath, [reader, way, ...uploads])
      measures.push(
        ...stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      )
    }, 300_000)

    test('is one of forty', () => {
      const harmful = hostileUploads.filter((upload) => outcomeOf(upload) !== 'read')
      expect(harmful.length).toBeGreaterThan(40)
    })

    test.each(
      hostileUploads.map((upload, at) => [upload.says, outcomeOf(upload), at + 1] as const),
    )('%s: %s, quickly and with little memory', (_, outcome, at) => {
      const measure = measures[at]
      expect(measure?.outcome).toBe(outcome)
      expect(measure?.millis).toBeLessThan(2000)
      expect(measure?.grownMebibytes).toBeLessThan(150)
      expect(measure?.blockedMillis).toBeLessThan(50)
    })

    test('is followed by others, which are read as ever', () => {
      expect(measures).toHaveLength(hostileUploads.length + 2)
      expect(measures.at(-1)?.outcome).toBe('read')
    })
  })
}
