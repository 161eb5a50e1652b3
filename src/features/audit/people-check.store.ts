import { sql } from 'kysely'
import type { JsonValue } from '#core/canonical.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { type Break, breaksMax } from './check.ts'
import { fieldsOf, payloadOf } from './event.ts'

/**
 * People and their roles against the last event that said them: somebody who was given a role
 * behind the service's back holds one that no event gave.
 */
export async function findPeopleBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<PersonRow>`
    select
      person.email, person.name, person.is_disabled, last.sequence, last.payload,
      coalesce((
        select array_agg(person_role.role || ' ' || person_role.organization)
        from person_role
        where person_role.person = person.id
      ), '{}') as roles
    from person
    left join lateral (
      select event.sequence, event.payload
      from event
      where event.subject = 'person/' || person.email
        -- those that say the whole person; a token's says its term alone
        and event.payload like '%s5:after;o%s5:roles;%'
      order by event.sequence desc
      limit 1
    ) as last on true
    where person.email <> 'system'
    order by person.email
  `.execute(handle)
  return rows.flatMap(breaksOf).slice(0, breaksMax)
}

interface PersonRow {
  readonly email: string
  readonly name: string
  readonly is_disabled: boolean
  readonly sequence: string | null
  readonly payload: string | null
  readonly roles: readonly string[]
}

function breaksOf(row: PersonRow): readonly Break[] {
  const place = `person ${row.email}`
  if (row.payload === null) {
    return [{ place, expected: 'an event', found: 'none' }]
  }
  const { name = null, isDisabled = null, roles } = fieldsOf(payloadOf(row.payload).after)
  const said = [name, isDisabled, ...listOf(roles)]
  const found = [row.name, row.is_disabled, ...row.roles.toSorted()]
  return JSON.stringify(said) === JSON.stringify(found)
    ? []
    : [
        {
          place,
          expected: `${JSON.stringify(said)} of event ${row.sequence}`,
          found: JSON.stringify(found),
        },
      ]
}

const listOf = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.map(String).toSorted() : []
