import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Ground } from './data.ts'
import { order } from './lab.ts'
import { type Figure, figure, judged, type Outcome } from './outcome.ts'
import { ask, isInstalled, type Peer, peers, type Rendered, render } from './peers.ts'
import { reader, serve } from './served.ts'
import type { Site } from './site.ts'
import { interleaved } from './timing.ts'

const path = '/reports/reconciliation?by=measure'
const entries = 100_000
const target = { is: 'at least', value: 50, unit: '×' } as const
const bench = 'report-peers'
const what = `reconciliation JSON by measure over HTTP, ${entries} posted expenditures, and programs that add up the exported journal`

/** Asked often enough before it counts that the service runs as it does after its first minutes. */
const warmUps = 150

/** The same record from a running service, and from text by the programs made for that. */
export async function reportPeers(site: Site): Promise<Outcome> {
  const there: Peer[] = []
  for (const peer of peers) {
    if (await isInstalled(peer)) there.push(peer)
  }
  const missing = peers.filter((peer) => !there.includes(peer)).map(({ name }) => name)
  const notes = missing.map((name) => `${name}: not installed`)
  if (there.length === 0) {
    return { bench, what, target, ours: null, beside: null, ratio: null, isKept: null, notes }
  }
  const ground = await site.posted(entries)
  const served = await serve(site.lab, ground.url)
  const { read, close } = reader(served, ground.token)
  const file = join(site.lab.folder, 'vigie.journal')
  const seconds = await download(`${served.address}/api/v1/journal/entries.hledger`, ground, file)
  const journal = await render(file)
  await requireSameBalances(ground, there, journal)
  const [byReport = []] = await interleaved([() => read(path)], { warmUps, repetitions: 101 })
  const byPeer = await interleaved(
    there.map((peer) => () => ask(peer, journal)),
    { warmUps: 0, repetitions: 3 },
  )
  close()
  await served.stop()
  const ours = figure('the report over HTTP', 'ms', byReport)
  const figures = there.map(({ name }, place) => figure(name, 'ms', byPeer[place] ?? []))
  const fastest = figures.reduce((best, next) => (next.value < best.value ? next : best))
  return judged({
    ...{ bench, what, target, ours },
    beside: fastest,
    ratio: fastest.value / ours.value,
    notes: [
      ...figures.map((each) => said(each, ours)),
      'all of them came to the kept balance of every account and cell',
      `the export itself: ${megabytes((await stat(file)).size)} MB in ${seconds.toFixed(1)} s`,
      ...notes,
    ],
  })
}

const said = ({ what, value }: Figure, ours: Figure): string =>
  `${what}: ${(value / 1000).toFixed(2)} s, ${(value / ours.value).toFixed(0)} ×`

const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1)

async function download(url: string, { token }: Ground, file: string): Promise<number> {
  const start = performance.now()
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok || answer.body === null) {
    throw new Error(`${url} answered ${answer.status}`)
  }
  await pipeline(answer.body, createWriteStream(file))
  return (performance.now() - start) / 1000
}

const kept = `
  select
    concat_ws(':', account, coalesce(envelope, 'no-envelope'), coalesce(measure, 'no-measure'),
      organization, coalesce(fiscal_year, 'undistributed')) as name,
    sum(amount)::text as amount
  from journal_balance
  group by 1
  having sum(amount) <> 0`

async function requireSameBalances(
  ground: Ground,
  there: readonly Peer[],
  journal: Rendered,
): Promise<void> {
  const rows = await order<{ name: string; amount: string }>(ground.url, kept)
  for (const peer of there) {
    const found = peer.balancesIn(await ask(peer, journal))
    const wrong = rows.find(({ name, amount }) => found.get(name) !== amount)
    if (wrong !== undefined || rows.length === 0) {
      const { name, amount } = wrong ?? { name: 'anything', amount: '' }
      throw new Error(`${peer.name}: ${name} is ${found.get(name)}, not ${amount}`)
    }
  }
}
