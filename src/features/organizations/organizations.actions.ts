import type { Bilingual } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import { authorize, type Context, record } from '#features/identity/context.public.ts'
import { type NamedOrganization, organizationStale } from './organization.ts'
import { findOrganization, saveName } from './organizations.store.ts'

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
    throw new Problem('not-found', 'organizations/not-found', {
      fr: `L’organisme « ${seen.code} » n’existe pas.`,
      en: `There is no organization “${seen.code}”.`,
    })
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
