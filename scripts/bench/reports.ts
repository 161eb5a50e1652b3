import type { Pool } from 'pg'
import { createPool } from '#platform/db/connect.ts'
import { noTimeouts } from '#platform/db/startup-options.ts'
import type { Ground } from './data.ts'
import { order } from './lab.ts'
import { figure, judged, type Outcome } from './outcome.ts'
import { type Reader, reader, type Served, serve } from './served.ts'
import type { Site } from './site.ts'
import { interleaved } from './timing.ts'

const path = '/reports/reconciliation?by=measure'
const few = 10_000
const many = 1_000_000

/** A report costs the number of cells, not of entries. */
export async function reportGrowth(site: Site): Promise<Outcome> {
  const grounds = [await site.posted(many), await site.posted(few)]
  const desks: Desk[] = []
  for (const ground of grounds) {
    desks.push(await openDesk(site, ground))
  }
  const [ofMany = [], ofFew = []] = await interleaved(
    desks.map(
      ({ read }) =>
        () =>
          read(path),
    ),
    { warmUps: 5, repetitions: 41 },
  )
  await Promise.all(desks.map(({ close }) => close()))
  const ours = figure('with 1 000 000', 'ms', ofMany)
  const beside = figure('with 10 000', 'ms', ofFew)
  return judged({
    bench: 'report-growth',
    what: 'reconciliation JSON by measure over HTTP, 1 000 000 posted expenditures and 10 000',
    target: { is: 'at most', value: 1.3, unit: '×' },
    ours,
    beside,
    ratio: ours.value / beside.value,
    notes: [
      `${await cellsIn(grounds[0])} kept balances with 1 000 000, ${await cellsIn(grounds[1])} with 10 000`,
    ],
  })
}

/** What somebody would write who had only the lines: the same planned and spent, by measure. */
const groupBy = `
  select
    journal_line.envelope, journal_line.measure,
    sum(journal_line.amount) filter (where journal_line.account <> 'authority') as planned,
    sum(journal_line.amount) filter (where journal_line.account = 'spent') as spent
  from journal_line
  group by journal_line.envelope, journal_line.measure`

export async function reportSql(site: Site): Promise<Outcome> {
  const ground = await site.posted(many)
  const desk = await openDesk(site, ground)
  const pool = createPool({
    connection: ground.url,
    max: 1,
    applicationName: 'vigie bench',
    timeouts: noTimeouts,
  })
  await requireSameTotals(desk, pool)
  const [byReport = [], bySql = []] = await interleaved(
    [() => desk.read(path), () => pool.query(groupBy)],
    { warmUps: 3, repetitions: 21 },
  )
  await pool.end()
  await desk.close()
  const ours = figure('the report over HTTP', 'ms', byReport)
  const beside = figure('GROUP BY over the lines', 'ms', bySql)
  return judged({
    bench: 'report-sql',
    what: 'reconciliation JSON by measure over HTTP, 1 000 000 posted expenditures; both give the same totals',
    target: { is: 'at least', value: 20, unit: '×' },
    ours,
    beside,
    ratio: beside.value / ours.value,
    notes: [],
  })
}

async function requireSameTotals(desk: Reader, pool: Pool): Promise<void> {
  const { totals } = JSON.parse(await desk.read(path))
  const { rows } = await pool.query<{ planned: string; spent: string }>(
    `select sum(grouped.planned) as planned, sum(grouped.spent) as spent
      from (${groupBy}) as grouped
      where grouped.envelope like 'QC-%'`,
  )
  const [summed] = rows
  if (totals.planned !== summed?.planned || totals.spent !== summed?.spent) {
    throw new Error(`the report says ${JSON.stringify(totals)}, SQL ${JSON.stringify(summed)}`)
  }
}

interface Desk extends Omit<Reader, 'close'> {
  readonly close: () => Promise<void>
}

/** Asked often enough before it counts that the service runs as it does after its first minutes. */
const warmUps = 150

async function openDesk({ lab }: Site, ground: Ground): Promise<Desk> {
  const served: Served = await serve(lab, ground.url)
  const { read, close } = reader(served, ground.token)
  for (let turn = 0; turn < warmUps; turn += 1) {
    await read(path)
  }
  return {
    read,
    close: async () => {
      close()
      await served.stop()
    },
  }
}

async function cellsIn(ground: Ground | undefined): Promise<string> {
  const counted = 'select count(*) as cells from journal_balance'
  const [row] = ground === undefined ? [] : await order<{ cells: string }>(ground.url, counted)
  return row?.cells ?? '0'
}
