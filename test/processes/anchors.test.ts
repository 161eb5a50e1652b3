import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { sharedDataFolder } from '#test/support/own-server.ts'
import { runVigie } from '#test/support/processes.ts'
import { serveVigie } from '#test/support/served.ts'

/** Anchors as an operator meets them: commands, the service, a backup that is put back. */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

const data = sharedDataFolder()
const options = { env: { VIGIE_DATA: data, LOG_LEVEL: 'silent', LANG: 'en_CA.UTF-8' } }
const vigie = (...command: string[]) => runVigie(command, options)
const anchors = (): readonly { sequence: number; kind: string }[] =>
  readFileSync(join(data, 'anchors.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

const addPerson = (name: string) =>
  vigie('users', 'add', '--email', `${name}@vigie.test`, '--name', name, '--role', 'auditor')

describe('an operator', () => {
  test('has every command that wrote signed, and what the service wrote when it stops', async () => {
    expect(await vigie('plan', 'load')).toMatchObject({ code: 0 })
    expect(anchors()).toMatchObject([{ sequence: 1, kind: 'key' }])
    expect(await vigie('verify')).toMatchObject({ code: 0, stderr: '' })
    const served = await serveVigie(options)
    expect(await addPerson('beside')).toMatchObject({ code: 0 })
    expect(await served.running.end('SIGTERM')).toMatchObject({ code: 0 })
    expect(anchors().at(-1)).toMatchObject({ sequence: 2 })
  })

  test('puts a backup back, is refused every write, and accepts it with a reason', async () => {
    const backup = join(data, 'backup')
    copyFolder(join(data, 'postgres'), backup)
    expect(await addPerson('after')).toMatchObject({ code: 0 })
    expect(anchors().at(-1)).toMatchObject({ sequence: 3 })
    copyFolder(backup, join(data, 'postgres'))

    expect(await addPerson('too-early')).toMatchObject({
      code: 7,
      stderr: expect.stringMatching(/position 3.*\[audit\/record-behind-anchors\]\n$/),
    })
    const broken = await vigie('verify')
    expect(broken.code).toBe(1)
    expect(broken.stdout.split('\n').filter((line) => line.startsWith('✗'))).toEqual([
      '✗ Every anchor has a good signature and the seal of its position',
    ])
    expect(broken.stdout).toContain('event 3 (anchor, line ')
    expect(await vigie('users', 'list')).toMatchObject({ code: 0 })

    const accepted = await vigie('anchors', 'accept', '--reason', 'Backup of last night')
    expect(accepted).toMatchObject({ code: 0, stdout: '' })
    expect(accepted.stderr).toContain('anchors after 2 no longer bind')
    expect(await vigie('verify')).toMatchObject({ code: 0 })
    expect(await addPerson('again')).toMatchObject({ code: 0 })
    expect((await vigie('anchors', 'list')).stdout).toContain('Backup of last night')
    expect(await vigie('anchors', 'accept', '--reason', 'x')).toMatchObject({ code: 5 })
  })

  test('is told when the file of anchors was changed', async () => {
    const path = join(data, 'anchors.jsonl')
    const safe = readFileSync(path, 'utf8')
    writeFileSync(path, safe.replace(/"at":"2(?=[^{]*$)/, '"at":"3'))
    const refused = await addPerson('never')
    writeFileSync(path, safe)
    expect(refused).toMatchObject({ code: 7 })
    expect(refused.stderr).toContain('[audit/anchor-signature]')
    expect(await vigie('verify')).toMatchObject({ code: 0 })
  })
})

/** Owners and modes kept: root's server runs as another user. */
function copyFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  execFileSync('cp', ['-a', from, to])
}
