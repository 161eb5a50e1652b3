import { describe, expect, test } from 'vitest'
import { readPassword } from '#features/identity/password.ts'

const owner = { email: 'anne.cote-tremblay@msp.example', name: 'Anne Côté-Tremblay' }
const codeOf = (typed: string): string => {
  const reading = readPassword(typed, owner)
  return reading.ok ? 'allowed' : reading.issue.code
}

describe('a password', () => {
  test.each([
    ['a sentence', 'agrafe cheval pile', 'allowed'],
    ['twelve characters', 'douze lettre', 'allowed'],
    ['eleven', 'onze lettre', 'identity/password-length'],
    ['twelve, each two units long', '𝔸𝔹𝔻𝔼𝔽𝔾𝕀𝕁𝕂𝕃𝕄𝕆', 'allowed'],
    ['six that look like twelve units', '🐎🐎🐎🐎🐎🐏', 'identity/password-length'],
    ['128 characters', 'ab'.repeat(64), 'allowed'],
    ['129', `${'ab'.repeat(64)}c`, 'identity/password-length'],
    ['spaces alone', ' '.repeat(12), 'identity/password-guessable'],
    ['one character', 'a'.repeat(40), 'identity/password-guessable'],
    ['the address', 'Anne.Cote-Tremblay@MSP.example', 'identity/password-guessable'],
    ['the part before the @', 'anne cote tremblay', 'identity/password-guessable'],
    ['the name without its accents', 'ANNE COTE TREMBLAY', 'identity/password-guessable'],
    ['the name and more', 'Anne Côté-Tremblay 2026', 'allowed'],
    ['nothing', '', 'identity/password-length'],
  ])('of %s: %s is %s', (_what, typed, expected) => {
    expect(codeOf(typed)).toBe(expected)
  })

  test('is one password however its accents were typed', () => {
    const reading = (form: string) => readPassword('été à la rivière'.normalize(form), owner)
    expect(reading('NFD')).toEqual(reading('NFC'))
  })
})
