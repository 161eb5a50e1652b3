import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createPool } from '#platform/db/connect.ts'
import { noTimeouts } from '#platform/db/startup-options.ts'
import { liveThrough } from './lifecycles.ts'
import { figure, judged, type Outcome } from './outcome.ts'
import { end, root } from './served.ts'
import type { Site } from './site.ts'
import { interleaved } from './timing.ts'

const documents = Number(process.env.BENCH_DOCUMENTS ?? 333_334)

/** The text of the format page, as somebody writes it who only wants every hash once. */
const prefixed = (...parts: readonly string[]): string =>
  parts.map((part) => `octet_length(${part})::text || ':' || ${part}`).join(` || `)

const bareEvents = `
  select count(*), max(sha256(convert_to(${prefixed(
    'sequence::text',
    'id::text',
    'type',
    'version::text',
    'actor',
    'request',
    `to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    'subject',
    'payload',
    'entry_count::text',
    'entry_root',
    'previous',
  )}, 'UTF8'))::text)
  from event`

const bareEntries = `
  select count(*), max(sha256(convert_to(${prefixed(
    'journal_entry.id::text',
    'kind',
    'journal_entry.organization',
    `to_char(effective_on, 'YYYY-MM-DD')`,
    `coalesce(recorded_fiscal_year, '')`,
    `coalesce(recorded_period::text, '')`,
    'document_type',
    'document',
    `coalesce(reverses::text, '')`,
    `array_to_string(flags, ' ')`,
  )} || said.lines, 'UTF8'))::text)
  from journal_entry
  inner join (
    select entry, string_agg(${prefixed(
      'place::text',
      'account',
      `coalesce(envelope, '')`,
      `coalesce(measure, '')`,
      'organization',
      `coalesce(fiscal_year, '')`,
      'amount::text',
    )}, '' order by place) as lines
    from journal_line
    group by entry
  ) as said on said.entry = journal_entry.id`

/** The whole command, process and all, beside a scan of the same record that compares nothing. */
export async function verify(site: Site): Promise<Outcome> {
  const { lab } = site
  const ground = await liveThrough(lab, await site.ground(), documents)
  const folder = join(lab.folder, 'verify')
  await mkdir(folder, { mode: 0o711 })
  const vigie = async (...command: string[]): Promise<void> => {
    const child = spawn(process.execPath, ['scripts/vigie.js', ...command], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DATABASE_URL: ground.url, VIGIE_DATA: join(folder, 'data') },
    })
    lab.finally(() => end(child))
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error(`vigie ${command.join(' ')} ended with ${code}`)
  }
  // Writes an event, and so the anchor of all of them.
  await vigie('users', 'add', '--email', 'a@bench.example', '--name', 'A', '--role', 'auditor')
  const pool = createPool({
    connection: ground.url,
    max: 1,
    applicationName: 'vigie bench',
    timeouts: noTimeouts,
  })
  const [ours = [], events = [], entries = []] = await interleaved(
    [() => vigie('verify'), () => pool.query(bareEvents), () => pool.query(bareEntries)],
    { warmUps: 1, repetitions: 3 },
  )
  const [{ count = '0' } = {}] = (await pool.query<{ count: string }>('select count(*) from event'))
    .rows
  await pool.end()
  const inSeconds = (samples: readonly number[]) => samples.map((millis) => millis / 1_000)
  const bare = inSeconds(events.map((millis, turn) => millis + (entries[turn] ?? 0)))
  const whole = figure('vigie verify', 's', inSeconds(ours))
  const beside = figure('every hash once', 's', bare)
  return judged({
    bench: 'verify',
    what: `\`vigie verify\` over ${count} events, a third of them with an entry of two lines`,
    target: { is: 'at most', value: 5, unit: '×' },
    ours: whole,
    beside,
    ratio: whole.value / beside.value,
    notes: [
      `of the bare scan, events took ${figure('', 's', inSeconds(events)).value.toFixed(2)} s`,
      'the command also starts, adds up balances, compares documents, people and reports',
    ],
  })
}
