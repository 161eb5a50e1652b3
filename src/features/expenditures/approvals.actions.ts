import { fiscalYearOf } from '#core/fiscal-year.ts'
import { type Money, negate } from '#core/money.ts'
import { limitMax } from '#core/page.ts'
import type { Commitment } from '#features/commitments/commitment.ts'
import { findCommitment } from '#features/commitments/commitments.public.ts'
import { balancesAfter, headroomOf } from '#features/funding/ceiling.ts'
import { loadCell } from '#features/funding/cell.public.ts'
import { readStandings, type Standing } from '#features/funding/standing.public.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { reach } from '#features/identity/permission.ts'
import { readRecording } from '#features/periods/periods.public.ts'
import { everyPage } from '#platform/db/every-page.ts'
import { countWaiting, listByIds, listWaiting } from './approvals.store.ts'
import type { Waiting, WaitingRow } from './approvals.ts'
import { spend } from './consumption.ts'
import { flagsThatMove } from './correction-rules.ts'
import { type Expenditure, netOf } from './expenditure.ts'
import type { PageAsked } from './filter.ts'
import { ceilingFlags, entryFlags } from './flags.ts'
import { type Lateness, readLateness } from './late.public.ts'
import { type Prospects, reasonsOf } from './reasons.ts'

export interface ListedWaiting {
  /** One more than asked when another page follows. */
  readonly rows: readonly Waiting[]
  readonly count: number
  readonly total: Money
}

/** What waits for the actor's own decision, with what approving each one now would meet. */
export async function readApprovals(viewing: Viewing, page: PageAsked): Promise<ListedWaiting> {
  authorize(viewing, 'expenditure.decide')
  const { handle, actor } = viewing
  const decider = {
    email: actor.email,
    organizations: reach(actor, 'expenditure.decide'),
  }
  const waiting = await listWaiting(handle, decider, page)
  const documents = await listByIds(
    handle,
    waiting.map(({ expenditure }) => expenditure),
  )
  const asked: Asked[] = []
  for (const row of waiting) {
    const document = documents.get(row.expenditure)
    if (document !== undefined) {
      asked.push(await readAsked(viewing, row, document))
    }
  }
  const ground = await readGround(
    viewing,
    asked.map(({ document, posting }) => posting ?? document),
  )
  const rows = asked.map((each) => shownOf(each, ground))
  return { rows, ...(await countWaiting(handle, decider)) }
}

/** Every page, in one snapshot, as its total says. */
export async function readAllApprovals(viewing: Viewing): Promise<readonly Waiting[]> {
  const all: Waiting[] = []
  let after: readonly string[] | null = null
  do {
    const { rows } = await readApprovals(viewing, { limit: limitMax, after })
    all.push(...rows.slice(0, limitMax))
    after = rows.length > limitMax ? (all.at(-1)?.cursor ?? null) : null
  } while (after !== null)
  return all
}

type Recording = Awaited<ReturnType<typeof readRecording>>

/** What decisions would stand on now: for showing, not for deciding, which asks again under locks. */
interface Ground {
  readonly recordings: ReadonlyMap<string, Recording>
  readonly standings: ReadonlyMap<string, Standing>
  readonly commitments: ReadonlyMap<string, Commitment>
  readonly comesLate: Lateness
}

async function readGround(
  { handle, today }: Viewing,
  shown: readonly Expenditure[],
): Promise<Ground> {
  const recordings = new Map<string, Recording>()
  for (const organization of new Set(shown.map((each) => each.organization))) {
    recordings.set(organization, await readRecording(handle, organization, today))
  }
  const commitments = new Map<string, Commitment>()
  for (const id of new Set(shown.flatMap(({ commitment }) => commitment ?? []))) {
    const found = await findCommitment(handle, id)
    if (found?.state === 'approved') {
      commitments.set(id, found)
    }
  }
  const envelopes = shown.map(({ envelope }) => envelope)
  const standings = await readStandings(handle, envelopes)
  const comesLate = await readLateness(handle, standings)
  return { recordings, commitments, standings, comesLate }
}

interface Asked {
  readonly row: WaitingRow
  readonly document: Expenditure
  /** What would be posted; null for a request that posts no new spending. */
  readonly posting: Expenditure | null
}

/** A reclassification posts the same facts elsewhere, without what only its own place had noticed. */
async function readAsked(
  { handle }: Viewing,
  row: WaitingRow,
  document: Expenditure,
): Promise<Asked> {
  const request = requestOf(row, document)
  if (row.kind !== 'reclassify' || request?.serviceDate == null) {
    return { row, document, posting: row.kind === 'expenditure' ? document : null }
  }
  const { measure, envelope, serviceDate } = request
  const place = { measure, envelope, serviceDate, fiscalYear: fiscalYearOf(serviceDate) }
  const moved = { ...document, ...place, commitment: null }
  const noticed = entryFlags(moved, await loadCell(handle, moved), false)
  const flags = [...flagsThatMove(document), ...noticed]
  return { row, document, posting: { ...moved, flags } }
}

const requestOf = ({ request }: WaitingRow, { requests }: Expenditure) =>
  requests.find(({ id }) => id === request)

function shownOf({ row, document, posting }: Asked, ground: Ground): Waiting {
  const recordsOn = posting?.serviceDate ?? requestOf(row, document)?.date ?? document.serviceDate
  const recordsIn = ground.recordings.get(document.organization)?.(recordsOn) ?? null
  if (posting === null) {
    const { flags } = document
    const reasons = reasonsOf(document, flags, { ceiling: null, recordsIn: document.recordedIn })
    return { ...row, document, flags, reasons, recordsIn, needsJustification: false }
  }
  const { noticed, ceiling } = heldAgainst(posting, row.request === null ? null : document, ground)
  const late = recordsIn !== null && ground.comesLate(posting, recordsIn) ? ['late-item'] : []
  const flags = [...new Set([...posting.flags, ...noticed, ...late])]
  const isOdd = noticed.includes('over-spent') || flags.includes('outside-term')
  return {
    ...row,
    document,
    flags,
    reasons: reasonsOf(posting, flags, { ceiling, recordsIn }),
    recordsIn,
    needsJustification: isOdd && posting.justification === null,
  }
}

/** @param replaced what is reversed first; it gives its net amount back to its envelope */
function heldAgainst(
  posting: Expenditure,
  replaced: Expenditure | null,
  ground: Ground,
): { readonly noticed: readonly string[] } & Pick<Prospects, 'ceiling'> {
  const standing = ground.standings.get(posting.envelope ?? '')
  if (standing === undefined) {
    return { noticed: [], ceiling: null }
  }
  const { envelope } = standing
  const commitment = ground.commitments.get(posting.commitment ?? '') ?? null
  const { freed, taking } = spend(posting, posting.amount, commitment)
  const returned =
    replaced?.envelope === envelope.code ? { ...replaced, amount: negate(netOf(replaced)) } : null
  const balances = [freed, returned].reduce(
    (left, moved) => (moved === null ? left : balancesAfter(left, moved)),
    standing.balances,
  )
  const headroom = headroomOf(envelope, balances, posting.fiscalYear)
  return {
    noticed: ceilingFlags(taking, envelope, balances),
    ceiling: { amount: taking.amount, headroom },
  }
}

/** All of it, page by page: for a file, and for the terminal. */
export const everyApproval = (viewing: Viewing): AsyncGenerator<readonly Waiting[]> =>
  everyPage(
    async (page) => (await readApprovals(viewing, page)).rows,
    ({ cursor }) => cursor,
  )
