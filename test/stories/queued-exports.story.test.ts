import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCommand } from '#features/exports/report-command.ts'
import { streamWorkbook } from '#features/exports/workbooks.actions.ts'
import { systemActor } from '#features/identity/actor.ts'
import { view } from '#features/identity/context.public.ts'
import { makeLog } from '#platform/log.ts'
import { type ExportQueue, makeExportQueue } from '#src/export-queue.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { untilExport } from '#test/support/exports.ts'

/** Workbooks that are made in the background, from the asking to the end of their time. */
let app: TestApp
let auditor: Person
let officer: Person
let queue: ExportQueue

beforeAll(async () => {
  app = await testApp()
  auditor = await app.person('verif', 'auditor')
  officer = await app.person('agente', 'officer')
  const approver = await app.person('chef', 'approver')
  await post(officer, approver, { organization: 'MSP', documentNumber: 'F-1', amount: '12.34' })
  await post(officer, approver, { organization: 'MSP', documentNumber: 'F-2', amount: '56.78' })
  queue = makeExportQueue(app.database.service, makeLog('silent'))
})
afterAll(async () => {
  await queue.close()
  await app.close()
})

const ask = (person: Person, body: object = {}) =>
  person.send('POST', '/exports', { body: { report: 'reconciliation', lang: 'fr', ...body } })

const ready = (person: Person, id: string) => untilExport(() => person.get(`/exports/${id}`))

const fileOf = async (person: Person, id: string) => {
  const url = `/api/v1/exports/${id}/file`
  const headers = { authorization: `Bearer ${person.token}` }
  const answer = await app.server.inject({ method: 'GET', url, headers })
  return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload }
}

/** What `vigie report` writes for whoever sits at the terminal. */
async function atTerminal(command: string): Promise<Buffer> {
  const asked = readCommand(command)
  const roles = [{ role: 'auditor', organization: '*' }] as const
  const call = { actor: { email: systemActor.email, roles }, request: 't', operatingSystemUser: '' }
  const chunks: Uint8Array[] = []
  await view(app.database.service, call, async (viewing) => {
    if (asked !== null) {
      for await (const chunk of streamWorkbook(viewing, asked)) chunks.push(chunk)
    }
  })
  return Buffer.concat(chunks)
}

describe('before anybody works them off', () => {
  test('an export waits, at the position where the record stood', async () => {
    const { position } = (await auditor.get('/reports/reconciliation')).body
    const asked = await ask(auditor)
    expect(asked.status).toBe(201)
    expect(asked.headers.etag).toBe('"1"')
    expect(asked.body).toMatchObject({ state: 'waiting', report: 'reconciliation', position })
    expect(asked.body.command).toContain(`--as-of ${position} --detail documents --lang fr`)
    const file = await auditor.get(`/exports/${asked.body.id}/file`)
    expect([file.status, file.body.code]).toEqual([409, 'exports/not-ready'])
  })

  test('the asking is an event, and the job was put in line with it', async () => {
    const { body } = await ask(auditor, { by: 'axis' })
    const { items } = (await auditor.get(`/events?subject=export/${body.id}`)).body
    expect(items.map(({ type }: { type: string }) => type)).toEqual(['export.requested'])
    const { rows } = await app.database.owner.query(
      `select state::text from pgboss.job where id = $1`,
      [body.id],
    )
    expect(rows).toEqual([{ state: 'created' }])
  })

  test('what is refused leaves neither a row nor a job', async () => {
    const counts = async () =>
      (
        await app.database.owner.query(
          `select (select count(*) from queued_export) as rows, count(*) as jobs from pgboss.job`,
        )
      ).rows
    const before = await counts()
    const refused = [
      [await ask(auditor, { report: 'nothing' }), 404, 'reports/unknown'],
      [await ask(auditor, { asOf: '999999' }), 422, 'audit/moment-ahead'],
      [await ask(auditor, { report: 'tie-out' }), 422, 'exports/not-queued'],
      [await ask(officer, { detail: 'documents' }), 403, 'identity/forbidden'],
      [await ask(auditor, { nom: 'x' }), 422, 'http/invalid-body'],
    ] as const
    expect(refused.map(([{ status, body }]) => [status, body.code])).toEqual(
      refused.map(([, status, code]) => [status, code]),
    )
    expect(await counts()).toEqual(before)
  })

  test('a transaction that rolls back leaves no job', async () => {
    await app.database.owner.query(`
      create function refuse_export_event() returns trigger language plpgsql as $$
      begin raise exception 'no'; end $$;
      create trigger refuse before insert on event for each row
        when (new.type = 'export.requested') execute function refuse_export_event()`)
    const jobs = 'select count(*) from pgboss.job'
    const before = (await app.database.owner.query(jobs)).rows
    expect((await ask(auditor)).status).toBe(500)
    expect((await app.database.owner.query(jobs)).rows).toEqual(before)
    await app.database.owner.query('drop trigger refuse on event')
  })

  test('the same key asks once', async () => {
    const body = { report: 'comparison' }
    const once = await officer.send('POST', '/exports', { body, key: 'k-1' })
    const again = await officer.send('POST', '/exports', { body, key: 'k-1' })
    expect(again.body.id).toBe(once.body.id)
    expect((await officer.get('/exports')).body.count).toBe(1)
  })

  test('one person has five of them at most', async () => {
    const answers = []
    for (let at = 0; at < 4; at += 1) {
      answers.push((await ask(auditor)).status)
    }
    expect(answers).toEqual([201, 201, 201, 429])
  })

  test('what waits is cancelled once, by who asked, as it was seen', async () => {
    const { items } = (await auditor.get('/exports')).body
    const { id } = items[0]
    expect((await officer.step(`/exports/${id}/cancel`, 1)).status).toBe(404)
    expect((await auditor.send('POST', `/exports/${id}/cancel`)).status).toBe(428)
    expect((await auditor.step(`/exports/${id}/cancel`, 2)).body.code).toBe('exports/stale')
    const cancelled = await auditor.step(`/exports/${id}/cancel`, 1)
    expect([cancelled.status, cancelled.body.state]).toEqual([200, 'cancelled'])
    expect((await auditor.step(`/exports/${id}/cancel`, 2)).body.code).toBe('exports/settled')
    const { rows } = await app.database.owner.query(
      'select state::text from pgboss.job where id = $1',
      [id],
    )
    expect(rows).toEqual([{ state: 'cancelled' }])
  })
})

describe('once the service works them off', () => {
  beforeAll(() => queue.start())

  test('the file is that of the terminal, with its digest in the event', async () => {
    const { items } = (await auditor.get('/exports')).body
    const first = items.at(-1)
    const found = await ready(auditor, first.id)
    expect(found).toMatchObject({ state: 'ready', href: `/api/v1/exports/${first.id}/file` })
    const { status, headers, bytes } = await fileOf(auditor, first.id)
    expect(status).toBe(200)
    expect(bytes.equals(await atTerminal(found.command))).toBe(true)
    const digest = createHash('sha256').update(bytes)
    expect(headers['content-length']).toBe(String(bytes.length))
    expect(headers['content-disposition']).toContain('.xlsx')
    expect(headers['repr-digest']).toBe(`sha-256=:${digest.copy().digest('base64')}:`)
    expect(found).toMatchObject({ bytes: bytes.length, sha256: digest.digest('hex') })
    const events = (await auditor.get(`/events?subject=export/${first.id}`)).body.items
    expect(events.at(-1)).toMatchObject({
      type: 'export.finished',
      actor: 'system',
      after: { sha256: found.sha256, bytes: bytes.length },
    })
  })

  test('who opens no document of others gets the cells of the journal', async () => {
    const { body } = await ask(officer)
    const found = await ready(officer, body.id)
    expect(found.command).toContain('--detail cells')
    const { bytes } = await fileOf(officer, body.id)
    expect(bytes.equals(await atTerminal(found.command))).toBe(true)
  })

  test('nobody else sees it', async () => {
    const { id } = (await auditor.get('/exports')).body.items.at(-1)
    const others = [officer, await app.person('autre', 'auditor')]
    const analyst = await app.person('analyste', 'analyst')
    const outsider = await app.person('mes', 'officer', 'MES')
    for (const person of [...others, analyst, outsider]) {
      expect((await person.get(`/exports/${id}`)).status).toBe(404)
      expect((await fileOf(person, id)).status).toBe(404)
    }
    expect((await analyst.get('/exports')).body).toMatchObject({ items: [], count: 0 })
  })

  test('who reaches the documents no longer does not see it either', async () => {
    const person = await app.person('partant', 'auditor')
    const found = await ready(person, (await ask(person)).body.id)
    expect((await fileOf(person, found.id)).status).toBe(200)
    await app.database.owner.query(
      `update person_role set role = 'analyst' where person = (
      select id from person where email = $1)`,
      [person.email],
    )
    expect((await fileOf(person, found.id)).status).toBe(404)
  })

  test('a week later it is gone, and cleared away', async () => {
    const { id } = (await auditor.get('/exports')).body.items.at(-1)
    await app.database.owner.query(
      `update queued_export set expires_at = now() - interval '1 second' where id = $1`,
      [id],
    )
    const gone = await auditor.get(`/exports/${id}/file`)
    expect([gone.status, gone.body.code]).toEqual([404, 'exports/expired'])
    expect((await auditor.get(`/exports/${id}`)).body.state).toBe('expired')
    const after = makeExportQueue(app.database.service, makeLog('silent'))
    after.start()
    const kept = 'select count(*)::integer as parts from queued_export_part where export = $1'
    await expect
      .poll(async () => (await app.database.owner.query(kept, [id])).rows[0].parts)
      .toBe(0)
    await after.close()
  })
})
