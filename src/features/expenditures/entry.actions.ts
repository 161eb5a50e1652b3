import { readDate } from '#core/calendar-date.ts'
import { type FiscalYear, fiscalYearOf, hasFiscalYear } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import { isPositive, Money, subtract } from '#core/money.ts'
import { readMoney } from '#core/money-reading.ts'
import { Problem } from '#core/problem.ts'
import { headroomOf, isOverShare } from '#features/funding/ceiling.ts'
import { loadCell } from '#features/funding/cell.public.ts'
import { covers } from '#features/funding/envelope.ts'
import { place } from '#features/funding/placement.ts'
import { readStandings } from '#features/funding/standing.public.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { reach } from '#features/identity/permission.ts'
import { listOrganizations } from '#features/organizations/organizations.public.ts'
import { measureCode } from '#features/programmes/measure.ts'
import { listMeasures } from '#features/programmes/programmes.public.ts'
import type { EntryGround } from './entry.views.tsx'
import type { EntryEnvelope, EntryPlace, EntryStanding, EntryTyped } from './entry-standing.ts'
import { findReadable, readAllExpenditures, readExpenditures } from './expenditure-list.actions.ts'

/** What the page of entry stands on, whatever was typed into it. */
export async function readEntryGround(
  viewing: Viewing,
  saved: string | undefined,
): Promise<EntryGround> {
  const { actor, handle, today } = viewing
  const mine = { state: 'draft', preparedBy: actor.email } as const
  const drafts = await readAllExpenditures(viewing, mine, draftsMax)
  return {
    organizations: await readEnteringOrganizations(viewing),
    measures: (await listMeasures(handle)).map(({ code, title }) => ({ code, title })),
    today,
    email: actor.email,
    drafts,
    saved: saved === undefined ? null : await findReadable(viewing, saved),
  }
}

const draftsMax = 2_000

/** Codes of the organizations for which the reader enters. */
export async function readEnteringOrganizations({
  actor,
  handle,
}: Viewing): Promise<readonly string[]> {
  const reached = reach(actor, 'expenditure.enter')
  const organizations = await listOrganizations(handle)
  return organizations.map(({ code }) => code).filter((code) => reached.includes(code))
}

export async function readEntryStanding(
  viewing: Viewing,
  typed: EntryTyped,
): Promise<EntryStanding> {
  const refused: Bilingual[] = []
  const amount = amountOf(typed.amount, refused)
  const day = typed.serviceDate === undefined ? null : readDate(typed.serviceDate.trim())
  if (day !== null && !day.ok) {
    refused.push(day.issue.detail)
  }
  const isNamed = typed.measure !== undefined || typed.envelope !== undefined
  if (day === null || !day.ok || !hasFiscalYear(day.value) || !isNamed) {
    return { amount, refused, place: null }
  }
  const year = fiscalYearOf(day.value)
  try {
    return { amount, refused, place: await readPlace(viewing, typed, { year, amount }) }
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error
    }
    return { amount, refused: [...refused, error.sentence], place: null }
  }
}

function amountOf(typed: string | undefined, refused: Bilingual[]): Money | null {
  const reading = typed === undefined ? null : readMoney(typed)
  if (reading === null) {
    return null
  }
  if (!reading.ok) {
    refused.push(reading.issue.detail)
    return null
  }
  return isPositive(reading.value.value) ? reading.value.value : null
}

interface Taking {
  readonly year: FiscalYear
  readonly amount: Money | null
}

async function readPlace(
  viewing: Viewing,
  { measure, envelope }: EntryTyped,
  { year, amount }: Taking,
): Promise<EntryPlace> {
  const asked = {
    measure: measure === undefined ? null : measureCode(measure),
    envelope: envelope === undefined ? null : envelope.trim().toUpperCase(),
  }
  const cell = await loadCell(viewing.handle, asked)
  const placed = place(asked, cell.measure, cell.envelope)
  return {
    measure: placed.measure,
    fiscalYear: year,
    envelope:
      placed.envelope === null
        ? null
        : await readEnvelope(viewing, { ...placed, envelope: placed.envelope }, { year, amount }),
  }
}

async function readEnvelope(
  viewing: Viewing,
  { measure, envelope: code }: { readonly measure: string | null; readonly envelope: string },
  { year, amount }: Taking,
): Promise<EntryEnvelope | null> {
  const standing = (await readStandings(viewing.handle, [code])).get(code)
  if (standing === undefined) {
    return null
  }
  const { envelope, balances } = standing
  const headroom = headroomOf(envelope, balances, year).amount
  const taken = { amount: amount ?? Money.zero, fiscalYear: year, measure }
  const waiting = async (state: 'draft' | 'submitted') => {
    const one = { limit: 1, after: null }
    return (await readExpenditures(viewing, { envelope: code, state }, one)).total
  }
  return {
    code,
    headroom,
    after: amount === null ? null : subtract(headroom, amount),
    isOverShare: isOverShare(envelope, balances, taken),
    isOutsideTerm: !covers(envelope, year),
    drafts: await waiting('draft'),
    submitted: await waiting('submitted'),
  }
}
