import { createHash } from 'node:crypto'
import { canonical } from '#core/canonical.ts'
import type { FiscalYear } from '#core/fiscal-year.ts'
import { listClosedYears, listEnvelopes } from '#features/funding/funding.public.ts'
import type { Entry } from '#features/journal/entry.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { readYearBalances } from './closed-years.store.ts'
import { type Closing, closingOf } from './closing.ts'
import { closingEntries } from './closing-entries.ts'
import { choosePolicies, type Policy } from './policy.ts'
import { carriedToOf, type Preview, previewFacts } from './year-end.ts'

/** What closing a year would do now, and its digest: the same figures and lines have the same one. */
export interface Computed extends Preview {
  readonly closings: readonly Closing[]
}

export interface Asked {
  readonly programme: string
  readonly fiscalYear: FiscalYear
  readonly policies: readonly Policy[]
}

export async function computeClosing(
  handle: Handle,
  { programme, fiscalYear, policies }: Asked,
): Promise<Computed> {
  const envelopes = (await listEnvelopes(handle)).filter((each) => each.programme === programme)
  const closed = await listClosedYears(handle)
  const balances = await readYearBalances(handle, programme)
  const carriedTo = carriedToOf(programme, fiscalYear, closed)
  const chosen = new Map(
    choosePolicies(policies, envelopes).map((policy) => [policy.envelope, policy]),
  )
  const closings = envelopes.flatMap((envelope) => {
    const policy = chosen.get(envelope.code)
    return policy === undefined
      ? []
      : closingOf({
          envelope,
          policy,
          fiscalYear,
          carriedTo,
          closed: closed
            .filter((each) => each.programme === programme)
            .map((each) => each.fiscalYear),
          balances: balances.get(envelope.code) ?? [],
        })
  })
  const figures = closings.map((closing) => closing.figures)
  const preview = { programme, fiscalYear, carriedTo, figures }
  const entries = closingEntries(closings, { id: '', fiscalYear, carriedTo })
  return { ...preview, closings, digest: digestOf(preview, entries) }
}

const digestOf = (preview: Omit<Preview, 'digest'>, entries: readonly Entry[]): string =>
  createHash('sha256')
    .update(
      canonical({
        ...previewFacts({ ...preview, digest: '' }),
        lines: entries.flatMap(({ kind, lines }) =>
          lines.map(({ account, cell, amount }) => ({ kind, account, ...cell, amount })),
        ),
      }),
      'utf8',
    )
    .digest('hex')
