import type { Context, Viewing } from '#features/identity/context.public.ts'
import { authorize } from '#features/identity/context.public.ts'
import type { SeenImport } from './confirm.actions.ts'
import type { FileAsked } from './file-asked.ts'
import type { ImportBatch } from './import.ts'
import { readImport } from './import-list.actions.ts'
import { listDocuments } from './import-rows.store.ts'
import { requireImportState } from './import-rules.ts'
import { discardImport } from './import-steps.actions.ts'
import { readContent } from './imports.store.ts'
import { type BroughtFile, previewImport, type ReadFile } from './preview.actions.ts'

/** The bytes of a preview, to be read as somebody says they should be. */
export async function readBrought(
  viewing: Viewing,
  id: string,
  asked: FileAsked,
): Promise<BroughtFile> {
  authorize(viewing, 'import.prepare')
  const batch = await readImport(viewing, id)
  requireImportState(batch, ['previewed'], { fr: 'le relire', en: 'read again' })
  return { name: batch.file.name, bytes: await readContent(viewing.handle, id), asked }
}

/** The preview of before gives way to what the file says when it is read otherwise. */
export async function readAgain(
  context: Context,
  seen: SeenImport,
  file: ReadFile,
): Promise<ImportBatch> {
  await discardImport(context, seen)
  return previewImport(context, file)
}

/** Ids of the expenditures that an import made and that are still there. */
export async function readRecorded(
  viewing: Viewing,
  { id, confirmed }: ImportBatch,
): Promise<readonly string[]> {
  authorize(viewing, 'import.read')
  return confirmed === null
    ? []
    : listDocuments(viewing.handle, { id, confirmedEvent: confirmed.event })
}
