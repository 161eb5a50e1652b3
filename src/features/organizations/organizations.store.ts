import { sql } from 'kysely'
import type { Bilingual } from '#core/language.ts'
import { type AsOf, knownAt } from '#platform/db/as-of.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import type { NamedOrganization, Organization } from './organization.ts'

/** Organizations with the name each had at a position. */
export async function listOrganizations(
  handle: Handle,
  asOf: AsOf = null,
): Promise<readonly NamedOrganization[]> {
  const rows = await named(handle, asOf).orderBy('organization.code').execute()
  return rows.map(organizationOf)
}

export async function findOrganization(
  handle: Handle,
  code: string,
): Promise<NamedOrganization | null> {
  const row = await named(handle, null).where('organization.code', '=', code).executeTakeFirst()
  return row === undefined ? null : organizationOf(row)
}

const named = (handle: Handle, asOf: AsOf) =>
  handle
    .selectFrom('organization')
    .innerJoinLateral(
      (named) =>
        named
          .selectFrom('organization_name')
          .whereRef('organization_name.organization', '=', 'organization.code')
          .where(knownAt('organization_name.event', asOf))
          .orderBy('organization_name.version', 'desc')
          .limit(1)
          .select([
            'organization_name.name_fr',
            'organization_name.name_en',
            'organization_name.version',
          ])
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
      'named.version',
    ])

interface OrganizationRow {
  readonly code: string
  readonly jurisdiction: string | null
  readonly kind: string
  readonly is_name_known: boolean
  readonly name_fr: string
  readonly name_en: string
  readonly version: number
}

const organizationOf = (row: OrganizationRow): NamedOrganization => ({
  code: row.code,
  name: { fr: row.name_fr, en: row.name_en },
  nameKnown: row.is_name_known || row.version > 1,
  jurisdiction: row.jurisdiction === 'QC' || row.jurisdiction === 'CA' ? row.jurisdiction : null,
  kind: row.kind,
  version: row.version,
})

interface NewName {
  readonly event: string
  readonly code: string
  readonly name: Bilingual
  readonly version: number
}

export async function saveName(work: Work, { event, code, name, version }: NewName): Promise<void> {
  await work
    .insertInto('organization_name')
    .values({ organization: code, event, name_fr: name.fr, name_en: name.en, version })
    .execute()
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
