import { type Reading, read, unread } from '#core/issues.ts'
import type { HeldRole } from './actor.ts'

/** A person who may act. The e-mail address is for life: documents and events name people by it. */
export interface Person {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly isDisabled: boolean
  readonly version: number
  readonly roles: readonly HeldRole[]
}

export function readEmail(text: string): Reading<string> {
  const email = text.trim().toLowerCase()
  return email.length <= 254 && /^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(email)
    ? read(email)
    : unread(
        'identity/email-malformed',
        { fr: 'L’adresse de courriel est mal formée.', en: 'The e-mail address is malformed.' },
        text,
      )
}
