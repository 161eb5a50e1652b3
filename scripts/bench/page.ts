import { Agent, request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { openManyEnvelopes } from '#test/support/many-envelopes.ts'
import { approver, giveApproverPassword, inService } from './data.ts'
import { judged, median, type Outcome, percentile } from './outcome.ts'
import { type Served, serve } from './served.ts'
import type { Site } from './site.ts'
import { interleaved } from './timing.ts'

const path = '/fr/reconciliation?by=envelope'
const rowsLeast = 500
export const password = 'agrafe cheval pile correct'

/** A person's page of 500 rows, from the request to its last byte, over one connection. */
export async function page(site: Site): Promise<Outcome> {
  const ground = await site.ground()
  const url = await site.lab.database(ground.url)
  await giveApproverPassword(url, password)
  await inService(url, (context) => openManyEnvelopes(context, rowsLeast))
  const served = await serve(site.lab, url)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const cookie = await signIn(served, agent)
  const read = async (): Promise<string> =>
    (await ask(served, agent, { method: 'GET', path, headers: { cookie } })).text
  const html = await read()
  const rows = html.match(/<tr/g)?.length ?? 0
  if (rows < rowsLeast) {
    throw new Error(`the page has ${rows} rows: ${html.slice(0, 300)}`)
  }
  const [samples = []] = await interleaved([read], { warmUps: 50, repetitions: 101 })
  agent.destroy()
  await served.stop()
  const ours = { what: 'p95', unit: 'ms' as const, value: percentile(samples, 0.95), samples }
  return judged({
    bench: 'page',
    what: `the reconciliation page of ${rows} rows over HTTP, read and rendered anew each time`,
    target: { is: 'at most', value: 50, unit: 'ms' },
    ours,
    beside: null,
    ratio: null,
    notes: [
      `median ${median(samples).toFixed(1)} ms`,
      `${Math.ceil(gzipSync(html).length / 1000)} kB gzip of ${Math.ceil(html.length / 1000)} kB`,
      'other pages while a 200 000-row export runs: see workbook',
    ],
  })
}

interface Answer {
  readonly text: string
  readonly cookie: string
}

interface Asked {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export async function signIn(served: Served, agent: Agent): Promise<string> {
  const { cookie } = await ask(served, agent, {
    method: 'POST',
    path: '/api/v1/session',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: approver, password }),
  })
  return cookie
}

export const ask = (
  { address }: Served,
  agent: Agent,
  { method, path: asked, headers, body }: Asked,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(`${address}${asked}`, { agent, method, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => {
        const [cookie = ''] = answer.headers['set-cookie']?.[0]?.split(';') ?? []
        if (answer.statusCode === 200) resolve({ text, cookie })
        else reject(new Error(`${asked} answered ${answer.statusCode}: ${text.slice(0, 300)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
