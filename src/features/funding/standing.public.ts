import { envelopeBalances } from '#features/journal/journal.public.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import type { Balances } from './ceiling.ts'
import type { Envelope } from './envelope.ts'
import { listEnvelopes, lockEnvelopes } from './funding.store.ts'

/** An envelope, with what is available in it. */
export interface Standing {
  readonly envelope: Envelope
  readonly balances: Balances
}

/**
 * Whoever needs an envelope waits from its lock to our commit, so what never changes, what an
 * envelope says, is read before, and only what is left in it after.
 */
export async function lockStandings(
  work: Work,
  codes: readonly (string | null)[],
): Promise<Map<string, Standing>> {
  const envelopes = await readEnvelopes(work, codes)
  await lockEnvelopes(work, envelopes.map(({ code }) => code).sort())
  return standingsOf(work, envelopes)
}

/** For showing: by the time somebody decides, another may have taken from it. */
export const readStandings = async (
  handle: Handle,
  codes: readonly (string | null)[],
): Promise<ReadonlyMap<string, Standing>> => standingsOf(handle, await readEnvelopes(handle, codes))

async function readEnvelopes(
  handle: Handle,
  codes: readonly (string | null)[],
): Promise<readonly Envelope[]> {
  const distinct = [...new Set(codes.flatMap((code) => code ?? []))]
  return distinct.length === 0 ? [] : listEnvelopes(handle, { codes: distinct })
}

async function standingsOf(
  handle: Handle,
  envelopes: readonly Envelope[],
): Promise<Map<string, Standing>> {
  const standings = new Map<string, Standing>()
  for (const envelope of envelopes) {
    const balances = await envelopeBalances(handle, envelope.code)
    standings.set(envelope.code, { envelope, balances })
  }
  return standings
}
