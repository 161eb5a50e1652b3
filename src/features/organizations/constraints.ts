import type { Problem } from '#core/problem.ts'
import { organizationStale } from './organization.ts'

/** What the database's own checks of organizations mean, in the words of the rule. */
export const organizationConstraints: Readonly<Record<string, () => Problem>> = {
  organization_name_version_once: organizationStale,
}
