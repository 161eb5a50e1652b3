import type { Bilingual } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import { authorize, type Context, record, type Viewing } from '#features/identity/context.public.ts'
import { type NamedOrganization, organizationStale } from './organization.ts'
import { findOrganization, listOrganizations, saveName } from './organizations.store.ts'

export async function readOrganizations(viewing: Viewing): Promise<readonly NamedOrganization[]> {
  authorize(viewing, 'plan.read')
  return listOrganizations(viewing.handle)
}

export async function readOrganization(viewing: Viewing, code: string): Promise<NamedOrganization> {
  authorize(viewing, 'plan.read')
  const found = await findOrganization(viewing.handle, code)
  if (found === null) {
    throw organizationNotFound(code)
  }
  return found
}

export interface SeenOrganization {
  readonly code: string
  readonly version: number
}

/** A name from this event on: what was drawn before keeps the one it had. */
export async function renameOrganization(
  context: Context,
  seen: SeenOrganization,
  name: Bilingual,
): Promise<NamedOrganization> {
  authorize(context, 'organization.manage')
  const { work, event } = context
  const before = await findOrganization(work, seen.code)
  if (before === null) {
    throw organizationNotFound(seen.code)
  }
  if (before.version !== seen.version) {
    throw organizationStale()
  }
  if (before.name.fr === name.fr && before.name.en === name.en) {
    return before
  }
  const after = { ...before, name, nameKnown: true, version: before.version + 1 }
  await saveName(work, { event, code: before.code, name, version: after.version })
  await record(context, {
    type: 'organization.renamed',
    subject: `organization/${before.code}`,
    before: { name: { fr: before.name.fr, en: before.name.en }, version: before.version },
    after: { name: { fr: name.fr, en: name.en }, version: after.version },
  })
  return after
}

const organizationNotFound = (code: string): Problem =>
  new Problem('not-found', 'organizations/not-found', {
    fr: `L’organisme « ${code} » n’existe pas.`,
    en: `There is no organization “${code}”.`,
  })
