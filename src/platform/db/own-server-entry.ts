import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { isNobodyListening, isUnavailable } from './connect.ts'
import { superuser } from './own-server-cluster.ts'
import { codeOf } from './own-server-folders.ts'
import type { Place } from './own-server-place.ts'
import { findPostmaster, isClaimed } from './own-server-postmaster.ts'
import { startFailed } from './own-server-problems.ts'
import { readLogEnd, type StartedServer, startServer } from './own-server-process.ts'

/**
 * Each process that is in holds the shared lock for as long as it is in, on a connection of its
 * own. Who leaves last holds the exclusive one until the server is gone, so that whoever comes at
 * that moment waits here, is cut off with the server, and starts it again: nobody is ever "in" a
 * server that is about to stop. Advisory locks belong to one database, hence always `postgres`.
 */
const lockDatabase = 'postgres'
const lock = `${0x56494749}, 1` // VIGI

export const servedDatabase = 'vigie'

/** An orphan of a deleted data folder holds its memory until it looks, which it does each minute. */
const patienceMillis = 90_000
const recoveryMillisMax = 600_000
const pollMillis = 20
const failuresMax = 3
const failurePauseMillis = 500
const latePauseMillis = 50

/** Joins the server that runs, or starts it: answers a connection that holds the shared lock. */
export async function enter(place: Place, signal: AbortSignal): Promise<Client> {
  const begun = Date.now()
  let heardAt = begun
  let started: StartedServer | null = null
  let failures = 0
  while (Date.now() - heardAt < patienceMillis && Date.now() - begun < recoveryMillisMax) {
    signal.throwIfAborted()
    const answer = await knock(place)
    if (answer instanceof Client) return answer
    const outcome = started?.outcome() ?? null
    if (answer === 'busy') {
      heardAt = Date.now()
    } else if (outcome instanceof Error) {
      throw outcome
    } else if (outcome === 'exited') {
      started = null
      const isLate = await isOnlyLate(place)
      failures += isLate ? 0 : 1
      if (failures >= failuresMax) break
      await sleep(isLate ? latePauseMillis : failurePauseMillis)
    } else if (started === null && (await findPostmaster(place)) === null) {
      started = await startServer(place)
    }
    await sleep(pollMillis)
  }
  throw startFailed(place.log, await readLogEnd(place))
}

async function knock(place: Place): Promise<Client | 'busy' | 'nobody'> {
  if (!(await isClaimed(place))) return 'nobody'
  const client = keeperClient(place)
  try {
    await client.connect()
    await client.query(`select pg_advisory_lock_shared(${lock})`)
    await ensureDatabase(client)
    return client
  } catch (error) {
    await client.end()
    if (isNobodyListening(error)) return 'nobody'
    if (isUnavailable(error)) return 'busy'
    throw startFailed(place.log, String(error), error)
  }
}

function keeperClient(place: Place): Client {
  const client = new Client({
    host: place.socket,
    port: place.port,
    user: superuser,
    database: lockDatabase,
    ssl: false,
    application_name: 'vigie keeper',
    // Said outright, or `pg` would take PGOPTIONS from the environment.
    options: '-c statement_timeout=0 -c lock_timeout=0 -c idle_session_timeout=0',
    connectionTimeoutMillis: 5_000,
  })
  // Without a listener the end of the server would be the end of this process.
  client.on('error', () => undefined)
  return client
}

/** Apart from `postgres`, so that it can be dropped and restored while Vigie is in. */
async function ensureDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [
    servedDatabase,
  ])
  if (rowCount !== 0) return
  try {
    await client.query(`create database ${servedDatabase}`)
  } catch (error) {
    const isMadeMeanwhile = ['42P04', '23505'].includes(String(codeOf(error)))
    if (!isMadeMeanwhile) throw error
  }
}

/** Ours alone when this answers true, and nobody else gets in until the connection ends. */
export async function isLastOut(client: Client): Promise<boolean> {
  await client.query(`select pg_advisory_unlock_shared(${lock})`)
  const { rows } = await client.query<{ alone: boolean }>(
    `select pg_try_advisory_lock(${lock}) as alone`,
  )
  return rows[0]?.alone === true
}

/** It came too early, or beside another: its exit is no failure of the server. */
async function isOnlyLate(place: Place): Promise<boolean> {
  if ((await findPostmaster(place)) !== null) return true
  return (await readLogEnd(place)).includes('pre-existing shared memory block')
}
