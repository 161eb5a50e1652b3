import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openService } from '#platform/service.ts'
import { joinHere, temporaryFolder } from '#test/support/own-server.ts'
import { tcpProxy } from '#test/support/tcp-proxy.ts'

test('a line that falls silent holds up neither the probe, nor the lock of anchors, nor the end', async () => {
  const own = await joinHere(join(temporaryFolder(), 'data'))
  const { host, port, user, database } = own.connection
  const proxy = await tcpProxy(join(host, `.s.PGSQL.${port}`))
  const databaseUrl = `postgresql://${user}@127.0.0.1:${proxy.port}/${database}`
  const service = await openService({ databaseUrl, dataFolder: '', say: () => undefined })
  onTestFinished(() => service.close())
  expect(await service.answers()).toBe(true)
  const lock = await service.tryLock('5027381964410234')
  expect(await lock?.isHeld()).toBe(true)

  proxy.stall()
  expect(await Promise.all([service.answers(), lock?.isHeld()])).toEqual([false, false])
  await lock?.release()
  await service.close()
})
