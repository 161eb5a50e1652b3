import { sql } from 'kysely'
import { canonical } from '#core/canonical.ts'
import { compareUtf8 } from '#core/utf8.ts'
import type { expenditureFacts } from './expenditure.ts'

type Sealed = Exclude<keyof ReturnType<typeof expenditureFacts>, 'position'>

const stated = (column: string): string =>
  `'s' || octet_length(${column}) || ':' || ${column} || ';'`
const optional = (column: string): string => `coalesce(${stated(column)}, 'n;')`

const facts: Readonly<Record<Sealed, string>> = {
  id: stated('expenditure.id::text'),
  number: stated('expenditure.number'),
  state: stated('expenditure.state'),
  version: `'i' || expenditure.version || ';'`,
  organization: stated('expenditure.organization'),
  measure: optional('expenditure.measure'),
  envelope: optional('expenditure.envelope'),
  fiscalYear: stated('expenditure.fiscal_year'),
  recordedIn: `case when expenditure.recorded_fiscal_year is null then 'n;'
    else 'o2:s10:fiscalYear;' || ${stated('expenditure.recorded_fiscal_year')}
      || 's6:period;i' || expenditure.recorded_period || ';;' end`,
  serviceDate: stated('expenditure.service_date::text'),
  documentDate: optional('expenditure.document_date::text'),
  documentNumber: stated('expenditure.document_number'),
  supplier: stated('expenditure.supplier'),
  description: stated('expenditure.description'),
  amount: stated('expenditure.amount::text'),
  commitment: optional('expenditure.commitment::text'),
  justification: optional('expenditure.justification'),
  source: `case when expenditure.source_document is null then 'n;' end`,
  flags: `'a' || cardinality(expenditure.flags) || ':'
    || case when expenditure.flags = '{}' then '' else (
      select string_agg(${stated('flag.code')}, '' order by flag.place)
      from unnest(expenditure.flags) with ordinality as flag (code, place)
    ) end || ';'`,
  preparedBy: stated('expenditure.prepared_by'),
  submittedBy: optional('expenditure.submitted_by'),
  approvedBy: optional('expenditure.approved_by'),
  reversedBy: optional('expenditure.reversal_entry::text'),
  refunded: stated('expenditure.refunded::text'),
  reclassifiedFrom: optional('expenditure.reclassified_from::text'),
  reclassifiedTo: `'n;'`,
  entry: optional('expenditure.entry::text'),
  requests: `'a0:;'`,
}

const keys = (Object.keys(facts) as Sealed[]).sort(compareUtf8)

/** In pairs: from left to right each step would copy all that stands before it. */
function joined(parts: readonly string[]): string {
  const [first = ''] = parts
  const half = parts.length >> 1
  return half === 0 ? first : `(${joined(parts.slice(0, half))} || ${joined(parts.slice(half))})`
}

/** The canonical text of `sealedFacts`; null of a published figure, and false of one with requests. */
export const documentText = sql.raw(
  joined([
    `'o${keys.length}:'`,
    ...keys.map((key) => `('${canonical(key)}' || ${facts[key]})`),
    `';'`,
  ]),
)

/** As an event of many documents hashes one; null where the text is. */
export const documentLeaf = sql<Buffer | null>`sha256(
  '\\x00'::bytea || convert_to(${documentText}, 'UTF8')
)`

/** Sequence of the last event that spoke of the document alone; null when none did. */
export const lastOwnEvent = sql<string | null>`(
  select max(event.sequence) from event
  where event.subject = 'expenditure/' || expenditure.id
)`

/** Sequence of the last event that sealed the document among others; null when none did. */
export const lastSealEvent = sql<string | null>`(
  select max(event.sequence)
  from expenditure_seal
  inner join event on event.id = expenditure_seal.event
  where expenditure_seal.expenditure = expenditure.id
)`

/**
 * Whether the last event of the document alone says after what its row says, found without either
 * leaving the database. Nothing but an address stands before `after` in a payload: further in, the
 * text could be somebody's words. Where this is false the document is read and compared.
 */
export const isSaidAtOnce = sql<boolean>`coalesce(
  (
    '[1, 100]'::int4range @> strpos(
      (
        select event.payload
        from event
        where event.subject = 'expenditure/' || expenditure.id
        order by event.sequence desc
        limit 1
      ),
      's5:after;' || ${documentText}
    )
    and (${lastSealEvent} is null or ${lastSealEvent} < ${lastOwnEvent})
    or ${lastSealEvent} > coalesce(${lastOwnEvent}, 0)
    and ${documentLeaf} = (
      select expenditure_seal.leaf
      from expenditure_seal
      inner join event on event.id = expenditure_seal.event
      where expenditure_seal.expenditure = expenditure.id
      order by event.sequence desc
      limit 1
    )
    and ${lastSealEvent} >= coalesce(
      (
        select event.sequence
        from journal_entry as posted
        inner join event on event.id = posted.event
        where posted.id = expenditure.entry
      ),
      0
    )
  )
  and not exists (
    select from expenditure_request where expenditure_request.expenditure = expenditure.id
  )
  and not exists (
    select from expenditure as successor where successor.reclassified_from = expenditure.id
  ),
  false
)`
