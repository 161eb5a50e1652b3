import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { type ToldExport, untilExport } from '#test/support/exports.ts'
import { imported, manyRows } from '#test/support/imports.ts'
import { textOf, visitor } from '#test/support/pages.ts'
import { runVigie } from '#test/support/processes.ts'
import { type Served, serveVigie } from '#test/support/served.ts'
import { sessionFor } from '#test/support/sessions.ts'
import { untilWaiting } from '#test/support/waiting.ts'

/** Exports of a service that is cut short: what it had begun is begun again, and ends the same. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const documents = 10_001
const folder = mkdtempSync(join(tmpdir(), 'vigie-exports-'))
let app: TestApp
let auditor: Person

beforeAll(async () => {
  app = await testApp()
  auditor = await app.person('verif', 'auditor')
  const officer = await app.person('agente', 'officer')
  const approver = await app.person('chef', 'approver')
  const brought = await imported(
    officer,
    manyRows(documents, () => ({ montant: '0,01' })),
    true,
  )
  const posted = await approver.step(`/imports/${brought.id}/approve`, brought.version, {})
  expect(posted.status).toBe(200)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const env = () => ({ DATABASE_URL: app.database.url, VIGIE_DATA: folder, PORT: '0' })
const serving = () => serveVigie({ cwd: folder, env: env() })

const ask = async ({ post }: Served): Promise<ToldExport> => {
  const body = { report: 'reconciliation', lang: 'fr' }
  const asked = await post('/exports', body, { token: auditor.token })
  expect(asked.status).toBe(201)
  return asked.body
}

const told =
  ({ get }: Served, id: string) =>
  () =>
    get(`/api/v1/exports/${id}`, auditor.token)

async function download({ address }: Served, { id }: ToldExport): Promise<Buffer> {
  const answer = await fetch(`${address}/api/v1/exports/${id}/file`, {
    headers: { authorization: `Bearer ${auditor.token}` },
  })
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

/** The documents cannot be read, so that whoever draws stands still until this is let go. */
async function holdDocuments(): Promise<() => Promise<void>> {
  const client = await app.database.owner.connect()
  await client.query('begin')
  await client.query('lock table expenditure in access exclusive mode')
  return async () => {
    await client.query('rollback')
    client.release()
  }
}

/** An export that is under way and goes no further. */
async function begun(served: Served): Promise<{ asked: ToldExport; letGo(): Promise<void> }> {
  const asked = await ask(served)
  const letGo = await holdDocuments()
  await untilExport(told(served, asked.id), ['running'])
  await untilWaiting(app.database.owner, 1)
  return { asked, letGo }
}

const attemptOf = async ({ id }: ToldExport): Promise<number> => {
  const { rows } = await app.database.owner.query(
    'select attempt from queued_export where id = $1',
    [id],
  )
  return rows[0].attempt
}

describe('a workbook of more documents than are held at once', () => {
  test('tells how far it is, and is what the terminal writes', async () => {
    const served = await serving()
    const asked = await ask(served)
    const done = await untilExport(told(served, asked.id))
    expect(done).toMatchObject({ state: 'ready', rowsDone: documents, rowsTotal: documents })
    const path = join(folder, 'terminal.xlsx')
    const [, ...args] = done.command.split(' ')
    const ran = await runVigie([...args, '-o', path], { cwd: folder, env: env() })
    expect(ran.code).toBe(0)
    expect((await download(served, done)).equals(readFileSync(path))).toBe(true)
    const verify = ['verify', '--workbook', path]
    const verified = await runVigie(verify, { cwd: folder, env: env() })
    expect(verified.stdout).toMatch(/^✓ Inchangé/)
    expect(verified.code).toBe(0)
    expect((await served.running.end('SIGTERM')).stderr).toBe('')
  })

  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'is begun again after %s, and has the same bytes',
    async (signal) => {
      const first = await serving()
      const { asked, letGo } = await begun(first)
      await first.running.end(signal)
      await letGo()
      const second = await serving()
      const done = await untilExport(told(second, asked.id))
      expect(done.state).toBe('ready')
      expect(await attemptOf(asked)).toBe(2)
      const again = await untilExport(told(second, (await ask(second)).id))
      // Only the position of the second one is another: the events of the first stand between them.
      expect(again.command.replace(/--as-of \d+/, '')).toBe(done.command.replace(/--as-of \d+/, ''))
      const path = join(folder, `${signal}.xlsx`)
      const [, ...args] = done.command.split(' ')
      await runVigie([...args, '-o', path], { cwd: folder, env: env() })
      expect((await download(second, done)).equals(readFileSync(path))).toBe(true)
      await second.running.end('SIGTERM')
    },
  )

  test('is given up while it is drawn when its asker cancels it', async () => {
    const served = await serving()
    const { asked, letGo } = await begun(served)
    const cancelled = await served.post(
      `/exports/${asked.id}/cancel`,
      {},
      {
        token: auditor.token,
        version: 1,
      },
    )
    expect([cancelled.status, cancelled.body.state]).toEqual([200, 'cancelled'])
    await letGo()
    // The next one is drawn only when nobody is at work on the first.
    const next = await untilExport(told(served, (await ask(served)).id))
    expect(next.state).toBe('ready')
    expect((await told(served, asked.id)()).body.state).toBe('cancelled')
    const { rows } = await app.database.owner.query(
      'select count(*)::integer as parts from queued_export_part where export = $1',
      [asked.id],
    )
    expect(rows[0].parts).toBe(0)
    await served.running.end('SIGTERM')
  })

  test('holds up nobody else meanwhile', async () => {
    const served = await serving()
    const asked = await ask(served)
    await untilExport(told(served, asked.id), ['running', 'ready'])
    const answers = []
    for (let at = 0; at < 5; at += 1) {
      answers.push(await served.get('/api/v1/reports/reconciliation', auditor.token))
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect((await untilExport(told(served, asked.id))).state).toBe('ready')
    await served.running.end('SIGTERM')
  })
})

describe('its page', () => {
  test('is where the link of the reconciliation leads, with the same question', async () => {
    const page = visitor(app, await sessionFor(app, auditor.email))
    const file = await page.get('/fr/reconciliation.xlsx?by=axis')
    expect(file.status).toBe(303)
    const asking = await page.get(file.location ?? '')
    expect(textOf(asking.html).replaceAll('\u00a0', ' ')).toContain('plus de 10 000 dépenses')
    expect(asking.html).toContain('/fr/reconciliation.xlsx?by=axis&amp;detail=cells')
    const asked = await page.send(asking, { by: 'axis' })
    expect([asked.status, asked.location]).toEqual([303, '/fr/exports?done=asked'])
    const { items } = (await auditor.get('/exports?limit=1')).body
    expect(items[0]).toMatchObject({ state: 'waiting', language: 'fr' })
    expect(items[0].command).toContain('--by axis')
    expect((await page.get('/fr/reconciliation.xlsx?by=axis&detail=cells')).status).toBe(200)
  })
})
