import { describe, expect, test } from 'vitest'
import { Problem, type ProblemKind, problemKinds } from '#core/problem.ts'
import { internalJson, problemJson, problemOf } from '#platform/http/problems.ts'
import { titles } from '#platform/http/titles.ts'
import { aProblem } from './http-support.ts'

const kinds = Object.keys(problemKinds) as ProblemKind[]
const coded = (code: string, facts: object = {}): Error =>
  Object.assign(new Error('from inside'), { code, ...facts })

describe('a problem as RFC 9457 asks', () => {
  test('is said in the language of the caller', () => {
    const issue = { pointer: '/a', code: 'x/y', detail: { fr: 'Non.', en: 'No.' } }
    const problem = new Problem(
      'refused',
      'x/y',
      { fr: 'C’est refusé.', en: 'It is refused.' },
      {
        detail: 'planted secret',
        issues: [issue, { ...issue, row: 3, column: 'montant', value: '' }],
      },
    )
    expect(problemJson(problem, 'fr', 'r-1')).toEqual({
      type: 'urn:vigie:problem:x/y',
      title: 'La demande enfreint une règle.',
      status: 422,
      detail: 'C’est refusé.',
      code: 'x/y',
      errors: [
        { pointer: '/a', code: 'x/y', detail: 'Non.' },
        { pointer: '/a', code: 'x/y', detail: 'Non.', row: 3, column: 'montant', value: '' },
      ],
      instance: 'urn:vigie:request:r-1',
    })
    expect(problemJson(problem, 'en')).toMatchObject({
      title: 'The request breaks a rule.',
      detail: 'It is refused.',
    })
  })

  test('on a terminal there is no request to name', () => {
    expect(problemJson(aProblem('stale', 'x/y'), 'fr')).not.toHaveProperty('instance')
    expect(internalJson('en')).not.toHaveProperty('instance')
  })

  test.each(kinds)('of kind %s has a title in both languages and the kind’s status', (kind) => {
    expect(titles[kind].fr).not.toBe(titles[kind].en)
    const document = problemJson(aProblem(kind, 'x/y'), 'en', 'r')
    expect(document).toMatchObject({ status: problemKinds[kind], title: titles[kind].en })
    expect(JSON.stringify(document)).not.toContain('planted')
  })
})

describe('what was thrown, as a problem', () => {
  test('a Problem is itself', () => {
    const problem = aProblem('conflict', 'x/y')
    expect(problemOf(problem, {})).toBe(problem)
  })

  test.each([
    ['FST_ERR_CTP_BODY_TOO_LARGE', 413, 413, 'http/body-too-large'],
    ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 415, 415, 'http/unsupported-type'],
    ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 400, 400, 'http/body-truncated'],
    ['FST_ERR_BAD_URL', 400, 400, 'http/malformed-url'],
    ['FST_ERR_MAX_PARAM_LENGTH', 414, 404, 'http/unknown-route'],
    ['FST_ERR_NOT_FOUND', 404, 404, 'http/unknown-route'],
    ['FST_ERR_HANDLER_TIMEOUT', 503, 503, 'http/timeout'],
    ['FST_FILES_LIMIT', 413, 413, 'http/body-too-large'],
    ['FST_SOME_RATE_LIMIT', 429, 429, 'http/too-many'],
    ['FST_ERR_SOMETHING_NEW', 400, 400, 'http/malformed-request'],
    ['ECONNRESET', 400, 400, 'http/body-truncated'],
  ])('%s is answered %i as %i %s', (code, statusCode, status, ours) => {
    expect(problemOf(coded(code, { statusCode }), { isUnavailable: () => true })).toMatchObject({
      status,
      code: ours,
    })
  })

  test.each([
    ['an error without a code', new Error('boo')],
    ['an error of the framework’s that is no refusal', coded('FST_ERR_REP', { statusCode: 500 })],
    ['an error that only has a status', Object.assign(new Error('boo'), { statusCode: 400 })],
    ['a constraint nobody translated', coded('23505', { constraint: 'unknown_pk' })],
    ['a constraint named like an object’s own', coded('23505', { constraint: 'constructor' })],
    ['a violation without a name', coded('23502')],
    ['a translated name on another error', coded('42501', { constraint: 'known_pk' })],
    ['a text', 'boo'],
    ['null', null],
    ['undefined', undefined],
    ['a number', 3],
  ])('%s is a bug', (_name, error) => {
    const constraints = { known_pk: () => aProblem('conflict', 'x/taken') }
    expect(problemOf(error, { constraints, isUnavailable: () => false })).toBe(null)
  })

  test.each(['23505', '23503', '23514', '23P01', '2BP01'])(
    'a violated constraint (%s) is what its rule would have thrown',
    (state) => {
      const constraints = { known_pk: () => aProblem('conflict', 'x/taken') }
      const error = coded(state, { constraint: 'known_pk' })
      expect(problemOf(error, { constraints })).toMatchObject({ status: 409, code: 'x/taken' })
    },
  )

  test('a database that is away is 503', () => {
    const error = new Error('Connection terminated unexpectedly')
    const isUnavailable = (thrown: unknown): boolean => thrown === error
    expect(problemOf(error, { isUnavailable })).toMatchObject({
      status: 503,
      code: 'http/unavailable',
      cause: error,
    })
  })

  test.each([
    ['53100', 'the disk is full'],
    ['53200', 'no memory is left'],
    ['40P01', 'a deadlock outlived the retries'],
    ['40001', 'a conflict outlived the retries'],
    ['55P03', 'a lock was waited for too long'],
    ['57014', 'a statement took too long'],
  ])('%s (%s) is 503, and the database is there all the same', (state, _why) => {
    expect(problemOf(coded(state), {})).toMatchObject({ status: 503, code: 'http/busy' })
  })
})
