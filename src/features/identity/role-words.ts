import type { Bilingual } from '#core/language.ts'
import { everyOrganization, type HeldRole, type Role } from './actor.ts'

/** Roles as people read them (docs/words.md, roles). */
export const roleWords: Readonly<Record<Role, Bilingual>> = {
  officer: { fr: 'agent financier', en: 'finance officer' },
  approver: { fr: 'approbateur', en: 'approver' },
  auditor: { fr: 'vérificateur', en: 'auditor' },
  analyst: { fr: 'analyste', en: 'analyst' },
  administrator: { fr: 'administrateur', en: 'administrator' },
}

/** `agent financier – MSP`; `vérificateur` where it is held for all. */
export function heldRoleWords({ role, organization }: HeldRole): Bilingual {
  const { fr, en } = roleWords[role]
  const of = organization === everyOrganization ? '' : ` – ${organization}`
  return { fr: `${fr}${of}`, en: `${en}${of}` }
}
