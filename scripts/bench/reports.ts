import type { Pool } from 'pg'
import { createPool } from '#platform/db/connect.ts'
import { noTimeouts } from '#platform/db/startup-options.ts'
import type { Ground } from './data.ts'
import { order } from './lab.ts'
import { figure, judged, median, type Outcome } from './outcome.ts'
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

/** What somebody would write who had only the journal: the columns of the report, by measure. */
const groupBy = `
  select
    journal_line.measure, journal_line.envelope,
    sum(journal_line.amount) filter (where journal_line.account = 'available'
      and journal_entry.kind = 'appropriation') as initial,
    sum(journal_line.amount) filter (where journal_line.account = 'available'
      and journal_entry.kind in ('supplement', 'reduction')) as revisions,
    sum(journal_line.amount) filter (where journal_line.account in ('available', 'committed')
      and journal_entry.kind in ('transfer', 'distribution', 'carry-forward')) as transfers,
    sum(journal_line.amount) filter (where journal_line.account = 'committed') as committed,
    sum(journal_line.amount) filter (where journal_line.account = 'spent') as spent,
    sum(-journal_line.amount) filter (where journal_line.account = 'available'
      and journal_entry.kind = 'lapse') as lapsed
  from journal_line
  inner join journal_entry on journal_entry.id = journal_line.entry
  where journal_line.envelope like 'QC-%' or journal_line.measure like 'QC-%'
  group by journal_line.measure, journal_line.envelope`

/** The least that could be asked: nothing but what was spent, without the kinds of the entries. */
const leastGroupBy = `
  select
    journal_line.measure, journal_line.envelope,
    sum(journal_line.amount) filter (where journal_line.account = 'spent') as spent
  from journal_line
  group by journal_line.measure, journal_line.envelope`

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
  const [byReport = [], bySql = [], byLeast = []] = await interleaved(
    [() => desk.read(path), () => pool.query(groupBy), () => pool.query(leastGroupBy)],
    { warmUps: 3, repetitions: 15 },
  )
  await pool.end()
  await desk.close()
  const ours = figure('the report over HTTP', 'ms', byReport)
  const beside = figure('GROUP BY over the lines', 'ms', bySql)
  const least = median(byLeast)
  return judged({
    bench: 'report-sql',
    what: 'reconciliation JSON by measure over HTTP, 1 000 000 posted expenditures',
    target: { is: 'at least', value: 20, unit: '×' },
    ours,
    beside,
    ratio: beside.value / ours.value,
    notes: [
      'both gave the same initial, revisions, transfers, committed, spent and lapsed',
      `a GROUP BY of what was spent alone took ${least.toFixed(0)} ms: ${(least / ours.value).toFixed(1)} ×`,
    ],
  })
}

async function requireSameTotals(desk: Desk, pool: Pool): Promise<void> {
  const columns = ['initial', 'revisions', 'transfers', 'committed', 'spent', 'lapsed'] as const
  const { totals } = JSON.parse(await desk.read(path))
  const sums = columns.map((column) => `coalesce(sum(grouped.${column}), 0.00) as ${column}`)
  const { rows } = await pool.query<Record<string, string>>(
    `select ${sums.join(', ')} from (${groupBy}) as grouped where grouped.envelope is not null`,
  )
  const different = columns.filter((column) => rows[0]?.[column] !== totals[column])
  if (different.length > 0) {
    throw new Error(`the report and SQL differ in ${different.join(', ')}`)
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
