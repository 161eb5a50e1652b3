import { createHash } from 'node:crypto'
import type { Language } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import { authorize, type Context, record, type Viewing } from '#features/identity/context.public.ts'
import { drawReport } from '#features/reports/reports.public.ts'
import type { ReportRequest } from '#features/reports/request.ts'
import type { DetailKind } from './detail.ts'
import {
  assertPending,
  assertRoom,
  exportUnknown,
  type QueuedExport,
  requireExportVersion,
} from './queued-export.ts'
import {
  countExports,
  findExport,
  findExportForUpdate,
  findPart,
  insertExport,
  listExports,
  saveCancelled,
} from './queued-exports.store.ts'
import { commandOf } from './report-command.ts'
import { showsDocuments } from './workbooks.actions.ts'

export interface AskedExport {
  readonly request: ReportRequest
  readonly language: Language
  readonly detail?: DetailKind | undefined
}

/**
 * Puts a workbook in line, at the position where the record stands or at the one that is asked for.
 * The report is computed once, so that whatever refuses it refuses it now.
 * @throws Problem `exports/too-many`, `exports/not-queued`, and those of the report
 */
export async function askExport(context: Context, asked: AskedExport): Promise<QueuedExport> {
  const { work, event, actor } = context
  const { request, language, detail } = asked
  authorize(context, 'report.read')
  if (request.name === 'tie-out') {
    throw notQueued()
  }
  const viewing: Viewing = { ...context, handle: work }
  const ofDocuments = request.name === 'reconciliation' && showsDocuments(viewing, detail)
  const { report } = await drawReport(viewing, request)
  assertRoom((await countExports(work, actor.email)).pending)
  const kind = ofDocuments ? 'documents' : 'cells'
  const command = commandOf(report, language, request.name === 'reconciliation' ? kind : undefined)
  const { position } = report
  const made = { report: report.name, language, command, position }
  const found = await insertExport(work, {
    ...made,
    askedBy: actor.email,
    showsDocuments: ofDocuments,
    event,
  })
  await record(context, {
    type: 'export.requested',
    subject: subjectOf(found.id),
    before: null,
    after: made,
  })
  return found
}

/** What it counted until then is lost; nobody draws it any more. */
export async function cancelExport(
  context: Context,
  seen: { readonly id: string; readonly version: number },
): Promise<QueuedExport> {
  const found = await findExportForUpdate(context.work, seen.id)
  if (found === null || found.askedBy !== context.actor.email) {
    throw exportUnknown()
  }
  authorize(context, 'report.read')
  requireExportVersion(found, seen.version)
  assertPending(found)
  const cancelled = await saveCancelled(context.work, found.id)
  await record(context, {
    type: 'export.cancelled',
    subject: subjectOf(found.id),
    before: { state: found.state },
    after: { state: cancelled.state },
  })
  return cancelled
}

export const subjectOf = (id: string): string => `export/${id}`

/** @throws Problem `exports/unknown` */
export async function readExport(viewing: Viewing, id: string): Promise<QueuedExport> {
  authorize(viewing, 'report.read')
  const found = await findExport(viewing.handle, id)
  if (found === null || found.askedBy !== viewing.actor.email) {
    throw exportUnknown()
  }
  return found
}

export async function readExports(
  viewing: Viewing,
  page: { readonly after: string | null; readonly limit: number },
): Promise<{ readonly exports: readonly QueuedExport[]; readonly count: number }> {
  authorize(viewing, 'report.read')
  const { email } = viewing.actor
  return {
    exports: await listExports(viewing.handle, email, page),
    count: (await countExports(viewing.handle, email)).all,
  }
}

/** The file as it was finished; where a byte of it is another one, it ends in an error. */
export async function* readExportFile(
  { handle }: Viewing,
  found: QueuedExport,
): AsyncGenerator<Uint8Array, void> {
  const hash = createHash('sha256')
  for (let place = 0; ; place += 1) {
    const content = await findPart(handle, found.id, place)
    if (content === null) {
      break
    }
    hash.update(content)
    yield content
  }
  if (hash.digest('hex') !== found.sha256) {
    throw new Error(`the file of export ${found.id} is not what was finished`)
  }
}

const notQueued = (): Problem =>
  new Problem('refused', 'exports/not-queued', {
    fr: 'Un état de concordance se fait au moment où il est demandé : téléchargez-le directement.',
    en: 'A tie-out is made at the moment it is asked for: download it directly.',
  })
