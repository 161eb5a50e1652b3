import { sql } from 'kysely'
import type { Handle, Work } from '#platform/db/transaction.ts'
import type { Organization } from './organization.ts'

/** Organizations with the name each had at a position. */
export async function listOrganizations(
  handle: Handle,
  position: number,
): Promise<readonly Organization[]> {
  const rows = await handle
    .selectFrom('organization')
    .innerJoinLateral(
      (named) =>
        named
          .selectFrom('organization_name')
          .innerJoin('event', 'event.id', 'organization_name.event')
          .whereRef('organization_name.organization', '=', 'organization.code')
          .where('event.sequence', '<=', String(position))
          .orderBy('event.sequence', 'desc')
          .limit(1)
          .select(['organization_name.name_fr', 'organization_name.name_en'])
          .as('named'),
      (join) => join.onTrue(),
    )
    .select([
      'organization.code',
      'organization.jurisdiction',
      'organization.kind',
      'organization.is_name_known',
      'named.name_fr',
      'named.name_en',
    ])
    .orderBy('organization.code')
    .execute()
  return rows.map((row) => ({
    code: row.code,
    name: { fr: row.name_fr, en: row.name_en },
    nameKnown: row.is_name_known,
    jurisdiction: row.jurisdiction === 'QC' || row.jurisdiction === 'CA' ? row.jurisdiction : null,
    kind: row.kind,
  }))
}

/** Inserts those that are not there yet; answers how many. */
export async function saveOrganizations(
  work: Work,
  event: string,
  organizations: readonly Organization[],
): Promise<number> {
  const inserted = await work
    .insertInto('organization')
    .values(
      organizations.map(({ code, jurisdiction, kind, nameKnown }) => ({
        code,
        event,
        jurisdiction,
        kind,
        is_name_known: nameKnown,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('organization.code')
    .execute()
  const fresh = new Set(inserted.map(({ code }) => code))
  const names = organizations.filter(({ code }) => fresh.has(code))
  if (names.length > 0) {
    await work
      .insertInto('organization_name')
      .values(
        names.map(({ code, name }) => ({
          organization: code,
          event,
          name_fr: name.fr,
          name_en: name.en,
        })),
      )
      .execute()
  }
  return names.length
}

export async function isOrganization(handle: Handle, code: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from organization where organization.code = ${code}) as found
  `.execute(handle)
  return rows[0]?.found === true
}
