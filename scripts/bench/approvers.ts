import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { draftId } from './draft-id.ts'

/**
 * Approves submitted drafts as fast as it is answered: so many clients, each on a connection of its
 * own that is kept. A process of its own, so that it takes no turn of the service's event loop.
 */
export interface Load {
  readonly address: string
  readonly token: string
  readonly clients: number
  readonly first: number
  readonly count: number
}

export interface LoadDone {
  readonly perSecond: number
  readonly medianMillis: number
  readonly p95Millis: number
}

if (process.send !== undefined) {
  const [load] = (await once(process, 'message')) as [Load]
  const done = await approveAll(load)
  process.send(done)
  process.disconnect()
}

async function approveAll(load: Load): Promise<LoadDone> {
  const latencies: number[] = []
  const queue = Array.from({ length: load.count }, (_, place) => load.first + place).values()
  const start = performance.now()
  await Promise.all(
    Array.from({ length: load.clients }, async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      for (const n of queue) {
        const asked = performance.now()
        await approve(load, agent, n)
        latencies.push(performance.now() - asked)
      }
      agent.destroy()
    }),
  )
  const seconds = (performance.now() - start) / 1000
  const sorted = latencies.sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return { perSecond: load.count / seconds, medianMillis: at(0.5), p95Millis: at(0.95) }
}

function approve({ address, token }: Load, agent: Agent, n: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = request(`${address}/api/v1/expenditures/${draftId(n)}/approve`, {
      method: 'POST',
      agent,
      headers: { authorization: `Bearer ${token}`, 'if-match': '"2"' },
    })
    sending.on('error', reject)
    sending.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        if (response.statusCode === 200) resolve()
        else reject(new Error(`draft ${n}: ${response.statusCode} ${Buffer.concat(parts)}`))
      })
    })
    sending.end()
  })
}
