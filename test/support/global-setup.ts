import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { calendarDate } from '#core/calendar-date.ts'
import { systemActor } from '#features/identity/actor.ts'
import { perform } from '#features/identity/context.public.ts'
import { loadOfficialPlan, loadPublishedFigures } from '#features/imports/official-plan.actions.ts'
import { createPool } from '#platform/db/connect.ts'
import { joinOwnServer } from '#platform/db/own-server.ts'
import { openService } from '#platform/service.ts'
import { prepareExportQueue } from '#src/export-queue.ts'
import { databaseUrl, testToday } from './urls.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string
    templates: { plan: string; published: string }
  }
}

/**
 * Starts one server, or takes TEST_DATABASE_URL's, and makes two templates on it: the official plan
 * loaded, and the published spending besides. What a test file needs is a clone of one of them.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await testServer()
  const run = randomUUID().slice(0, 8)
  const templates = { plan: `vigie_plan_${run}`, published: `vigie_published_${run}` }
  await admin(server.url, [`create database ${templates.plan}`])
  await load(databaseUrl(server.url, templates.plan), false)
  await admin(server.url, [`create database ${templates.published} template ${templates.plan}`])
  await load(databaseUrl(server.url, templates.published), true)
  project.provide('serverUrl', server.url)
  project.provide('templates', templates)
  return async () => {
    await admin(
      server.url,
      Object.values(templates).map((name) => `drop database ${name} with (force)`),
    )
    await server.stop()
  }
}

async function testServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL
  if (given !== undefined && given !== '') {
    return { url: given, stop: async () => undefined }
  }
  const dataFolder = await mkdtemp(join(tmpdir(), 'vigie-test-'))
  // As root the server runs as another user, who must be able to reach the folder.
  await chmod(dataFolder, 0o711)
  const own = await joinOwnServer({ dataFolder, say: () => undefined })
  const { host, port, user, database } = own.connection
  const url = `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
  return {
    url,
    stop: async () => {
      await own.leave()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

async function admin(url: string, statements: readonly string[]): Promise<void> {
  const pool = createPool({ connection: url, max: 1, applicationName: 'vigie tests' })
  for (const statement of statements) {
    await pool.query(statement)
  }
  await pool.end()
}

async function load(url: string, isPublished: boolean): Promise<void> {
  const clock = { today: () => calendarDate(testToday) }
  const service = await openService({
    databaseUrl: url,
    dataFolder: '',
    clock,
    poolMax: 2,
    say: () => undefined,
  })
  const call = { actor: systemActor, request: 'test-setup', operatingSystemUser: null }
  await service.prepare()
  await prepareExportQueue(service)
  await perform(service, call, loadOfficialPlan)
  if (isPublished) {
    await perform(service, call, loadPublishedFigures)
  }
  await service.close()
}
