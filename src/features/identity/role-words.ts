import type { Bilingual } from '#core/language.ts'
import type { Role } from './actor.ts'

/** Roles as people read them (docs/words.md, roles). */
export const roleWords: Readonly<Record<Role, Bilingual>> = {
  officer: { fr: 'agent financier', en: 'finance officer' },
  approver: { fr: 'approbateur', en: 'approver' },
  auditor: { fr: 'vérificateur', en: 'auditor' },
  analyst: { fr: 'analyste', en: 'analyst' },
  administrator: { fr: 'administrateur', en: 'administrator' },
}
