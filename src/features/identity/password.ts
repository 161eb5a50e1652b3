import { type Reading, read, unread } from '#core/issues.ts'

/**
 * What may be a password: 12 to 128 characters, any of them, and not the person's own name or
 * address. No rule about capitals, digits or signs, and no expiry: they make passwords worse.
 * Counted and kept in Unicode form NFKC, so that the same keys give the same password on every
 * machine. Source: NIST SP 800-63B, section 3.1.1.2.
 */
const lengthMin = 12
const lengthMax = 128

/** Of what is typed to sign in: longer than any password, and soon read. */
export const passwordTypedMax = 1024

export const normalizedPassword = (typed: string): string => typed.normalize('NFKC')

/** Whose password it is to be. */
export interface PasswordOwner {
  readonly email: string
  readonly name: string
}

export function readPassword(typed: string, owner: PasswordOwner): Reading<string> {
  const password = normalizedPassword(typed)
  const length = Array.from(password).length
  if (length < lengthMin || length > lengthMax) {
    return unread('identity/password-length', {
      fr: `Le mot de passe doit compter de ${lengthMin} à ${lengthMax} caractères.`,
      en: `The password must have ${lengthMin} to ${lengthMax} characters.`,
    })
  }
  return isOfOwner(password, owner) || new Set(password).size === 1
    ? unread('identity/password-guessable', {
        fr: 'Ce mot de passe se devine : c’est le nom ou l’adresse de la personne, ou un seul caractère répété.',
        en: 'This password can be guessed: it is the person’s name or address, or one character repeated.',
      })
    : read(password)
}

function isOfOwner(password: string, { email, name }: PasswordOwner): boolean {
  const known = [email, email.split('@')[0] ?? '', name]
  return known.map(lettersOf).includes(lettersOf(password))
}

/** "Anne Côté" and "anne.cote" are the same guess. */
const lettersOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
