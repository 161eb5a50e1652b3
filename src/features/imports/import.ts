import type { CalendarDate } from '#core/calendar-date.ts'
import type { Canonical } from '#core/canonical.ts'
import type { Issue } from '#core/issues.ts'
import { add, type Money } from '#core/money.ts'
import type { FileAsked } from './file-asked.ts'

/**
 * A file of expenditures as an object: previewed → confirmed → submitted → posted → reversed. The
 * preview is kept beside the record and writes nothing in it; the confirmation makes all its
 * documents or none, in one event. Every line of the file is counted once: ignored + new + duplicate
 * + changed + rejected = lines, and the sums tie in the same way. Source: docs/words.md, Imports.
 */
export const importStates = [
  'previewed',
  'confirmed',
  'submitted',
  'posted',
  'reversal-asked',
  'reversed',
] as const
export type ImportState = (typeof importStates)[number]

/** `duplicate`: the same is there already. `changed`: the same but for its date or amount. */
export const rowStates = ['new', 'duplicate', 'changed', 'rejected'] as const
export type RowState = (typeof rowStates)[number]

export interface RowTally {
  readonly rows: number
  readonly amount: Money
}

export interface ImportBatch {
  readonly id: string
  readonly state: ImportState
  readonly version: number
  /** Of the rows that are not rejected. */
  readonly organizations: readonly string[]
  readonly file: { readonly name: string; readonly bytes: number; readonly sha256: string }
  readonly asked: FileAsked
  /** What was understood of the file and why, as `understoodFacts` says it. */
  readonly understood: Canonical
  /** Below the header, to the last with a cell. */
  readonly lines: number
  readonly ignored: number
  readonly tallies: Readonly<Record<RowState, RowTally>>
  /** Rejected rows whose amount could not be read, and is in no sum. */
  readonly unreadableAmounts: number
  readonly findings: readonly Finding[]
  readonly createdAt: string
  readonly preparedBy: string
  readonly confirmed: {
    readonly by: string
    readonly event: string
    readonly rows: number
    readonly amount: Money
  } | null
  readonly submittedBy: string | null
  readonly approvedBy: string | null
  readonly reversal: {
    readonly askedBy: string
    readonly reason: string
    readonly approvedBy: string | null
  } | null
}

/** Noticed without refusing. */
export interface Finding extends Issue {
  readonly row?: number
}

export interface ImportRow {
  readonly place: number
  readonly state: RowState
  readonly organization: string | null
  readonly measure: string | null
  readonly envelope: string | null
  readonly serviceDate: CalendarDate | null
  readonly documentNumber: string | null
  readonly supplier: string | null
  readonly description: string | null
  readonly amount: Money | null
  readonly commitment: string | null
  readonly flags: readonly string[]
  /** Id that its document has or will have; null for what makes none. */
  readonly expenditure: string | null
  /** What it repeats or differs from: a document's number, or a row of this file. */
  readonly sameAs: { readonly document: string | null; readonly row: number | null } | null
  readonly differs: readonly string[]
  readonly issues: readonly Issue[]
}

const tally = ({ rows, amount }: RowTally) => ({ rows, amount: amount.toString() })

const issueFacts = ({ code, detail, row, column, value }: Issue) => ({
  row: row ?? null,
  column: column ?? null,
  value: value ?? null,
  code,
  detail: { fr: detail.fr, en: detail.en },
})

/** As API, terminal and event payload say it. */
export const importFacts = (batch: ImportBatch) => {
  const { tallies } = batch
  const accepted = ['new', 'duplicate', 'changed'] as const
  return {
    id: batch.id,
    state: batch.state,
    version: batch.version,
    organizations: [...batch.organizations],
    file: { name: batch.file.name, bytes: batch.file.bytes, sha256: batch.file.sha256 },
    understood: batch.understood,
    counts: {
      rows: batch.lines,
      accepted: accepted.reduce((sum, state) => sum + tallies[state].rows, 0),
      rejected: tallies.rejected.rows,
      ignored: batch.ignored,
      new: tallies.new.rows,
      duplicate: tallies.duplicate.rows,
      changed: tallies.changed.rows,
    },
    sums: {
      rows: rowStates
        .map((state) => tallies[state].amount)
        .reduce(add)
        .toString(),
      accepted: accepted
        .map((state) => tallies[state].amount)
        .reduce(add)
        .toString(),
      rejected: tallies.rejected.amount.toString(),
      new: tally(tallies.new).amount,
      duplicate: tally(tallies.duplicate).amount,
      changed: tally(tallies.changed).amount,
      unreadable: batch.unreadableAmounts,
    },
    findings: batch.findings.map(issueFacts),
    createdAt: batch.createdAt,
    preparedBy: batch.preparedBy,
    confirmed:
      batch.confirmed === null
        ? null
        : {
            by: batch.confirmed.by,
            rows: batch.confirmed.rows,
            amount: batch.confirmed.amount.toString(),
          },
    submittedBy: batch.submittedBy,
    approvedBy: batch.approvedBy,
    reversal:
      batch.reversal === null
        ? null
        : {
            askedBy: batch.reversal.askedBy,
            reason: batch.reversal.reason,
            approvedBy: batch.reversal.approvedBy,
          },
  }
}

export const importRowFacts = (row: ImportRow) => ({
  row: row.place,
  state: row.state,
  organization: row.organization,
  measure: row.measure,
  envelope: row.envelope,
  serviceDate: row.serviceDate,
  documentNumber: row.documentNumber,
  supplier: row.supplier,
  description: row.description,
  amount: row.amount?.toString() ?? null,
  commitment: row.commitment,
  flags: [...row.flags],
  expenditure: row.expenditure,
  sameAs: row.sameAs === null ? null : { document: row.sameAs.document, row: row.sameAs.row },
  differs: [...row.differs],
  problems: row.issues.map(issueFacts),
})

/** What an event says of an import, with the documents that it sealed together. */
export const sealedImport = (
  batch: ImportBatch,
  documents: { readonly count: number; readonly root: string },
): Canonical => ({
  ...importFacts(batch),
  documents: { count: documents.count, root: documents.root },
})
