import type { Pool } from 'pg'
import { expect } from 'vitest'
import { titles } from '#platform/http/titles.ts'
import type { Answered, TestApp } from './app.ts'

/** What a refusal must say; `errors` are the pointer and the code of each thing that is wrong. */
export interface Expected {
  readonly status: number
  readonly code: string
  readonly errors?: readonly (readonly [pointer: string, code: string])[]
  /** Words that the sentence must hold, in both languages. */
  readonly says?: readonly string[]
}

type Ask = (headers: Record<string, string>) => Promise<Answered>

const statuses: Readonly<Record<number, keyof typeof titles>> = {
  400: 'invalid',
  401: 'signed-out',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  412: 'stale',
  413: 'too-large',
  415: 'unsupported-type',
  422: 'refused',
  428: 'unversioned',
}

/**
 * Asks in French and in English; each time a problem document with the same code and a sentence in
 * that language, and nothing in the record has moved.
 */
export async function expectRefusal(app: TestApp, expected: Expected, ask: Ask): Promise<void> {
  const before = await recordOf(app.database.owner)
  const french = await ask({ 'accept-language': 'fr' })
  const english = await ask({ 'accept-language': 'en' })
  expect(await recordOf(app.database.owner)).toEqual(before)
  expectProblem(french, expected, 'fr')
  expectProblem(english, expected, 'en')
  expect(french.body.detail).not.toBe(english.body.detail)
}

function expectProblem(answer: Answered, expected: Expected, language: 'fr' | 'en'): void {
  const { status, code, errors = [], says = [] } = expected
  expect(answer.body).toMatchObject({ status, code, type: `urn:vigie:problem:${code}` })
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toBe('application/problem+json')
  expect(answer.headers['content-language']).toBe(language)
  expect(answer.body.title).toBe(titles[statuses[status] ?? 'invalid'][language])
  expect(answer.body.detail).toMatch(/^.{10,}\.$/u)
  for (const words of says) {
    expect(answer.body.detail).toContain(words)
  }
  const found = answer.body.errors.map((error: { pointer: string; code: string }) => [
    error.pointer,
    error.code,
  ])
  expect(found).toEqual(errors)
  expect(answer.body.instance).toMatch(/^urn:vigie:request:[0-9a-f-]{36}$/)
}

/** The head, every count, and the documents themselves: what a refusal must leave alone. */
export async function recordOf(owner: Pool): Promise<Record<string, string>> {
  const { rows } = await owner.query(`
    select
      chain_head.sequence::text || ' ' || chain_head.hash as head,
      (select count(*) from event)::text as events,
      (select count(*) from journal_entry)::text as entries,
      (select count(*) from journal_line)::text as lines,
      (select count(*) from idempotency_key)::text as keys,
      (select count(*) from person)::text as people,
      (select count(*) from period)::text as periods,
      (select coalesce(sum(document_counter.last), 0) from document_counter)::text as numbers,
      (select count(*) from expenditure)::text as expenditures,
      (select md5(coalesce(string_agg(commitment::text, ';' order by commitment.id), ''))
        from commitment) as commitments,
      (select md5(coalesce(string_agg(expenditure::text, ';' order by expenditure.id), ''))
        from expenditure) as documents,
      (select md5(coalesce(string_agg(expenditure_request::text, ';'
        order by expenditure_request.id), '')) from expenditure_request) as requests,
      (select md5(coalesce(string_agg(said, ';' order by said), '')) from (
        select revision::text as said from revision
        union all select revision_line::text from revision_line
        union all select envelope_proposal::text from envelope_proposal
        union all select relation_proposal::text from relation_proposal
        union all select year_end::text from year_end
        union all select year_end_policy::text from year_end_policy
        union all select closed_year::text from closed_year
        union all select closed_year_figure::text from closed_year_figure
      ) as proposal) as proposals,
      (select md5(coalesce(string_agg(said, ';' order by said), '')) from (
        select extract::text as said from extract
        union all select extract_mapping::text from extract_mapping
        union all select match_run::text from match_run
        union all select match_line::text from match_line
        union all select ledger_match::text from ledger_match
      ) as matching) as matchings,
      (select md5(coalesce(string_agg(journal_balance::text, ';'
        order by journal_balance::text), '')) from journal_balance) as balances
    from chain_head`)
  return rows[0]
}
