import { describe, expect, test } from 'vitest'
import { unread } from '#core/issues.ts'
import { languages } from '#core/language.ts'
import { Problem, type ProblemKind, problemKinds } from '#core/problem.ts'

const sentence = { fr: 'Le montant est vide.', en: 'The amount is empty.' }

describe('a refusal', () => {
  test.each(Object.entries(problemKinds) as [ProblemKind, number][])(
    '%s answers with status %i',
    (kind, status) => {
      expect(new Problem(kind, 'money/empty', sentence).status).toBe(status)
    },
  )

  test('keeps what the operator may know apart from what the caller reads', () => {
    const cause = new Error('connection reset')
    const reading = unread('money/empty', sentence)
    const issues = reading.ok ? [] : [reading.issue]
    const options = { detail: 'pool exhausted', issues, cause }
    const problem = new Problem('unavailable', 'db/unavailable', sentence, options)
    expect(problem).toBeInstanceOf(Error)
    expect(problem).toMatchObject({
      name: 'Problem',
      message: sentence.en,
      kind: 'unavailable',
      code: 'db/unavailable',
      sentence,
      detail: 'pool exhausted',
      issues,
      cause,
    })
  })

  test('has no issues, detail or cause unless given', () => {
    const problem = new Problem('invalid', 'money/empty', sentence)
    expect([problem.issues, problem.detail, problem.cause]).toEqual([[], undefined, undefined])
  })

  test('is said in both languages, French first', () => {
    expect(languages).toEqual(['fr', 'en'])
    expect(Object.keys(sentence)).toEqual([...languages])
  })
})
