import { type Actor, everyOrganization, type Role, roles } from './actor.ts'

/**
 * The one table of who may do what. `own` reaches the organizations the role is held for; `all`
 * does not depend on an organization. Routes, pages and commands all ask here.
 */
interface Permission {
  readonly roles: readonly Role[]
  readonly scope: 'own' | 'all'
}

const readers = ['officer', 'approver', 'auditor'] as const

export const permissions = {
  'plan.read': { roles, scope: 'all' },
  'report.read': { roles, scope: 'all' },
  'expenditure.read': { roles: readers, scope: 'own' },
  'expenditure.enter': { roles: ['officer'], scope: 'own' },
  'expenditure.decide': { roles: ['approver'], scope: 'own' },
  'journal.read': { roles: ['auditor'], scope: 'all' },
  'event.read': { roles: ['auditor'], scope: 'all' },
  'record.verify': { roles: ['auditor'], scope: 'all' },
  'user.manage': { roles: ['administrator'], scope: 'all' },
} as const satisfies Record<string, Permission>

export type Act = keyof typeof permissions

/** Organizations for which the actor may do this; `*` for all, empty for none. */
export function reach(actor: Actor, act: Act): readonly string[] {
  const permission: Permission = permissions[act]
  const held = actor.roles.filter(({ role }) => permission.roles.includes(role))
  if (held.length === 0) {
    return []
  }
  return permission.scope === 'all'
    ? [everyOrganization]
    : [...new Set(held.map(({ organization }) => organization))].sort()
}

/** Without an organization: whether the actor may do this anywhere at all. */
export function may(actor: Actor, act: Act, organization?: string): boolean {
  const reached = reach(actor, act)
  if (organization === undefined || reached.includes(everyOrganization)) {
    return reached.length > 0
  }
  return reached.includes(organization)
}
