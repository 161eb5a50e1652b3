import { Problem } from '#core/problem.ts'
import { readEmail } from './person.ts'

/**
 * Signing in tells nothing: an unknown account, one without password, a disabled one and a wrong
 * password have the same answer, and the same work is done for each. Ten tries may fail within 15
 * minutes for one account from one address; the eleventh is refused whatever it holds.
 */
export const triesMax = 10
export const triesMinutes = 15

/** What tries are counted under: the address as typed; what is no address at all is one account. */
export function accountOf(typed: string): string {
  const reading = readEmail(typed)
  return reading.ok ? reading.value : ''
}

export const signInRefused = (detail: string): Problem =>
  new Problem(
    'signed-out',
    'identity/sign-in-refused',
    {
      fr: 'Le courriel ou le mot de passe n’est pas le bon.',
      en: 'The e-mail address or the password is not right.',
    },
    { detail },
  )

export const triesExhausted = (retrySeconds: number, detail: string): Problem =>
  new Problem(
    'too-many',
    'identity/too-many-tries',
    {
      fr: `Trop d’essais ont échoué. Recommencez dans ${minutesOf(retrySeconds)} min.`,
      en: `Too many tries have failed. Try again in ${minutesOf(retrySeconds)} min.`,
    },
    { retrySeconds, detail },
  )

const minutesOf = (seconds: number): number => Math.ceil(seconds / 60)
