import type { Pool } from 'pg'
import { expect } from 'vitest'
import { parseCanonical } from '#core/canonical.ts'
import { amountOf, type Document, type Model } from './model.ts'

/**
 * The record compared with a model, table by table and with SQL of its own: nothing that was
 * answered is missing, nothing is there twice, nothing is there that was not answered.
 */
export async function expectRecord(owner: Pool, model: Model): Promise<void> {
  await expectDocuments(owner, model)
  await expectEntries(owner, model)
  await expectPeriods(owner, model)
  await expectKeys(owner, model)
  await expectTrail(owner, model)
}

const byText = (one: string, other: string): number => (one < other ? -1 : 1)
const sorted = (texts: Iterable<string>): readonly string[] => [...texts].sort(byText)

async function expectDocuments(owner: Pool, model: Model): Promise<void> {
  const { rows } = await owner.query(`
    select expenditure.id, expenditure.number, expenditure.state, expenditure.version,
      expenditure.amount, expenditure.document_number, expenditure.service_date,
      expenditure.supplier, expenditure.prepared_by, expenditure.submitted_by,
      expenditure.approved_by, expenditure.entry, expenditure.reversal_entry,
      expenditure.commitment, expenditure.refunded, expenditure.reclassified_from,
      coalesce((
        select string_agg(
          concat_ws(' ', expenditure_request.state, expenditure_request.entry), ', '
          order by expenditure_request.place
        )
        from expenditure_request where expenditure_request.expenditure = expenditure.id
      ), '') as requests
    from expenditure`)
  expect(sorted(rows.map((row) => JSON.stringify(Object.values(row))))).toEqual(
    sorted([...model.documents.values()].map(rowOf)),
  )
}

const rowOf = (said: Document): string =>
  JSON.stringify([
    said.id,
    said.number,
    said.state,
    said.version,
    said.amount,
    said.documentNumber,
    said.serviceDate,
    said.supplier,
    said.preparedBy,
    said.submittedBy,
    said.approvedBy,
    said.entry,
    said.reversedBy,
    said.commitment,
    said.refunded,
    said.reclassifiedFrom,
    said.requests
      .map(({ state, entry }) => (entry === null ? state : `${state} ${entry}`))
      .join(', '),
  ])

/** A posted document has one entry, a reversed one two that cancel, any other none. */
async function expectEntries(owner: Pool, model: Model): Promise<void> {
  const { rows } = await owner.query(`
    select journal_entry.document, count(*)::integer as entries,
      sum(journal_line.amount)::text as spent
    from journal_entry
    inner join journal_line on journal_line.entry = journal_entry.id
    where journal_entry.document_type = 'expenditure' and journal_line.account = 'spent'
    group by journal_entry.document`)
  const expected = [...model.documents.values()].flatMap(({ id, state, amount }) =>
    state === 'posted' ? [`${id} 1 ${amount}`] : state === 'reversed' ? [`${id} 2 0.00`] : [],
  )
  expect(sorted(rows.map((row) => `${row.document} ${row.entries} ${row.spent}`))).toEqual(
    sorted(expected),
  )
  const { rows: kept } = await owner.query(`
    select coalesce(sum(journal_balance.amount) filter (where journal_balance.account = 'spent'),
        0.00)::text as spent,
      coalesce(-sum(journal_balance.amount) filter (where journal_balance.account = 'available'
        and journal_balance.kind = 'expenditure'), 0.00)::text as taken
    from journal_balance`)
  expect(kept).toEqual([{ spent: amountOf(model.spent), taken: amountOf(model.spent) }])
}

/** Of the organizations whose periods were closed; elsewhere posting makes rows of its own. */
async function expectPeriods(owner: Pool, model: Model): Promise<void> {
  const decided = [...model.periods.values()]
  const { rows } = await owner.query(
    `select period.organization, period.fiscal_year, period.number, period.version,
      case when period.is_closed then 'closed' else 'open' end as state
    from period where period.organization = any ($1)`,
    [decided.map(({ organization }) => organization)],
  )
  expect(sorted(rows.map((row) => Object.values(row).join(' ')))).toEqual(
    sorted(
      decided.map(({ organization, fiscalYear, period, version, state }) =>
        [organization, fiscalYear, period, version, state].join(' '),
      ),
    ),
  )
}

/** Each key that was answered is kept with that answer, and no other key is. */
async function expectKeys(owner: Pool, model: Model): Promise<void> {
  const { rows } = await owner.query('select key, status, etag, answer from idempotency_key')
  expect(sorted(rows.map((row) => JSON.stringify(Object.values(row))))).toEqual(
    sorted(
      [...model.answers].map(([key, { status, etag, text }]) =>
        JSON.stringify([key, status, etag, text]),
      ),
    ),
  )
}

/**
 * Events and changes, joined in both directions: each version of each document was made by one
 * event, each event made one version of each document it speaks of, and what the last one says is
 * what the document says.
 */
async function expectTrail(owner: Pool, model: Model): Promise<void> {
  const { rows } = await owner.query(`
    select event.type, event.payload from event
    where event.type like 'expenditure.%' order by event.sequence`)
  const told = rows.flatMap(({ type, payload }) => toldBy(type, payload))
  expect(
    sorted(told.map(({ id, version, isDeleted }) => changeOf(id, version, isDeleted))),
  ).toEqual(
    sorted([
      ...[...model.documents.values(), ...model.deleted.values()].flatMap(({ id, version }) =>
        Array.from({ length: version }, (_, place) => changeOf(id, place + 1, false)),
      ),
      ...[...model.deleted.values()].map(({ id, version }) => changeOf(id, version, true)),
    ]),
  )
  const last = new Map(told.map((facts) => [facts.id, facts]))
  const said = [...model.documents.values()]
  expect(said.map(({ id }) => last.get(id))).toEqual(
    said.map(({ position: _position, ...facts }) => ({ ...facts, isDeleted: false })),
  )
  await expectNamedEvents(owner, model)
}

const changeOf = (id: string, version: number, isDeleted: boolean): string =>
  `${id} ${version}${isDeleted ? ' deleted' : ''}`

type Told = Document & { readonly isDeleted: boolean }

/** The documents an event speaks of, as they were after it, or before it for what it deleted. */
function toldBy(type: string, payload: string): readonly Told[] {
  const { before, after } = parseCanonical(payload) as unknown as {
    readonly before: Document
    readonly after: Document | { readonly items: readonly Document[] }
  }
  const isDeleted = type === 'expenditure.deleted'
  const documents = isDeleted ? [before] : 'items' in after ? after.items : [after]
  return (documents as readonly Document[]).map((document) => ({ ...document, isDeleted }))
}

/** Nothing moved without an event that names who asked and by which request, once each. */
async function expectNamedEvents(owner: Pool, model: Model): Promise<void> {
  const { rows: wrong } = await owner.query(`
    select journal_entry.id from journal_entry
    left join event on event.id = journal_entry.event
    where journal_entry.document_type = 'expenditure'
      and (event.type is null or event.type not in ('expenditure.posted', 'expenditure.reversed')
        or strpos(event.payload, journal_entry.document) = 0)
    union all
    select event.sequence from event
    left join person on person.email = event.actor
    where event.type like 'expenditure.%' and (
      person.email is null or person.email = 'system' or event.request !~ '^[0-9a-f-]{36}$'
      or event.entry_count <> (
        select count(*) from journal_entry where journal_entry.event = event.id
      )
    )`)
  expect(wrong).toEqual([])
  const { rows: counted } = await owner.query(`
    select count(*)::integer as events, count(distinct event.request)::integer as requests
    from event where event.type like 'expenditure.%' or event.type like 'period.%'`)
  const asked = model.answers.size
  expect(counted).toEqual([{ events: asked, requests: asked }])
}
