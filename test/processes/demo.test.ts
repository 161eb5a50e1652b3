import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test, vi } from 'vitest'
import { postmasterOf, sharedDataFolder } from '#test/support/own-server.ts'
import { type Ran, runVigie, startVigie } from '#test/support/processes.ts'
import { servedAt } from '#test/support/served.ts'

/** `vigie demo`: the main job on a fresh machine, and again on one that has done it. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const data = sharedDataFolder()
const out = join(data, '..', 'classeurs', 'deux')
const cluster = join(data, 'postgres')
/** The demo would touch the user's own database if it looked at this. */
const env = { VIGIE_DATA: data, DATABASE_URL: 'postgresql://vigie@127.0.0.1:1/vigie' }

const once = (): Promise<Ran> => runVigie(['demo', '--once', '--out', out], { env })

const figures = ['147\u00a0106\u00a0925,00\u00a0$', '6\u00a0389\u00a0496,00\u00a0$']

function expectWorkbook(name: string): void {
  const parts = unzipSync(readFileSync(join(out, name)))
  expect(strFromU8(parts['xl/workbook.xml'] ?? Buffer.of())).toContain('<sheet ')
}

describe('demo --once', () => {
  test('writes both workbooks and the table, then ends and leaves nothing running', async () => {
    const { code, stdout, stderr } = await once()
    expect(code).toBe(0)
    const total = stdout.split('\n').find((line) => /^ *total +Total/.test(line)) ?? ''
    for (const figure of figures) expect(total).toContain(figure)
    expect(stderr.trimEnd().split('\n')).toEqual(
      ['reconciliation.xlsx', 'comparison.xlsx'].map((name) => join(out, name)),
    )
    expectWorkbook('reconciliation.xlsx')
    expectWorkbook('comparison.xlsx')
    expect(postmasterOf(cluster)).toBeNull()
  })

  test('done again changes nothing', async () => {
    const before = readFileSync(join(out, 'reconciliation.xlsx'))
    const [first, second] = [await once(), await once()]
    expect([first.code, second.code]).toEqual([0, 0])
    expect(second.stdout).toBe(first.stdout)
    expect(readFileSync(join(out, 'reconciliation.xlsx')).equals(before)).toBe(true)
  })

  test('that cannot write says where, and leaves nothing running', async () => {
    const ran = await runVigie(['demo', '--once', '--out', '/dev/null/x'], { env })
    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(ran.stderr).toMatch(/^Impossible d’écrire \/dev\/null\/x .*\[terminal\/unwritable\]\n$/)
    expect(postmasterOf(cluster)).toBeNull()
  })
})

test('demo then serves, with a token for each role that opens what the role may see', async () => {
  const running = startVigie(['demo', '--out', out, '--port', '0'], { env })
  const address = await lineOf(running.said, running.ended, /^(http:\/\/127\.0\.0\.1:\d+)$/m)
  const tokens = new Map<string, string>()
  for (const role of ['officer', 'approver', 'auditor', 'analyst', 'administrator']) {
    const form = new RegExp(`^ {2}${role} +(vigie_[A-Za-z0-9_-]{43})$`, 'm')
    tokens.set(role, await lineOf(running.said, running.ended, form))
  }
  const { get } = servedAt(running, address)
  const totals = { planned: '147106925.00', spent: '6389496.00' }
  for (const token of tokens.values()) {
    const report = await get('/api/v1/reports/reconciliation', token)
    expect([200, 403]).toContain(report.status)
    if (report.status === 200) expect(report.body.totals).toMatchObject(totals)
  }
  const verified = await get('/api/v1/verify', tokens.get('auditor'))
  expect(verified).toMatchObject({ status: 200, body: { isIntact: true } })
  const page = await lineOf(running.said, running.ended, /(http:\S+\/fr\/demo)$/m)
  const door = await fetch(page)
  expect([door.status, await door.text()]).toEqual([
    200,
    expect.stringContaining('agent financier'),
  ])
  expect((await running.end('SIGTERM')).code).toBe(0)
  expect(postmasterOf(cluster)).toBeNull()
})

/** Waits for a line on either stream, and answers what it captures. */
async function lineOf(
  said: { readonly stdout: string; readonly stderr: string },
  ended: Promise<Ran>,
  form: RegExp,
): Promise<string> {
  let isEnded = false
  void ended.then(() => {
    isEnded = true
  })
  for (;;) {
    const [, captured] = form.exec(`${said.stdout}\n${said.stderr}`) ?? []
    if (captured !== undefined) return captured
    if (isEnded) throw new Error(`ended without ${form}: ${said.stderr}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
