import { describe, expect, test } from 'vitest'
import { errorFacts, requestFacts } from '#platform/log.ts'

const databaseError = (message: string, facts: object): Error =>
  Object.assign(new Error(message), facts)

describe('a request in the log', () => {
  test('says its path without the query, where what somebody searched for stands', () => {
    expect(
      requestFacts({ method: 'GET', url: '/api/v1/expenditures?text=Refuge%20A', ip: '127.0.0.1' }),
    ).toEqual({ method: 'GET', path: '/api/v1/expenditures', address: '127.0.0.1' })
  })
})

describe('an error in the log', () => {
  test('says its code and constraint, not the row that the database quotes', () => {
    const error = databaseError('new row violates check constraint "expenditure_two_persons"', {
      code: '23514',
      constraint: 'expenditure_two_persons',
      detail: 'Failing row contains (…, Refuge A, 1234.50).',
      where: 'SQL statement "insert …"',
    })
    const facts = errorFacts(error)
    expect(facts).toMatchObject({ code: '23514', constraint: 'expenditure_two_persons' })
    expect(JSON.stringify(facts)).not.toContain('Refuge A')
    expect(facts).not.toHaveProperty('where')
  })

  test('does not repeat the value that the database could not read', () => {
    const facts = errorFacts(
      databaseError('invalid input syntax for type uuid: "hunter2"', { code: '22P02' }),
    )
    expect(JSON.stringify(facts)).not.toContain('hunter2')
    expect(facts.message).toBe('invalid input syntax for type uuid: "[…]"')
  })

  test('keeps where it was thrown, and its cause told the same way', () => {
    const cause = databaseError('duplicate key', { code: '23505', detail: 'Key (email)=(a@b.c)' })
    const facts = errorFacts(new Error('outer', { cause }))
    expect(facts.stack).toContain('log.test.ts')
    expect(facts.cause).toMatchObject({ message: 'duplicate key', code: '23505' })
    expect(JSON.stringify(facts)).not.toContain('a@b.c')
  })

  test('of something that is no error says only what it is', () => {
    expect(errorFacts('secret words')).toEqual({ type: 'string' })
  })
})
