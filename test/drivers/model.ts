import { isDeepStrictEqual } from 'node:util'
import type { Intent, Said } from './request-log.ts'

interface Request {
  readonly id: string
  readonly state: string
  /** What its approval posted. */
  readonly entry: string | null
}

/** A document as the API last said it. */
export interface Document {
  readonly id: string
  readonly state: 'draft' | 'submitted' | 'posted' | 'reversed'
  readonly version: number
  readonly amount: string
  readonly documentNumber: string
  readonly requests: readonly Request[]
  readonly [fact: string]: unknown
}

/** A period as its last closing or reopening said it. */
export interface DecidedPeriod {
  readonly organization: string
  readonly fiscalYear: string
  readonly period: number
  readonly version: number
  readonly state: 'open' | 'closed'
}

/** What the record must hold: every answer that was given, applied once, and nothing else. */
export class Model {
  readonly documents = new Map<string, Document>()
  /** Those that were deleted as drafts, as they last were. */
  readonly deleted = new Map<string, Document>()
  /** By organization, year and number. */
  readonly periods = new Map<string, DecidedPeriod>()
  readonly answers = new Map<string, Said>()
  /** Keys that were answered twice, and not alike. */
  readonly contradictions: string[] = []

  /** Answers the documents that the answer spoke of. */
  apply(intent: Intent, said: Said): readonly Document[] {
    const first = this.answers.get(intent.key)
    if (first !== undefined && !isDeepStrictEqual(first, said)) {
      this.contradictions.push(`${intent.key}: ${first.text} then ${said.text}`)
    }
    this.answers.set(intent.key, said)
    if (intent.method === 'DELETE') {
      return this.#delete(intent.path.split('/').at(-1) ?? '')
    }
    const body = JSON.parse(said.text)
    if (intent.path.startsWith('/periods/')) {
      this.periods.set(`${body.organization} ${body.fiscalYear} ${body.period}`, body)
      return []
    }
    const documents: readonly Document[] = body.items ?? [body]
    for (const document of documents) {
      this.documents.set(document.id, document)
    }
    return documents
  }

  #delete(id: string): readonly Document[] {
    const document = this.documents.get(id)
    if (document !== undefined) {
      this.documents.delete(id)
      this.deleted.set(id, document)
    }
    return []
  }

  /** In cents: what is spent once everything posted and not reversed is added up. */
  get spent(): bigint {
    return [...this.documents.values()]
      .filter(({ state }) => state === 'posted')
      .reduce((sum, { amount }) => sum + centsOf(amount), 0n)
  }
}

export const centsOf = (amount: string): bigint => BigInt(amount.replace('.', ''))

/** Of an amount that is not negative. */
export const amountOf = (cents: bigint): string =>
  `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`
