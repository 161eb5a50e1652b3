import { createHash } from 'node:crypto'
import type { Canonical } from '#core/canonical.ts'
import { type Money, sum } from '#core/money.ts'
import type { Period } from '#core/period.ts'
import { refuseField } from '#core/refusal.ts'
import { authorize, type Context, record, type Viewing } from '#features/identity/context.public.ts'
import type { FileAsked } from '#features/imports/file-asked.ts'
import { requireOrganization } from '#features/organizations/organizations.public.ts'
import { isPeriodClosed } from '#features/periods/periods.public.ts'
import { readUpload } from '#platform/files/read-upload.ts'
import { periodClosed } from './constraints.ts'
import { requireRead, requireStated } from './control.ts'
import {
  type Extract,
  extractNotFound,
  requireNewFile,
  requireSuperseding,
  sealedFacts,
} from './extract.ts'
import { type ReadRows, readExtractRows } from './extract-rows.ts'
import {
  digestRows,
  findBefore,
  findByFile,
  findCurrent,
  findExtract,
  insertExtract,
  listRows,
  readPlannedAmounts,
} from './extracts.store.ts'
import { findingsOf } from './findings.ts'
import { findLedgerTable, type LedgerTable, understoodOf } from './ledger-table.ts'
import type { ColumnMapping } from './mapping.ts'
import { findMapping } from './mappings.store.ts'

/** What is said of a file, by who brings it. */
export interface StatedExtract {
  readonly organization: string
  readonly period: Period
  readonly rows: number
  /** In the signs of the file. */
  readonly total: Money
  readonly system: string | null
  readonly supersedes: string | null
}

export interface LedgerFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly asked: FileAsked
}

/** A file that was read, and not yet held to what is stated of it. */
export interface ReadLedger {
  readonly table: LedgerTable
  readonly understood: Canonical
  readonly read: ReadRows
}

/** Whose columns read the file; null for those of the contract. Asked before it is read. */
export async function chooseMapping(
  viewing: Viewing,
  { organization, system }: StatedExtract,
): Promise<ColumnMapping | null> {
  authorize(viewing, 'extract.load', organization)
  await requireOrganization(viewing.handle, organization)
  const saved = system === null ? null : await findMapping(viewing.handle, organization, system)
  if (system !== null && saved === null) {
    throw refuseField(
      'system',
      'extracts/mapping-unknown',
      {
        fr: `Aucune correspondance de colonnes n’est enregistrée pour « ${system} » (${organization}).`,
        en: `No mapping of columns is saved for “${system}” (${organization}).`,
      },
      system,
    )
  }
  return saved
}

/** Outside any transaction: what is slow holds nobody up. @throws Problem */
export async function readLedgerFile(
  { name, bytes, asked }: LedgerFile,
  saved: ColumnMapping | null,
): Promise<ReadLedger> {
  const { encoding, delimiter } = asked
  const grid = await readUpload(bytes, { name, encoding, delimiter })
  const table = findLedgerTable(grid, saved, asked)
  const reading = readExtractRows(table)
  let step = reading.next()
  while (step.done !== true) {
    await breath()
    step = reading.next()
  }
  return { table, understood: understoodOf(grid, table), read: step.value }
}

const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * Keeps what was read, held to what is stated of it.
 * @param reading settled, so that nothing waits for it: a refusal is said once the actor is known to
 * be allowed and the file to be new.
 */
export async function loadExtract(
  context: Context,
  stated: StatedExtract,
  { name, bytes }: Pick<LedgerFile, 'name' | 'bytes'>,
  reading: Promise<ReadLedger>,
): Promise<Extract> {
  const { work, event, actor } = context
  const { organization, period } = stated
  authorize(context, 'extract.load', organization)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  requireNewFile(await findByFile(work, organization, sha256))
  if (await isPeriodClosed(work, organization, period)) {
    throw periodClosed()
  }
  requireSuperseding(await findCurrent(work, organization, period), stated.supersedes)
  const { read, table, understood } = await reading
  const rows = requireRead(read)
  requireStated(rows, stated, table.mapping.spendingSign)
  const previous = await findBefore(work, organization, period)
  const findings = findingsOf({
    ...{ read, period, fileName: name, ignoredColumns: table.ignored },
    planned: await readPlannedAmounts(work, organization, period.fiscalYear),
    before: previous === null ? [] : await listRows(work, previous.id),
  })
  const id = await insertExtract(work, {
    ...{ organization, period, system: stated.system, fileName: name, sha256, understood },
    ...{ statedTotal: stated.total, total: sum(rows.map(({ amount }) => amount)) },
    ...{ supersedes: stated.supersedes, loadedBy: actor.email, event, rows, findings },
    ...{ lines: read.lines, leftOut: read.leftOut },
  })
  return recordLoaded(context, id)
}

async function recordLoaded(context: Context, id: string): Promise<Extract> {
  const extract = await findExtract(context.work, id)
  if (extract === null) {
    throw extractNotFound()
  }
  const position = await record(context, {
    type: 'extract.loaded',
    subject: `extract/${id}`,
    before: null,
    after: sealedFacts(extract, await digestRows(context.work, id)),
  })
  return { ...extract, position }
}
