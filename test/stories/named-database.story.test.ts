import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { verifyRecord } from '#features/audit/audit.actions.ts'
import { everyOrganization, type Role, systemActor } from '#features/identity/actor.ts'
import { perform, view } from '#features/identity/context.public.ts'
import { addPerson, issueToken } from '#features/identity/identity.actions.ts'
import { loadOfficialPlan } from '#features/imports/official-plan.actions.ts'
import { createPool } from '#platform/db/connect.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { makeLog } from '#platform/log.ts'
import { type OpenService, openService } from '#platform/service.ts'
import { makeApp } from '#src/app.ts'
import { recordChecks } from '#src/record.ts'
import { type Person, personOf } from '#test/support/app.ts'
import { within } from '#test/support/bounds.ts'
import { post } from '#test/support/drafts.ts'
import { databaseUrl, testToday } from '#test/support/urls.ts'

/**
 * A database whose owner is no superuser, as an administrator of PostgreSQL gives one out: the
 * walls bind such an owner too, and what works in the owner's name must not go blind behind them.
 */
const owner = `vigie_owner_${randomBytes(6).toString('hex')}`
const database = `${owner}_db`
const call = { actor: systemActor, request: 'test', operatingSystemUser: null }
let service: OpenService
let server: HttpServer
let officer: Person
let approver: Person

beforeAll(async () => {
  const password = randomBytes(12).toString('hex')
  await asAdministrator(
    `create role ${owner} login password '${password}' nosuperuser nobypassrls`,
    `grant vigie_service to ${owner}`,
    `create database ${database} owner ${owner} template template0`,
  )
  const url = new URL(databaseUrl(inject('serverUrl'), database))
  url.username = owner
  url.password = password
  service = await openService({
    databaseUrl: url.toString(),
    dataFolder: '',
    clock: { today: () => calendarDate(testToday) },
    poolMax: 4,
    say: () => undefined,
  })
  await service.prepare()
  await perform(service, call, loadOfficialPlan)
  server = await makeApp({ service, log: makeLog('silent'), ready: () => true })
  officer = await hire('officer')
  approver = await hire('approver')
})
afterAll(async () => {
  await server?.close()
  await service?.close()
  await asAdministrator(
    `drop database if exists ${database} with (force)`,
    `drop owned by ${owner}`,
    `drop role ${owner}`,
  )
})

async function asAdministrator(...statements: readonly string[]): Promise<void> {
  const pool = createPool({
    connection: inject('serverUrl'),
    max: 1,
    applicationName: 'vigie tests',
  })
  try {
    for (const statement of statements) {
      await pool.query(statement)
    }
  } finally {
    await pool.end()
  }
}

async function hire(role: Role): Promise<Person> {
  const email = `${role}@vigie.test`
  await perform(service, call, (context) =>
    addPerson(context, { email, name: role, role, organization: 'MSP' }),
  )
  return personOf(server, email, await perform(service, call, (of) => issueToken(of, email)))
}

describe('a database whose owner is no superuser', () => {
  test('takes a document from entry to reversal', async () => {
    const posted = await post(officer, approver)
    expect(posted).toMatchObject({ state: 'posted', position: expect.any(Number) })
    const asked = await officer.step(`/expenditures/${posted.id}/reverse`, posted.version, {
      reason: 'Erreur',
    })
    const url = `/expenditures/${posted.id}/requests/${asked.body.requests[0].id}/approve`
    const reversed = await approver.step(url, asked.body.version)
    expect(reversed.body).toMatchObject({ state: 'reversed' })
    expect((await officer.get('/reports/reconciliation')).body.totals.spent).toBe('0.00')
  })

  test('still refuses a line under an event that is recorded: its triggers see the events', async () => {
    const late = within(service.handle, { organizations: ['MSP'] }, (work) =>
      work
        .insertInto('journal_line')
        .values({
          ...{ entry: '1', place: 90, account: 'available', envelope: 'QC-M1', measure: null },
          ...{ organization: 'MSP', fiscal_year: null, amount: '0.00' },
        })
        .execute(),
    )
    await expect(late).rejects.toMatchObject({ constraint: 'journal_line_of_recorded_event' })
  })

  test('shows its owner all of it, and the service what a transaction reaches', async () => {
    const { rows } = await service.ownerPool.query(
      `select rolsuper, rolbypassrls,
        (select count(*) > 0 from expenditure) as sees_documents,
        (select count(*) > 0 from expenditure_request) as sees_requests,
        (select count(*) from event) = (select chain_head.sequence from chain_head) as sees_events
      from pg_roles where rolname = current_user`,
    )
    expect(rows).toEqual([
      {
        ...{ rolsuper: false, rolbypassrls: false },
        ...{ sees_documents: true, sees_requests: true, sees_events: true },
      },
    ])
    const foreign = await within(service.handle, { organizations: ['MJQ'] }, (work) =>
      work.selectFrom('expenditure').select('id').execute(),
    )
    expect(foreign).toEqual([])
  })

  test('is held by the rule of signatures as its owner too', async () => {
    await expect(
      service.ownerPool.query(`update expenditure_request set decided_by = 'system'`),
    ).rejects.toMatchObject({ constraint: 'expenditure_request_signed_by_actor' })
  })

  test('verifies', async () => {
    const auditor = {
      email: 'auditor@vigie.test',
      roles: [{ role: 'auditor' as const, organization: everyOrganization }],
    }
    const { checks } = await view(service, { ...call, actor: auditor }, (viewing) =>
      verifyRecord(viewing, recordChecks, null),
    )
    expect(checks.filter(({ breaks }) => breaks.length > 0)).toEqual([])
  })
})
