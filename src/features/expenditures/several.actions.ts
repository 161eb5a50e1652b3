import { randomUUID } from 'node:crypto'
import { fiscalYearOf } from '#core/fiscal-year.ts'
import type { Issue } from '#core/issues.ts'
import { authorize, type Context, record } from '#features/identity/context.public.ts'
import { measureCode } from '#features/programmes/measure.ts'
import { lockAll, pointTo, type SeenItem } from './decisions.actions.ts'
import type { ExpenditureStatement } from './expenditure.ts'
import { isRepeated } from './expenditures.store.ts'
import { readKnown } from './known.public.ts'
import { judgeStatement, type Known } from './known.ts'
import { requireOutsideTermJustified, requireState, requireVersion } from './lifecycle.ts'
import { enterTogether, openNumbering, sealTogether, submitTogether } from './together.public.ts'
import type { NewTogether } from './together.store.ts'

/** One of several that are entered at once, by its place among them. */
export interface NewRow {
  readonly place: number
  /** Its commitment by id or number. */
  readonly stated: ExpenditureStatement
}

export interface EnteredRows {
  readonly entered: number
  /** What is wrong with each of the others; nothing of those is kept. */
  readonly refused: ReadonlyMap<number, readonly Issue[]>
}

/** Drafts of the rows that the rules take, in one event; the others are told all that is wrong. */
export async function enterSeveral(
  context: Context,
  rows: readonly NewRow[],
): Promise<EnteredRows> {
  authorize(context, 'expenditure.enter')
  const known = await readKnown(
    context,
    rows.flatMap(({ stated }) => stated.commitment?.toUpperCase() ?? []),
  )
  const judged = rows.map((row) => judge(row, known))
  const good = judged.flatMap(({ document }) => document ?? [])
  const refused = judged.filter(({ document }) => document === null)
  if (good.length > 0) {
    await enter(context, good)
  }
  return {
    entered: good.length,
    refused: new Map(refused.map(({ place, issues }) => [place, issues])),
  }
}

type Unnumbered = Omit<NewTogether, 'number'>

interface JudgedRow {
  readonly place: number
  readonly document: Unnumbered | null
  readonly issues: readonly Issue[]
}

function judge({ place, stated }: NewRow, known: Known): JudgedRow {
  const commitment = stated.commitment?.toUpperCase() ?? null
  const named = stated.measure === null ? null : measureCode(stated.measure)
  const { issues, ...judged } = judgeStatement({ ...stated, measure: named, commitment }, known)
  if (issues.length > 0) {
    return { place, document: null, issues }
  }
  const { organization, serviceDate, documentNumber, supplier, description, amount } = stated
  const { measure, envelope, flags } = judged
  return {
    place,
    issues,
    document: {
      id: randomUUID(),
      organization,
      measure,
      envelope,
      serviceDate,
      fiscalYear: fiscalYearOf(serviceDate),
      documentNumber,
      supplier,
      description,
      amount,
      commitment: judged.commitment,
      flags,
    },
  }
}

async function enter(context: Context, documents: readonly Unnumbered[]): Promise<void> {
  const byYear = Map.groupBy(documents, ({ fiscalYear }) => fiscalYear)
  const numbering = await openNumbering(
    context,
    new Map([...byYear].map(([year, some]) => [year, some.length])),
  )
  // One by one: a row of the block can repeat the one before it.
  for (const document of documents) {
    const stated = { ...document, documentDate: null, justification: null }
    const repeats = await isRepeated(context.work, stated, null)
    const flags = [...document.flags, ...(repeats ? ['possible-duplicate'] : [])]
    const number = numbering.numberOf(document.fiscalYear)
    await enterTogether(context, [{ ...document, number, flags }], false)
  }
  await seal(
    context,
    'expenditures.entered',
    documents.map(({ id }) => id),
  )
}

/** Submits several drafts: all or nothing, each in the version that was shown. */
export async function submitSeveral(context: Context, items: readonly SeenItem[]): Promise<number> {
  const opened = await lockAll(context, items)
  const organizations = opened.map(({ expenditure }) => expenditure.organization)
  authorize(context, 'expenditure.enter', ...organizations)
  for (const { item, expenditure } of opened) {
    pointTo(item, () => {
      requireVersion(expenditure, item.version)
      requireState(expenditure, 'draft', { fr: 'la soumettre', en: 'submitted' })
      requireOutsideTermJustified(expenditure)
    })
  }
  const ids = opened.map(({ expenditure }) => expenditure.id)
  await submitTogether(context, ids)
  await seal(context, 'expenditures.submitted', ids)
  return ids.length
}

/** One event for all of them says how many, and the root of what they say. */
async function seal(context: Context, type: string, ids: readonly string[]): Promise<void> {
  const { count, root } = await sealTogether(context, ids)
  await record(context, {
    type,
    subject: 'expenditures',
    before: null,
    after: { documents: { count, root } },
  })
}
