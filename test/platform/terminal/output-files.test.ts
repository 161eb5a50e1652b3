import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeOutput, writeOutputStream } from '#platform/terminal/output-files.ts'

let folder: string
const inFolder = (name: string): string => join(folder, name)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-output-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function* pieces(...texts: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    if (text instanceof Error) throw text
    yield Buffer.from(text)
  }
}

describe('a file that a command was told to write', () => {
  test('is all there, and nothing beside it', async () => {
    await writeOutput(inFolder('a.csv'), 'tout')
    await writeOutputStream(inFolder('b.csv'), pieces('en ', 'deux'))
    expect((await readdir(folder)).sort()).toEqual(['a.csv', 'b.csv'])
    expect(await readFile(inFolder('b.csv'), 'utf8')).toBe('en deux')
  })

  test('is not there when what it should hold could not be made', async () => {
    const broken = new Error('the database went away')
    const writing = writeOutputStream(inFolder('a.csv'), pieces('la moitié', broken))
    await expect(writing).rejects.toBe(broken)
    expect(await readdir(folder)).toEqual([])
  })

  test('is what it was before, when what should replace it could not be made', async () => {
    await writeFile(inFolder('a.csv'), 'hier')
    const writing = writeOutputStream(inFolder('a.csv'), pieces('aujourd', new Error('gone')))
    await expect(writing).rejects.toThrow('gone')
    expect(await readFile(inFolder('a.csv'), 'utf8')).toBe('hier')
    expect(await readdir(folder)).toEqual(['a.csv'])
  })

  test('keeps its mode and the link that leads to it', async () => {
    await writeFile(inFolder('a.csv'), 'hier')
    await chmod(inFolder('a.csv'), 0o600)
    await symlink('a.csv', inFolder('link.csv'))
    await writeOutput(inFolder('link.csv'), 'aujourd’hui')
    expect(await readFile(inFolder('a.csv'), 'utf8')).toBe('aujourd’hui')
    expect((await stat(inFolder('a.csv'))).mode & 0o777).toBe(0o600)
    expect((await readdir(folder)).sort()).toEqual(['a.csv', 'link.csv'])
  })

  test('may be a device, which stays one', async () => {
    await writeOutput('/dev/null', 'rien')
    expect((await stat('/dev/null')).isFile()).toBe(false)
  })

  test('in a folder that is not there is refused in words', async () => {
    await expect(writeOutput(inFolder('none/a.csv'), 'x')).rejects.toMatchObject({
      code: 'terminal/unwritable',
      sentence: { en: expect.stringContaining('ENOENT') },
    })
  })

  test('fails by what failed: an error of the content is not one of the disk', async () => {
    const refused = Object.assign(new Error('canceled'), { code: '57014' })
    await expect(writeOutputStream(inFolder('a.csv'), pieces(refused))).rejects.toBe(refused)
  })
})
