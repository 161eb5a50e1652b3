import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeLog } from '#platform/log.ts'
import { type MetricsServer, serveMetrics } from '#platform/metrics.ts'
import { makeApp } from '#src/app.ts'
import { metricsOf } from '#src/service-metrics.ts'
import { type Person, personOf, type TestApp, testApp } from '#test/support/app.ts'
import { draft } from '#test/support/drafts.ts'

/** What the operator watches, on a port of its own. */
let app: TestApp
let server: Awaited<ReturnType<typeof makeApp>>
let figures: MetricsServer
let officer: Person
let approver: Person

beforeAll(async () => {
  app = await testApp()
  const { service } = app.database
  const metrics = metricsOf(service, () => ({
    at: '2026-06-01T13:00:00.000Z',
    isIntact: true,
    ...{ millis: 5, position: 9 },
  }))
  server = await makeApp({ service, log: makeLog('silent'), ready: () => true, metrics })
  figures = await serveMetrics(metrics, '127.0.0.1', 0)
  const [first, second] = [
    await app.person('officer', 'officer'),
    await app.person('approver', 'approver'),
  ]
  officer = personOf(server, first.email, first.token)
  approver = personOf(server, second.email, second.token)
})
afterAll(async () => {
  await figures.close()
  await server.close()
  await app.close()
})

const read = (path = '/metrics'): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: figures.port, path }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
      .on('error', reject)
      .end()
  })

const figure = (text: string, name: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1],
  )

describe('metrics', () => {
  test('tell where the chain stands, and count what is posted from then on', async () => {
    const before = await read()
    const entered = await officer.send('POST', '/expenditures', { body: draft() })
    const submitted = await officer.step(`/expenditures/${entered.body.id}/submit`, 1)
    await approver.step(`/expenditures/${entered.body.id}/approve`, submitted.body.version)
    const after = await read()
    expect(figure(before.text, 'vigie_postings_total')).toBe(0)
    expect(figure(after.text, 'vigie_postings_total')).toBe(1)
    expect(figure(after.text, 'vigie_chain_position')).toBe(
      figure(before.text, 'vigie_chain_position') + 3,
    )
    expect(figure(after.text, 'vigie_database_up')).toBe(1)
  })

  test('count requests by declared route and status, never by address', async () => {
    await officer.get('/expenditures/00000000-0000-4000-8000-000000000000')
    const { text } = await read()
    expect(text).toContain(
      'vigie_request_seconds_count{method="GET",route="/api/v1/expenditures/:id",status="404"} 1',
    )
    expect(text).not.toContain('00000000-0000-4000-8000-000000000000')
  })

  test('tell the connections of the pool, and of the process itself', async () => {
    const { text } = await read()
    expect(text).toMatch(/vigie_pool_connections\{state="total"\} [1-9]/)
    expect(text).toContain('process_cpu_seconds_total')
  })

  test('tell when the record was last verified, and what was found', async () => {
    const { text } = await read()
    expect(figure(text, 'vigie_last_verify_seconds')).toBe(
      Date.parse('2026-06-01T13:00:00Z') / 1000,
    )
    expect(figure(text, 'vigie_record_intact')).toBe(1)
  })

  test('are alone on their port, and not on the service’s', async () => {
    expect((await read('/')).status).toBe(404)
    expect((await server.inject({ url: '/metrics' })).statusCode).toBe(404)
  })
})
