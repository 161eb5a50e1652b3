import { expect, onTestFinished, test, vi } from 'vitest'
import { testDatabase } from '#test/support/database.ts'
import { until } from '#test/support/own-server.ts'
import { runVigie } from '#test/support/processes.ts'
import { addPerson, serveVigie } from '#test/support/served.ts'

vi.setConfig({ testTimeout: 300_000 })

const draft = (documentNumber: string) => ({
  organization: 'MSP',
  measure: 'QC-12',
  serviceDate: '2025-06-15',
  documentNumber,
  supplier: 'PIPQ',
  description: 'Projet pilote',
  amount: '1.00',
})

async function site(environment: Readonly<Record<string, string>> = {}) {
  const database = await testDatabase({ template: 'published' })
  onTestFinished(() => database.close())
  const env = { DATABASE_URL: database.url, LOG_LEVEL: 'silent' }
  const officer = await addPerson('agente', 'officer', { env })
  const auditor = await addPerson('auditrice', 'auditor', { env })
  const served = await serveVigie({ env: { ...env, ...environment } })
  return { database, options: { env }, officer, auditor, served }
}

test('with every connection taken the service says so, and goes on when one is free', async () => {
  const { database, served, officer, options } = await site()
  const client = await database.owner.connect()
  await client.query('begin; lock table document_counter in access exclusive mode')
  const asked = Array.from({ length: 60 }, (_, place) =>
    served.post('/expenditures', draft(`POOL-${place}`), { token: officer, key: `pool-${place}` }),
  )
  const answers = await Promise.all(asked)
  expect([...new Set(answers.map(({ status }) => status))]).toEqual([503])
  expect(answers.every(({ headers }) => headers.get('retry-after') !== null)).toBe(true)
  expect((await served.get('/health/live')).status).toBe(200)
  await client.query('commit')
  client.release()
  await until(async () => (await served.get('/health/ready')).status === 200)
  for (let place = 0; place < 60; place += 1) {
    const token = { token: officer, key: `pool-${place}` }
    expect((await served.post('/expenditures', draft(`POOL-${place}`), token)).status).toBe(201)
  }
  const listed = await served.get('/api/v1/expenditures?text=POOL-&limit=500', officer)
  expect(listed.body.count).toBe(60)
  expect((await runVigie(['verify'], options)).code).toBe(0)
})

test('in a small heap the service outlives many large requests at once', async () => {
  const { served, officer, auditor, options } = await site({
    NODE_OPTIONS: '--max-old-space-size=160',
  })
  const padded = ' '.repeat(1_000_000)
  const statuses = await Promise.all(
    Array.from({ length: 96 }, async (_, place) => {
      if (place % 3 === 0) {
        const url = `${served.address}/api/v1/reports/reconciliation.xlsx`
        const answer = await fetch(url, { headers: { authorization: `Bearer ${auditor}` } })
        await answer.arrayBuffer()
        return answer.status
      }
      const url = `${served.address}/api/v1/expenditures`
      const headers = {
        authorization: `Bearer ${officer}`,
        'content-type': 'application/json',
        'idempotency-key': `heap-${place}`,
      }
      const body = JSON.stringify(draft(`HEAP-${place}`)) + padded
      const answer = await fetch(url, { method: 'POST', headers, body })
      await answer.arrayBuffer()
      return answer.status
    }),
  )
  expect(statuses.filter((status) => ![200, 201, 503, 507].includes(status))).toEqual([])
  expect(served.running.child.exitCode).toBeNull()
  await until(async () => (await served.get('/health/ready')).status === 200)
  const listed = await served.get('/api/v1/expenditures?text=HEAP-&limit=500', officer)
  expect(listed.body.count).toBe(statuses.filter((status) => status === 201).length)
  expect((await runVigie(['verify'], options)).code).toBe(0)
})
