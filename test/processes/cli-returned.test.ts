import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { hostileUploads, soundUpload } from '#test/support/hostile-uploads.ts'
import { type Ran, runVigie } from '#test/support/processes.ts'
import { editedFile, putCell, textCellXml } from '#test/support/returned.ts'

/** `vigie verify --workbook`: what a script decides on is the exit code, what a person reads the lines. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const hostile = [
  ['encrypted.xlsx', 'a password on the whole'],
  ['laughs.xlsx', 'a billion laughs'],
] as const

let database: TestDatabase
let folder: string

const vigie = (...args: readonly string[]): Promise<Ran> =>
  runVigie(args, { cwd: folder, env: { DATABASE_URL: database.url } })

beforeAll(async () => {
  database = await testDatabase({ template: 'published' })
  folder = await mkdtemp(join(tmpdir(), 'vigie-returned-'))
  await vigie('report', 'comparison', '--format', 'xlsx', '-o', 'ours.xlsx')
  const bytes = await readFile(join(folder, 'ours.xlsx'))
  const edited = editedFile(bytes, (parts) => {
    putCell(parts, 'Sommaire', 'A1', textCellXml('A1', 'Autre\u200b titre'))
  })
  await writeFile(join(folder, 'edited.xlsx'), edited)
  await writeFile(join(folder, 'other.txt'), 'a;b')
  await writeFile(join(folder, 'elsewhere.xlsx'), soundUpload())
  for (const [file, says] of hostile) {
    const upload = hostileUploads.find((each) => each.says === says)
    await writeFile(join(folder, file), upload?.make() ?? '')
  }
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await database.close()
})

describe('vigie verify --workbook', () => {
  test.concurrent('says that nothing changed, and where the file stands', async () => {
    const { code, stdout } = await vigie('verify', '--workbook', 'ours.xlsx')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^✓ Inchangé/)
    expect(stdout).toMatch(/^comparison · fr · position \d+ · [0-9a-f]{64}$/m)
  })

  test.concurrent('names what changed, writes out what is not seen, and ends with 1', async () => {
    const { code, stdout } = await vigie('verify', '--workbook', 'edited.xlsx', '--lang', 'en')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^✗ Sommaire!A1, value: file «Autre\\u\{200b\} titre», record «.+»$/m)
    expect(stdout).toMatch(/^✗ 1 difference from the record$/m)
  })

  test.concurrent.each([
    ['other.txt', 2, 'other.txt'],
    ['nowhere.xlsx', 2, 'nowhere.xlsx'],
    ['elsewhere.xlsx', 6, 'exports/workbook-not-ours'],
    ['encrypted.xlsx', 2, 'files/encrypted'],
    ['laughs.xlsx', 6, 'files/xml-doctype'],
  ])('refuses %s with a sentence', async (file, exit, named) => {
    const { code, stdout, stderr } = await vigie('verify', '--workbook', file)
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' })
    expect(stderr).toContain(named)
  })
})
