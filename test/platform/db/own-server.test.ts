import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { ensureCluster } from '#platform/db/own-server-cluster.ts'
import { enter, isLastOut } from '#platform/db/own-server-entry.ts'
import { settleSite } from '#platform/db/own-server-place.ts'
import { stopServer } from '#platform/db/own-server-process.ts'
import {
  ask,
  joinHere,
  postmasterOf,
  sharedDataFolder,
  spawnMember,
  temporaryFolder,
} from '#test/support/own-server.ts'

const sharedData = sharedDataFolder('$HOME `id` a,b "c" d\'e')
const identity = 'select system_identifier::text from pg_control_system()'

describe('the first process in', () => {
  test('starts a server of its own that only its owner can reach and that loses nothing', async () => {
    const data = sharedData
    const own = await joinHere(data)
    const settings = await ask(
      own.connection,
      `select json_object_agg(name, setting)::text from pg_settings where name in (
        'fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'server_encoding',
        'listen_addresses', 'unix_socket_permissions', 'TimeZone', 'max_connections')`,
    )
    expect(JSON.parse(String(settings))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      data_checksums: 'on',
      server_encoding: 'UTF8',
      listen_addresses: '',
      unix_socket_permissions: '0700',
      TimeZone: 'UTC',
      max_connections: '120',
    })
    expect(await ask(own.connection, "select upper('élève') || ('é' < 'f')")).toBe('ÉLÈVEfalse')
    expect(statSync(join(data, 'postgres')).mode & 0o777).toBe(0o700)
    expect(statSync(own.connection.host).mode & 0o777).toBe(0o700)
  })

  test('may have a data folder whose name a shell would execute', async () => {
    const own = await joinHere(sharedData)
    expect(await ask(own.connection, "select current_setting('data_directory')")).toBe(
      join(sharedData, 'postgres'),
    )
  })

  test('is not led astray by PG variables of the environment', async () => {
    const data = sharedData
    const member = await spawnMember(data, {
      PGHOST: '192.0.2.1',
      PGPORT: '1',
      PGUSER: 'somebody',
      PGDATABASE: 'other',
      PGDATA: '/nowhere',
      PGSSLMODE: 'require',
      PGOPTIONS: '-c search_path=nowhere',
      LC_ALL: 'nowhere',
    })
    expect(await ask(member.connection, 'select 1')).toBe(1)
    await member.leave()
  })
})

describe('several processes', () => {
  test('share one server; the first out leaves it running, the last one out stops it', async () => {
    const data = sharedData
    const own = await joinHere(data)
    const member = await spawnMember(data)
    expect(member.connection).toEqual(own.connection)
    const postmaster = postmasterOf(join(data, 'postgres'))
    await own.leave()
    expect(postmasterOf(join(data, 'postgres'))).toBe(postmaster)
    expect(await ask(member.connection, 'select 1')).toBe(1)
    await member.leave()
    expect(postmasterOf(join(data, 'postgres'))).toBeNull()
  })

  test('that start at the same moment on nothing end up in one server, and stop it', async () => {
    const data = join(temporaryFolder(), 'data')
    const members = await Promise.all([1, 2].map(() => spawnMember(data)))
    const seen = await Promise.all(members.map(({ connection }) => ask(connection, identity)))
    expect(new Set(seen).size).toBe(1)
    await Promise.all(members.map((member) => member.leave()))
    expect(postmasterOf(join(data, 'postgres'))).toBeNull()
  })

  test('may come just as the last one leaves: they always find a server that runs', async () => {
    const data = sharedData
    let inside = await joinHere(data)
    for (let round = 0; round < 12; round += 1) {
      // Joining takes some 100 ms, so that each round leaves a little later into it.
      const [next] = await Promise.all([
        joinHere(data),
        sleep(round * 8).then(() => inside.leave()),
      ])
      expect(await ask(next.connection, 'select 1')).toBe(1)
      inside = next
    }
    await inside.leave()
    expect(postmasterOf(join(data, 'postgres'))).toBeNull()
  })

  test('never get into a server that is about to stop: they wait for the next one', async () => {
    const site = await settleSite({ dataFolder: sharedData, say: () => undefined })
    const place = await ensureCluster(site)
    const { signal } = new AbortController()
    const last = await enter(place, signal)
    expect(await isLastOut(last)).toBe(true)
    let isIn = false
    const next = enter(place, signal).then((client) => {
      isIn = true
      return client
    })
    await sleep(200)
    expect(isIn).toBe(false)
    await stopServer(place)
    const client = await next
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    expect(await isLastOut(client)).toBe(true)
    await stopServer(place)
  })
})
