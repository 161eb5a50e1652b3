import type { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { isOrganization } from './organizations.store.ts'

export { listOrganizations, saveOrganizations } from './organizations.store.ts'

/** @throws Problem `organizations/unknown` */
export async function requireOrganization(handle: Handle, code: string): Promise<void> {
  if (!(await isOrganization(handle, code))) {
    throw organizationUnknown(code)
  }
}

export const organizationUnknown = (code: string): Problem =>
  refuseField(
    'organization',
    'organizations/unknown',
    {
      fr: `L’organisme « ${code} » n’existe pas.`,
      en: `There is no organization “${code}”.`,
    },
    code,
  )
