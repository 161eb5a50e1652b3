import { type Actor, everyOrganization, type Role, roles, systemActor } from './actor.ts'

/**
 * The one table of who may do what. `own` reaches the organizations the role is held for; `all`
 * does not depend on an organization. `signed-in` is everybody with an account, also without a
 * role; `anybody` needs no account. Routes, pages and commands all ask here, and a route that
 * names no act of this table does not start.
 */
interface Permission {
  readonly roles: readonly Role[] | 'signed-in' | 'anybody'
  readonly scope: 'own' | 'all'
}

const readers = ['officer', 'approver', 'auditor'] as const

export const permissions = {
  'session.open': { roles: 'anybody', scope: 'all' },
  'session.own': { roles: 'signed-in', scope: 'all' },
  'token.own': { roles: 'signed-in', scope: 'all' },
  'token.manage': { roles: ['administrator'], scope: 'all' },
  'user.manage': { roles: ['administrator'], scope: 'all' },
  'organization.manage': { roles: ['administrator'], scope: 'all' },
  'plan.read': { roles, scope: 'all' },
  'report.read': { roles, scope: 'all' },
  'commitment.read': { roles: readers, scope: 'own' },
  'commitment.enter': { roles: ['officer'], scope: 'own' },
  'commitment.decide': { roles: ['approver'], scope: 'own' },
  'expenditure.read': { roles: readers, scope: 'own' },
  'expenditure.enter': { roles: ['officer'], scope: 'own' },
  'expenditure.decide': { roles: ['approver'], scope: 'own' },
  'import.read': { roles: readers, scope: 'own' },
  'import.prepare': { roles: ['officer'], scope: 'own' },
  'import.decide': { roles: ['approver'], scope: 'own' },
  'extract.read': { roles: readers, scope: 'own' },
  'extract.load': { roles: ['officer'], scope: 'own' },
  'matching.read': { roles: readers, scope: 'own' },
  'matching.prepare': { roles: ['officer'], scope: 'own' },
  'matching.sign': { roles: ['approver'], scope: 'own' },
  'proposal.read': { roles: readers, scope: 'own' },
  'proposal.prepare': { roles: ['officer'], scope: 'own' },
  'proposal.decide': { roles: ['approver'], scope: 'own' },
  'journal.read': { roles: ['auditor'], scope: 'all' },
  'event.read': { roles: ['auditor'], scope: 'all' },
  'record.verify': { roles: ['auditor'], scope: 'all' },
  'observation.read': { roles: ['auditor'], scope: 'all' },
  'observation.write': { roles: ['auditor'], scope: 'all' },
  'period.read': { roles, scope: 'all' },
  'period.manage': { roles: ['administrator'], scope: 'all' },
} as const satisfies Record<string, Permission>

export type Act = keyof typeof permissions

const permissionOf = (act: Act): Permission => permissions[act]

/** Whether it is done before anybody is signed in. */
export const isOpenToAnybody = (act: Act): boolean => permissionOf(act).roles === 'anybody'

/** Organizations for which the actor may do this; `*` for all, empty for none. */
export function reach(actor: Actor, act: Act): readonly string[] {
  const { roles: allowed, scope } = permissionOf(act)
  if (typeof allowed === 'string') {
    return [everyOrganization]
  }
  const held = actor.roles.filter(({ role }) => allowed.includes(role))
  if (held.length === 0) {
    return []
  }
  return scope === 'all'
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

/** Acts that open documents, or what events tell of them. */
const opening = [
  'commitment.read',
  'commitment.enter',
  'commitment.decide',
  'expenditure.read',
  'expenditure.enter',
  'expenditure.decide',
  'import.read',
  'import.prepare',
  'import.decide',
  'extract.read',
  'extract.load',
  'matching.read',
  'matching.prepare',
  'matching.sign',
  'proposal.read',
  'proposal.prepare',
  'proposal.decide',
  'event.read',
] as const satisfies readonly Act[]

/**
 * Whose documents the actor sees or changes, in whatever role: what the database is told before
 * anything is asked of it. Nobody's for an analyst or an administrator; the system reaches all.
 */
export function documentReach(actor: Actor): readonly string[] {
  const reached =
    actor.email === systemActor.email
      ? [everyOrganization]
      : opening.flatMap((act) => reach(actor, act))
  return reached.includes(everyOrganization) ? [everyOrganization] : [...new Set(reached)].sort()
}
