import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { testDatabase } from '#test/support/database.ts'
import { addPerson, serveVigie } from '#test/support/served.ts'

vi.setConfig({ testTimeout: 300_000 })

test('five hundred stalled connections and two hundred slow readers keep nobody waiting', async () => {
  const database = await testDatabase({ template: 'published' })
  onTestFinished(() => database.close())
  const env = { DATABASE_URL: database.url, LOG_LEVEL: 'silent' }
  const token = await addPerson('auditrice', 'auditor', { env })
  const served = await serveVigie({ env })
  const { port } = new URL(served.address)
  const crowd: Socket[] = []
  onTestFinished(() => {
    for (const socket of crowd) socket.destroy()
  })
  const open = (text: string): Socket => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(text)
    crowd.push(socket)
    return socket
  }
  for (let place = 0; place < 500; place += 1) {
    const stalled = open(
      place % 2 === 0
        ? 'GET /health/live HTTP/1.1\r\nHost: v'
        : `POST /api/v1/expenditures HTTP/1.1\r\nHost: v\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{`,
    )
    // Whatever is said to it is taken, its end too.
    stalled.resume()
  }
  for (let place = 0; place < 200; place += 1) {
    // Much is asked on one connection, and nothing is taken from it.
    const ask = 'GET /api/v1/openapi.json HTTP/1.1\r\nHost: v\r\nAuthorization: Bearer '
    open(`${ask}${token}\r\n\r\n`.repeat(20)).pause()
  }
  await pause(500)
  const millis: number[] = []
  for (let count = 0; count < 300; count += 1) {
    const from = performance.now()
    const { status } = await served.get('/health/live')
    millis.push(performance.now() - from)
    expect(status).toBe(200)
    await pause(10)
  }
  millis.sort((one, other) => one - other)
  expect(millis[Math.floor(millis.length * 0.99)]).toBeLessThan(200)
  // Whoever asks properly is served beside them.
  expect((await served.get('/api/v1/measures', token)).status).toBe(200)
  // Who does not speak is cut off: headers within 10 s, requests within 30 s.
  await expect
    .poll(() => crowd.slice(0, 500).filter(({ destroyed }) => !destroyed).length, {
      timeout: 45_000,
      interval: 500,
    })
    .toBe(0)
  expect(served.running.child.exitCode).toBeNull()
})
