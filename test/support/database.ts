import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { inject } from 'vitest'
import { type CalendarDate, calendarDate } from '#core/calendar-date.ts'
import { createPool } from '#platform/db/connect.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { type OpenService, openService } from '#platform/service.ts'
import { databaseUrl, testToday } from './urls.ts'

export interface TestDatabase {
  readonly url: string
  readonly service: OpenService
  /** As the working role. */
  readonly handle: Handle
  /** As the owner: for what only a test may do. */
  readonly owner: Pool
  close(): Promise<void>
}

export interface TestDatabaseOptions {
  /** `plan`: the official plan. `published`: and the published spending. */
  readonly template?: 'plan' | 'published'
  readonly today?: CalendarDate
  readonly poolMax?: number
  /** Where people reach the pages; nobody knows when left out. */
  readonly site?: string
}

/** A database of the file's own, cloned from a template; `close` drops it. */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { template = 'plan', today = calendarDate(testToday), poolMax = 8, site } = options
  const serverUrl = inject('serverUrl')
  const name = `vigie_test_${randomUUID().replaceAll('-', '')}`
  await admin(serverUrl, `create database ${name} template ${inject('templates')[template]}`)
  const url = databaseUrl(serverUrl, name)
  const service = await openService({
    databaseUrl: url,
    dataFolder: '',
    clock: { today: () => today },
    poolMax,
    ...(site === undefined ? {} : { site }),
    say: () => undefined,
  })
  return {
    url,
    service,
    handle: service.handle,
    owner: service.ownerPool,
    close: async () => {
      await service.close()
      await admin(serverUrl, `drop database ${name} with (force)`)
    },
  }
}

async function admin(url: string, statement: string): Promise<void> {
  const pool: Pool = createPool({ connection: url, max: 1, applicationName: 'vigie tests' })
  try {
    await pool.query(statement)
  } finally {
    await pool.end()
  }
}
