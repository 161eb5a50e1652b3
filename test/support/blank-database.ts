import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { createPool } from '#platform/db/connect.ts'
import { databaseUrl } from './urls.ts'

/** A database with nothing in it, as whoever sets DATABASE_URL for the first time has. */
export interface BlankDatabase {
  readonly url: string
  close(): Promise<void>
}

export async function blankDatabase(): Promise<BlankDatabase> {
  const serverUrl = inject('serverUrl')
  const name = `vigie_blank_${randomUUID().replaceAll('-', '')}`
  await command(serverUrl, `create database ${name} template template0`)
  return {
    url: databaseUrl(serverUrl, name),
    close: () => command(serverUrl, `drop database ${name} with (force)`),
  }
}

async function command(url: string, statement: string): Promise<void> {
  const pool = createPool({ connection: url, max: 1, applicationName: 'vigie tests' })
  try {
    await pool.query(statement)
  } finally {
    await pool.end()
  }
}
