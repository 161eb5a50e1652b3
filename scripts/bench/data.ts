import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { everyOrganization, type Role, systemActor } from '#features/identity/actor.ts'
import { type Context, perform, record } from '#features/identity/context.public.ts'
import { hashPassword } from '#features/identity/hashing.public.ts'
import { addPerson, issueToken } from '#features/identity/identity.actions.ts'
import { changePassword } from '#features/identity/password.actions.ts'
import { loadOfficialPlan, loadPublishedFigures } from '#features/imports/official-plan.actions.ts'
import { journalChecks } from '#features/journal/journal-checks.public.ts'
import { type OpenService, openService } from '#platform/service.ts'
import { firstDraft } from './draft-id.ts'
import { type Lab, order, settle } from './lab.ts'

/** What benches run on: the official plan, the published spending, two people, and bulk spending. */
export interface Ground {
  readonly url: string
  /** An approver for every organization that spends, and an auditor. */
  readonly token: string
}

export const officer = 'officer@bench.example'
export const approver = 'approver@bench.example'

export async function layGround(lab: Lab): Promise<Ground> {
  const url = await lab.database()
  const token = await withService(url, async (service, act) => {
    await service.prepare()
    await act(loadOfficialPlan)
    await act(loadPublishedFigures)
    await order(url, await readFile(new URL('./data.sql', import.meta.url), 'utf8'))
    return hirePeople(act)
  })
  await settle(url)
  return { url, token }
}

/** Each is an action, and so an event, of its own. */
async function hirePeople(act: Act): Promise<string> {
  const { rows } = await act((context) =>
    sql<{ organization: string }>`select distinct organization from bench.cell`.execute(
      context.work,
    ),
  )
  const hire = (email: string, role: Role, organization: string) =>
    act((context) => addPerson(context, { email, name: email, role, organization }))
  for (const { organization } of rows) {
    await hire(approver, 'approver', organization)
  }
  await hire(approver, 'auditor', everyOrganization)
  await hire(officer, 'officer', 'MSP')
  return act((context) => issueToken(context, approver, 1))
}

/** So that the approver signs in to pages, which take no token. */
export async function giveApproverPassword(url: string, password: string): Promise<void> {
  const hash = await hashPassword(password)
  await withService(url, (_service, act) =>
    act((context) => changePassword(context, approver, { hash, insteadOf: null })),
  )
}

/** One more act of the system, recorded as one. */
export async function inService(
  url: string,
  action: (context: Context) => Promise<void>,
): Promise<void> {
  await withService(url, (_service, act) =>
    act(async (context) => {
      await action(context)
      await recordBatch(context, 'bench.prepared', { first: 0, last: 0 })
    }),
  )
}

const batchSize = 10_000

/** A copy of the ground with so many posted expenditures, through the real tables and triggers. */
export async function spread(lab: Lab, ground: Ground, total: number): Promise<Ground> {
  const url = await lab.database(ground.url)
  await unsigned(url, async (service, act) => {
    for (let first = 1; first <= total; first += batchSize) {
      const last = Math.min(first + batchSize - 1, total)
      await act((context) => postBatch(context, { first, last, total }))
    }
    await requireTies(service)
  })
  await settle(url)
  return { ...ground, url }
}

interface Batch {
  readonly first: number
  readonly last: number
  readonly total: number
}

async function postBatch(context: Context, { first, last, total }: Batch): Promise<void> {
  const drawn = sql`bench.drawn(${first}, ${last}, ${total}) as drawn`
  await sql`
    insert into journal_entry (
      event, kind, organization, effective_on, recorded_fiscal_year, recorded_period,
      document_type, document, flags
    )
    select
      ${context.event}::uuid,
      case when drawn.envelope is null then 'self-funded' else 'expenditure' end,
      drawn.organization, drawn.service_date, drawn.fiscal_year, drawn.period, 'expenditure',
      drawn.id, drawn.flags
    from ${drawn}
  `.execute(context.work)
  await sql`
    insert into journal_line (
      entry, place, account, envelope, measure, organization, fiscal_year, amount
    )
    select
      journal_entry.id, leg.place, leg.account, drawn.envelope, drawn.measure, drawn.organization,
      drawn.fiscal_year, leg.sign * drawn.amount
    from ${drawn}
    inner join journal_entry on journal_entry.document = drawn.id::text
      and journal_entry.document_type = 'expenditure'
    cross join lateral (
      values
        (1, case when drawn.envelope is null then 'own_resources' else 'available' end, -1),
        (2, 'spent', 1)
    ) as leg (place, account, sign)
  `.execute(context.work)
  await sql`
    insert into expenditure (
      id, number, state, version, organization, measure, envelope, service_date, fiscal_year,
      document_number, supplier, description, amount, flags, prepared_by, changed_by,
      submitted_by, approved_by, entry, recorded_fiscal_year, recorded_period
    )
    select
      drawn.id, 'D-' || drawn.fiscal_year || '-' || lpad(drawn.n::text, 8, '0'), 'posted', 3,
      drawn.organization, drawn.measure, drawn.envelope, drawn.service_date, drawn.fiscal_year,
      'F-' || drawn.n, 'Fournisseur ' || drawn.n % 997, 'Dépense du banc d’essai', drawn.amount,
      drawn.flags, ${officer}, ${officer}, ${officer}, ${approver}, journal_entry.id,
      drawn.fiscal_year, drawn.period
    from ${drawn}
    inner join journal_entry on journal_entry.document = drawn.id::text
      and journal_entry.document_type = 'expenditure'
  `.execute(context.work)
  await recordBatch(context, 'expenditure.posted', { first, last })
}

/** A copy of the ground with so many submitted drafts. */
export async function prepareDrafts(lab: Lab, ground: Ground, total: number): Promise<Ground> {
  const batch = { first: firstDraft, last: firstDraft + total - 1 }
  const url = await lab.database(ground.url)
  await unsigned(url, (_service, act) =>
    act(async (context) => {
      await sql`
        insert into expenditure (
          id, number, state, version, organization, measure, envelope, service_date, fiscal_year,
          document_number, supplier, description, amount, prepared_by, changed_by, submitted_by
        )
        select
          draft.id, 'D-' || draft.fiscal_year || '-' || draft.n, 'submitted',
          2, draft.organization, draft.measure, draft.envelope, draft.service_date,
          draft.fiscal_year, 'G-' || draft.n, 'Fournisseur ' || draft.n % 997,
          'Dépense du banc d’essai', draft.amount, ${officer}, ${officer}, ${officer}
        from bench.draft(${batch.first}, ${batch.last}) as draft
      `.execute(context.work)
      await recordBatch(context, 'expenditure.submitted', batch)
    }),
  )
  await settle(url)
  return { ...ground, url }
}

/** In bulk and in the names of people who never acted: what the database refuses to anybody else. */
async function unsigned(url: string, load: Parameters<typeof withService<void>>[1]): Promise<void> {
  await order(url, 'alter table expenditure disable trigger signed')
  await withService(url, load)
  await order(url, 'alter table expenditure enable always trigger signed')
}

async function recordBatch(
  context: Context,
  type: string,
  batch: { readonly first: number; readonly last: number },
): Promise<void> {
  await record(context, { type, subject: 'expenditures', before: null, after: batch })
}

/** Kept balances are the sum of their lines, and the identity holds, or no figure means anything. */
async function requireTies(service: OpenService): Promise<void> {
  for (const { code, run } of journalChecks.filter(({ code }) => code !== 'entries-balanced')) {
    const [broken] = await run(service.handle)
    if (broken !== undefined) {
      throw new Error(`${code}: ${broken.place} is ${broken.found}, not ${broken.expected}`)
    }
  }
}

export async function requireTiesIn(ground: Ground): Promise<void> {
  await withService(ground.url, requireTies)
}

type Act = <T>(action: (context: Context) => Promise<T>) => Promise<T>

async function withService<T>(
  url: string,
  use: (service: OpenService, act: Act) => Promise<T>,
): Promise<T> {
  const service = await openService({
    databaseUrl: url,
    dataFolder: '',
    poolMax: 1,
    say: () => undefined,
  })
  const call = { actor: systemActor, request: 'bench', operatingSystemUser: null }
  try {
    return await use(service, (action) => perform(service, call, action))
  } finally {
    await service.close()
  }
}
