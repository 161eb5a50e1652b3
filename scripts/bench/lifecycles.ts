import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Canonical, canonical } from '#core/canonical.ts'
import { listSpokenOf, type Place } from '#features/expenditures/document-check.store.ts'
import { type Expenditure, sealedFacts } from '#features/expenditures/expenditure.ts'
import { handleOf, inTransaction, type Work } from '#platform/db/transaction.ts'
import { openService } from '#platform/service.ts'
import type { Ground } from './data.ts'
import { type Lab, order, settle } from './lab.ts'

/** Documents that were entered, submitted and posted one by one: three events each, one entry. */
const batchSize = 1_000
const officer = 'officer@bench.example'
const approver = 'approver@bench.example'
const bounds = { actor: approver, organizations: ['*'], event: null }

export async function liveThrough(lab: Lab, ground: Ground, documents: number): Promise<Ground> {
  const url = await lab.database(ground.url)
  const service = await openService({
    databaseUrl: url,
    dataFolder: '',
    poolMax: 2,
    say: () => undefined,
  })
  // As the owner: in the names of people who never acted, three events in one transaction.
  const owner = handleOf(service.ownerPool)
  await order(url, 'alter table expenditure disable trigger signed')
  let after: Place = await lastPosted(owner)
  for (let first = 1; first <= documents; first += batchSize) {
    const last = Math.min(first + batchSize - 1, documents)
    after = await inTransaction(owner, bounds, (work) =>
      live(work, { first, last, total: documents }, after),
    )
  }
  await order(url, 'alter table expenditure enable always trigger signed')
  await service.close()
  await settle(url)
  return { ...ground, url }
}

async function lastPosted(handle: Parameters<typeof listSpokenOf>[0]): Promise<Place> {
  const { rows } = await sql<{ entry: string }>`
    select coalesce(max(journal_entry.id), 0) as entry from journal_entry
  `.execute(handle)
  return { entry: rows[0]?.entry ?? '0', id: '' }
}

interface Batch {
  readonly first: number
  readonly last: number
  readonly total: number
}

async function live(work: Work, batch: Batch, after: Place): Promise<Place> {
  const { first, last, total } = batch
  const drawn = sql`bench.drawn(${first}, ${last}, ${total}) as drawn`
  await sql`
    insert into journal_entry (
      event, kind, organization, effective_on, recorded_fiscal_year, recorded_period,
      document_type, document, flags
    )
    select
      md5('posted ' || drawn.n)::uuid,
      case when drawn.envelope is null then 'self-funded' else 'expenditure' end,
      drawn.organization, drawn.service_date, drawn.fiscal_year, drawn.period, 'expenditure',
      drawn.id, drawn.flags
    from ${drawn}
    order by drawn.n
  `.execute(work)
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
  `.execute(work)
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
  `.execute(work)
  const posted = await listSpokenOf(work, after, batchSize)
  await tell(
    work,
    posted.map(({ expenditure }) => expenditure),
  )
  const end = posted.at(-1)?.expenditure
  return { entry: end?.entry ?? null, id: end?.id ?? '' }
}

/** Three events a document, the last one that its entry named already. */
async function tell(work: Work, documents: readonly Expenditure[]): Promise<void> {
  const events = documents.flatMap((posted) => {
    const draft = { ...posted, state: 'draft' as const, version: 1, submittedBy: null }
    const entered = { ...draft, approvedBy: null, entry: null, recordedIn: null }
    const submitted = { ...entered, state: 'submitted' as const, version: 2, submittedBy: officer }
    const steps = [
      ['expenditure.entered', null, sealedFacts(entered)],
      ['expenditure.submitted', sealedFacts(entered), sealedFacts(submitted)],
      ['expenditure.posted', sealedFacts(submitted), sealedFacts(posted)],
    ] as const
    return steps.map(([type, before, after]) => eventOf(posted, type, { before, after }))
  })
  const column = (key: keyof (typeof events)[number]) => events.map((event) => event[key])
  await sql`
    insert into event (id, type, actor, request, subject, payload)
    select
      case listed.type when 'expenditure.posted' then (
        select journal_entry.event from journal_entry
        where journal_entry.document = listed.document
          and journal_entry.document_type = 'expenditure'
      ) else listed.id end,
      listed.type, listed.actor, listed.request, 'expenditure/' || listed.document, listed.payload
    from unnest(
      ${column('id')}::uuid[], ${column('type')}::text[], ${column('actor')}::text[],
      ${column('request')}::text[], ${column('document')}::text[], ${column('payload')}::text[]
    ) with ordinality as listed (id, type, actor, request, document, payload, place)
    order by listed.place
  `.execute(work)
}

function eventOf(
  document: Expenditure,
  type: string,
  said: { readonly before: Canonical; readonly after: Canonical },
) {
  return {
    id: randomUUID(),
    type,
    actor: type === 'expenditure.posted' ? approver : officer,
    request: randomUUID(),
    document: document.id,
    payload: canonical({ ...said, address: '192.0.2.7', operatingSystemUser: null, reason: null }),
  }
}
