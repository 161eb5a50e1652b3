import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { systemActor } from '#features/identity/actor.ts'
import { perform } from '#features/identity/context.public.ts'
import { issueToken } from '#features/identity/identity.actions.ts'
import { openService } from '#platform/service.ts'
import { type Ground, officer } from './data.ts'
import { type Lab, order, settle } from './lab.ts'
import { figure, judged, median, type Outcome, percentile } from './outcome.ts'
import { type Served, serve } from './served.ts'
import type { Site } from './site.ts'
import { peakMemory, watchOthers } from './watching.ts'

const rows = Number(process.env.BENCH_IMPORT_ROWS ?? 100_000)
const memoryMax = 400

/** A file looked at, confirmed and posted over HTTP, beside COPY of the rows that it became. */
export async function importRows(site: Site): Promise<Outcome> {
  const { lab } = site
  const laid = await site.ground()
  const url = await lab.database(laid.url)
  const bringer = await tokenOf(url, officer)
  await settle(url)
  const service = await serve(lab, url)
  const watch = watchOthers(() =>
    fetch(`${service.address}/api/v1/measures?limit=50`, {
      headers: { authorization: `Bearer ${laid.token}` },
    }).then((answer) => answer.text()),
  )
  const steps = await bringIn(service, { officer: bringer, approver: laid.token })
  const waits = await watch.stop()
  const memory = steps.at(-1)?.memory ?? 0
  await service.stop()
  const copied = await copyRows(lab, laid, url)
  const ours = steps.reduce((sum, { millis }) => sum + millis, 0)
  return judged({
    bench: 'import',
    what: `${rows} rows of CSV over HTTP: looked at, confirmed and submitted, approved`,
    target: { is: 'at most', value: 3, unit: '×' },
    ours: figure('vigie', 'ms', [ours]),
    beside: figure('COPY', 'ms', [copied]),
    ratio: ours / copied,
    notes: [
      steps.map(({ what, millis }) => `${what} ${Math.round(millis)} ms`).join(', '),
      `greatest memory of the service ${memory} MiB, ${memory <= memoryMax ? 'within' : 'above'} ${memoryMax}: ${steps.map((step) => `${step.memory} until ${step.what}`).join(', ')}`,
      `others meanwhile: p95 ${Math.round(percentile(waits, 0.95))} ms, median ${Math.round(median(waits))} ms, of ${waits.length} asked`,
      'COPY of journal entries, lines and documents as they were posted, in one transaction; the trigger that asks who signs is off there, since two people signed',
    ],
  })
}

async function tokenOf(url: string, email: string): Promise<string> {
  const service = await openService({ databaseUrl: url, dataFolder: '', say: () => undefined })
  try {
    const call = { actor: systemActor, request: 'bench', operatingSystemUser: null }
    return await perform(service, call, (context) => issueToken(context, email, 1))
  } finally {
    await service.close()
  }
}

const measures = ['8', '12', '15', '16', '17', '18', '6', '9']

function csvFile(): Blob {
  const lines = ['organisme;mesure;date;montant;piece;fournisseur;description']
  for (let at = 1; at <= rows; at += 1) {
    const day = String(1 + (at % 28)).padStart(2, '0')
    const month = String(4 + (at % 5)).padStart(2, '0')
    const amount = `${at % 3},${String(1 + (at % 99)).padStart(2, '0')}`
    lines.push(
      `MSP;${measures[at % measures.length]};2025-${month}-${day};${amount};F-${at};Fournisseur ${at % 500};Dépense ${at}`,
    )
  }
  return new Blob([lines.join('\n')])
}

interface Step {
  readonly what: string
  readonly millis: number
  /** The greatest until then, in mebibytes. */
  readonly memory: number
}

async function bringIn(
  { address, pid }: Served,
  tokens: { readonly officer: string; readonly approver: string },
): Promise<readonly Step[]> {
  const steps: Step[] = []
  const send = async (what: string, path: string, init: RequestInit & { token: string }) => {
    const start = performance.now()
    const answer = await fetch(`${address}/api/v1${path}`, {
      method: 'POST',
      ...init,
      headers: { authorization: `Bearer ${init.token}`, ...init.headers },
    })
    const body = (await answer.json()) as { id: string; version: number }
    const millis = performance.now() - start
    steps.push({ what, millis, memory: await peakMemory(pid) })
    if (!answer.ok) {
      throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(body).slice(0, 500)}`)
    }
    return body
  }
  const form = new FormData()
  form.append('file', csvFile(), 'depenses.csv')
  const seen = await send('preview', '/imports/expenditures', { body: form, token: tokens.officer })
  const step = (what: string, verb: string, token: string, version: number, body = '') =>
    send(what, `/imports/${seen.id}/${verb}`, {
      token,
      headers: {
        'if-match': `"${version}"`,
        ...(body === '' ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === '' ? {} : { body }),
    })
  const confirmed = await step(
    'confirm',
    'confirm',
    tokens.officer,
    seen.version,
    '{"submit":true}',
  )
  await step('approve', 'approve', tokens.approver, confirmed.version)
  return steps
}

/** The same rows as they were posted, into a copy of the ground; milliseconds to the commit. */
async function copyRows(lab: Lab, ground: Ground, posted: string): Promise<number> {
  const folder = join(lab.folder, 'copy')
  await mkdir(folder)
  await chmod(folder, 0o777)
  const file = (name: string): string => join(folder, name)
  const from = `from expenditure inner join import_row on import_row.expenditure = expenditure.id`
  await order(posted, `copy (select expenditure.* ${from}) to '${file('documents')}'`)
  await order(
    posted,
    `copy (select journal_entry.* from journal_entry where document in (
      select expenditure.id::text ${from})) to '${file('entries')}'`,
  )
  await order(
    posted,
    `copy (select journal_line.* from journal_line
      inner join journal_entry on journal_entry.id = journal_line.entry
      where journal_entry.document in (select expenditure.id::text ${from}))
      to '${file('lines')}'`,
  )
  const [event] = await order<{ event: string }>(
    posted,
    `select journal_entry.event from journal_entry order by journal_entry.id desc limit 1`,
  )
  const url = await lab.database(ground.url)
  await order(url, 'alter table expenditure disable trigger signed')
  await settle(url)
  const start = performance.now()
  await order(
    url,
    `begin;
    copy journal_entry from '${file('entries')}';
    copy journal_line from '${file('lines')}';
    copy expenditure from '${file('documents')}';
    insert into event (id, type, actor, request, subject, payload)
    values ('${event?.event}', 'bench.copied', 'bench', 'bench', 'bench', 'n;');
    commit`,
  )
  return performance.now() - start
}
