import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '#test/support/source-tree.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-npm-'))
  await chmod(folder, 0o711)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('who stops the npm script stops the service and its PostgreSQL', async () => {
  const npm = spawn('npm', ['run', '-s', 'vigie', '--', 'serve', '--port', '0'], {
    cwd: root,
    env: { ...process.env, VIGIE_DATA: folder, DATABASE_URL: undefined },
  })
  const ended = once(npm, 'exit')
  const [printed] = await once(npm.stdout, 'data')
  const address = String(printed).trim()
  const ready = async () => (await fetch(`${address}/health/ready`)).status
  await expect.poll(ready, { timeout: 120_000 }).toBe(200)
  npm.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  await expect(fetch(`${address}/health/live`)).rejects.toThrow()
})
