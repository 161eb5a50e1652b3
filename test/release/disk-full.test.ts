import { execFile } from 'node:child_process'
import { appendFile, chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { endServer, until } from '#test/support/own-server.ts'
import { runVigie } from '#test/support/processes.ts'
import { addPerson, type Served, serveVigie } from '#test/support/served.ts'

vi.setConfig({ testTimeout: 300_000 })

const run = promisify(execFile)

/**
 * A disk of 160 MB that holds the database and nothing else, until something else fills it. It
 * needs whoever may mount: without, the test fails and says so.
 */
async function smallDisk(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-disk-'))
  await run('mount', ['-t', 'tmpfs', '-o', 'size=160m,mode=0711', 'tmpfs', folder])
  onTestFinished(async () => {
    await endServer(join(folder, 'data', 'postgres'))
    await run('umount', ['--lazy', folder])
    await rm(folder, { recursive: true, force: true })
  })
  await chmod(folder, 0o711)
  return folder
}

/** To the last byte. */
async function fill(file: string): Promise<void> {
  for (const size of [1_048_576, 65_536, 4_096, 512]) {
    const block = Buffer.alloc(size, 'x')
    while (
      await appendFile(file, block).then(
        () => true,
        () => false,
      )
    ) {
      // Until there is no room.
    }
  }
}

const draft = (place: number) => ({
  organization: 'MSP',
  measure: 'QC-12',
  serviceDate: '2025-06-15',
  documentNumber: `DISK-${place}`,
  supplier: 'PIPQ',
  description: 'x'.repeat(2_000),
  amount: '1.00',
})

test('a full disk stops writing, not reading, and nothing has to be done but make room', async () => {
  const disk = await smallDisk()
  const options = { env: { VIGIE_DATA: join(disk, 'data'), LOG_LEVEL: 'silent' } }
  const served = await serveVigie(options)
  expect((await runVigie(['plan', 'load', '--published'], options)).code).toBe(0)
  const officer = await addPerson('agente', 'officer', options)
  const enter = (place: number) =>
    served.post('/expenditures', draft(place), { token: officer, key: `disk-${place}` })
  expect((await enter(0)).status).toBe(201)
  const before = await totalsOf(served, officer)

  await fill(join(disk, 'filler'))
  const statuses: number[] = []
  for (let place = 1; place <= 400 && !statuses.includes(503); place += 1) {
    const { status, headers } = await enter(place)
    statuses.push(status)
    expect([201, 503, 507]).toContain(status)
    expect(status === 201 || headers.get('retry-after') !== null).toBe(true)
  }
  expect(statuses.at(-1)).not.toBe(201)
  // Reading goes on, the figures are what they were.
  expect(await totalsOf(served, officer)).toEqual(before)
  expect((await served.get('/health/live')).status).toBe(200)

  await rm(join(disk, 'filler'))
  await until(async () => (await enter(401)).status === 201, 30_000)
  for (let place = 1; place <= statuses.length; place += 1) {
    expect((await enter(place)).status).toBe(201)
  }
  const listed = await served.get('/api/v1/expenditures?text=DISK-&limit=500', officer)
  expect(listed.body.count).toBe(statuses.length + 2)
  expect(served.running.child.exitCode).toBeNull()
  expect((await runVigie(['verify'], options)).code).toBe(0)
})

async function totalsOf({ get }: Served, token: string): Promise<unknown> {
  const report = await get('/api/v1/reports/reconciliation?by=measure', token)
  expect(report.status).toBe(200)
  return report.body.totals
}
