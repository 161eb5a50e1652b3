import { describe, expect, test } from 'vitest'
import type { Problem } from '#core/problem.ts'
import { etagOf, requireIfMatch } from '#platform/http/versions.ts'

function refusalOf(header: string | undefined): Problem {
  try {
    requireIfMatch(header === undefined ? {} : { 'if-match': header })
  } catch (error) {
    return error as Problem
  }
  throw new Error('it was accepted')
}

describe('versions as entity tags', () => {
  test.each([1, 3, 10, 2_147_483_647])('version %i comes back as it went out', (version) => {
    expect(etagOf(version)).toBe(`"${version}"`)
    expect(requireIfMatch({ 'if-match': etagOf(version) })).toBe(version)
  })

  test('without If-Match the answer is 428', () => {
    expect(refusalOf(undefined)).toMatchObject({ status: 428, code: 'http/if-match-missing' })
  })

  test.each([
    '',
    '*',
    '3',
    'W/"3"',
    '"3", "4"',
    '"3","3"',
    '""',
    '"0"',
    '"03"',
    '"-3"',
    '"3.0"',
    '"3e1"',
    '" 3"',
    '"abc"',
    '"2147483648"',
    '"99999999999999999999"',
    '"3"\n',
  ])('If-Match: %j names no version: 400', (header) => {
    expect(refusalOf(header)).toMatchObject({ status: 400, code: 'http/if-match-malformed' })
  })
})
