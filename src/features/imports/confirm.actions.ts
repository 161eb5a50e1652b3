import { fiscalYearOf } from '#core/fiscal-year.ts'
import { readKnown } from '#features/expenditures/known.public.ts'
import { judgeStatement } from '#features/expenditures/known.ts'
import {
  enterTogether,
  openNumbering,
  sealTogether,
} from '#features/expenditures/together.public.ts'
import { authorize, type Context, record } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import { type ImportBatch, type ImportRow, sealedImport } from './import.ts'
import { listRecordedMeanwhile, listRows, summarizeRows } from './import-rows.store.ts'
import {
  importNotFound,
  nothingNew,
  notImportable,
  recordedMeanwhile,
  requireImportState,
  requireImportVersion,
  requireWhole,
  rowsRefusedNow,
} from './import-rules.ts'
import { findImport, lockImport, saveStep } from './imports.store.ts'

/** An import and the version of it that the person saw. */
export interface SeenImport {
  readonly id: string
  readonly version: number
}

export interface Choice {
  /** Numbers of rows; the whole file when null. */
  readonly rows: readonly number[] | null
  /** Submitted for approval at once, rather than left as drafts. */
  readonly isSubmitted: boolean
}

const lot = 1_000

/** Makes the documents of a preview: all of them or the rows chosen, in one transaction and event. */
export async function confirmImport(
  context: Context,
  seen: SeenImport,
  { rows, isSubmitted }: Choice,
): Promise<ImportBatch> {
  const { work, actor, event } = context
  const before = await openImport(context, seen, 'import.prepare')
  requireImportState(before, ['previewed'], { fr: 'le confirmer', en: 'confirmed' })
  const chosen = rows === null ? null : [...new Set(rows)].sort((a, b) => a - b)
  await requireChoice(context, before, chosen)
  const summary = await summarizeRows(work, before.id, chosen)
  authorize(context, 'expenditure.enter', ...summary.organizations)
  if (summary.rows === 0) {
    throw nothingNew(before)
  }
  const numbering = await openNumbering(context, summary.byYear)
  const taken = await listRecordedMeanwhile(work, before.id, chosen)
  if (taken.length > 0) {
    throw recordedMeanwhile(taken)
  }
  const ids: string[] = []
  for await (const some of rowsOf(context, before.id, chosen)) {
    await requireCommitments(context, some)
    const documents = some.map((row) => documentOf(row, numbering.numberOf))
    await enterTogether(context, documents, isSubmitted)
    ids.push(...documents.map(({ id }) => id))
  }
  const documents = await sealTogether(context, ids)
  await saveStep(work, before.id, {
    state: isSubmitted ? 'submitted' : 'confirmed',
    confirmed: { by: actor.email, event, rows: ids.length, amount: summary.amount.toString() },
    ...(isSubmitted ? { submittedBy: actor.email } : {}),
  })
  return recordStep(context, before, { type: 'import.confirmed', documents })
}

/** What one may not see is answered like what does not exist. */
export async function openImport(
  context: Context,
  { id, ...seen }: SeenImport,
  act: 'import.prepare' | 'import.decide',
): Promise<ImportBatch> {
  const batch = await lockImport(context.work, id)
  const isSeen =
    batch !== null &&
    (batch.preparedBy === context.actor.email ||
      batch.organizations.every((organization) => may(context.actor, 'import.read', organization)))
  if (!isSeen) {
    throw importNotFound()
  }
  authorize(context, act, ...batch.organizations)
  requireImportVersion(batch, seen.version)
  return batch
}

async function requireChoice(
  { work }: Context,
  batch: ImportBatch,
  chosen: readonly number[] | null,
): Promise<void> {
  if (chosen === null) {
    const asked = { batch: batch.id, after: 0, limit: 100 }
    const rejected = await listRows(work, { ...asked, states: ['rejected'] })
    const changed = await listRows(work, { ...asked, states: ['changed'] })
    requireWhole(
      batch,
      rejected.flatMap(({ issues }) => issues),
      changed.map(({ place }) => place),
    )
    return
  }
  const importable = new Set<number>()
  for (let at = 0; at < chosen.length; at += lot) {
    const some = await listRows(work, {
      batch: batch.id,
      places: chosen.slice(at, at + lot),
      states: ['new', 'changed'],
      after: 0,
      limit: lot,
    })
    for (const { place } of some) {
      importable.add(place)
    }
  }
  const others = chosen.filter((place) => !importable.has(place))
  if (others.length > 0) {
    throw notImportable(others)
  }
}

async function* rowsOf(
  { work }: Context,
  batch: string,
  chosen: readonly number[] | null,
): AsyncGenerator<readonly ImportRow[], void> {
  const states = chosen === null ? (['new'] as const) : (['new', 'changed'] as const)
  let after = 0
  while (true) {
    const some: readonly ImportRow[] = await listRows(work, {
      batch,
      states,
      after,
      limit: lot,
      ...(chosen === null ? {} : { places: chosen }),
    })
    if (some.length > 0) {
      yield some
    }
    const last = some.at(-1)
    if (last === undefined || some.length < lot) {
      return
    }
    after = last.place
  }
}

function documentOf(
  row: ImportRow,
  numberOf: Awaited<ReturnType<typeof openNumbering>>['numberOf'],
) {
  const { expenditure: id, organization, serviceDate, documentNumber, amount } = row
  const isWhole = id !== null && organization !== null && serviceDate !== null && amount !== null
  if (!isWhole || documentNumber === null) {
    throw new RangeError(`row ${row.place} was confirmed without all that a document says`)
  }
  const fiscalYear = fiscalYearOf(serviceDate)
  return {
    id,
    number: numberOf(fiscalYear),
    organization,
    measure: row.measure,
    envelope: row.envelope,
    serviceDate,
    fiscalYear,
    documentNumber,
    supplier: row.supplier ?? '',
    description: row.description ?? '',
    amount,
    commitment: row.commitment,
    flags: row.flags,
  }
}

/** Since the preview a commitment may have been used up or released; nothing else can have changed. */
async function requireCommitments(context: Context, rows: readonly ImportRow[]): Promise<void> {
  const using = rows.filter(({ commitment }) => commitment !== null)
  if (using.length === 0) {
    return
  }
  const named = using.map((row) => row.commitment?.toUpperCase() ?? '')
  const known = await readKnown(context, named)
  const issues = using.flatMap((row) =>
    judgeStatement({ ...row, commitment: row.commitment?.toUpperCase() ?? null }, known).issues.map(
      (issue) => ({ ...issue, pointer: '', row: row.place }),
    ),
  )
  if (issues.length > 0) {
    throw rowsRefusedNow(issues)
  }
}

/** Last beat of every step: what the import was, what it is, and the root of its documents. */
export async function recordStep(
  context: Context,
  before: ImportBatch,
  step: {
    readonly type: string
    readonly documents: { readonly count: number; readonly root: string }
    readonly reason?: string
  },
): Promise<ImportBatch> {
  const after = await findImport(context.work, before.id)
  if (after === null) {
    throw importNotFound()
  }
  await record(context, {
    type: step.type,
    subject: `import/${before.id}`,
    before: before.state === 'previewed' ? null : { state: before.state, version: before.version },
    after: sealedImport(after, step.documents),
    ...(step.reason === undefined ? {} : { reason: step.reason }),
  })
  return after
}
