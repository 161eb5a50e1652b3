/**
 * Who acts, and in which roles. A person holds (role, organization) pairs; auditor, analyst and
 * administrator hold theirs for every organization, written `*`. `system` loads official and
 * published figures and opens fiscal years; nobody signs in as it.
 * Source: docs/words.md, roles. Example: officer of MSP and auditor of `*`.
 */
export const roles = ['officer', 'approver', 'auditor', 'analyst', 'administrator'] as const
export type Role = (typeof roles)[number]

export const everyOrganization = '*'

export interface HeldRole {
  readonly role: Role
  readonly organization: string
}

export interface Actor {
  readonly email: string
  readonly roles: readonly HeldRole[]
}

export const systemActor: Actor = { email: 'system', roles: [] }

export const isRole = (text: string): text is Role => roles.some((role) => role === text)

/** Officers and approvers act for one organization; the others for all, whatever was asked. */
export const organizationOfRole = (role: Role, organization: string): string =>
  role === 'officer' || role === 'approver' ? organization : everyOrganization
