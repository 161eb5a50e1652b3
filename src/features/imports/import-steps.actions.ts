import type { Bilingual } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import {
  openTogether,
  returnTogether,
  type Step,
  sealTogether,
  submitTogether,
} from '#features/expenditures/together.public.ts'
import { toApprove, toSubmit } from '#features/expenditures/together.ts'
import { postTogether } from '#features/expenditures/together-posting.public.ts'
import { authorize, type Context } from '#features/identity/context.public.ts'
import { openImport, recordStep, type SeenImport } from './confirm.actions.ts'
import type { ImportBatch } from './import.ts'
import { listDocuments, listPlaces } from './import-rows.store.ts'
import { documentInTheWay, requireImportState, requireOtherThanImporter } from './import-rules.ts'
import { deleteImport, saveStep } from './imports.store.ts'

/**
 * An import as a whole: its documents submitted, approved or returned together, all or none.
 * @throws Problem `imports/documents-in-the-way` with each of those at its row
 */
export async function openDocuments(
  context: Context,
  batch: ImportBatch,
  { verb, ...step }: Step & { readonly verb: Bilingual },
): Promise<(state: string) => readonly string[]> {
  const confirmedEvent = batch.confirmed?.event ?? ''
  const ids = await listDocuments(context.work, { id: batch.id, confirmedEvent })
  const { byState, obstacles } = await openTogether(context, ids, step)
  if (obstacles.length > 0) {
    const told = obstacles.slice(0, 100)
    const places = await listPlaces(
      context.work,
      told.map(({ id }) => id),
    )
    const rows = told.map(({ id, code, detail }) => ({ place: places.get(id) ?? 0, code, detail }))
    throw documentInTheWay(rows, obstacles.length, verb)
  }
  return (state) => byState.get(state) ?? []
}

const isIn =
  (state: string): Step['isAbout'] =>
  (document) =>
    document.state === state

export async function submitImport(context: Context, seen: SeenImport): Promise<ImportBatch> {
  const before = await openImport(context, seen, 'import.prepare')
  authorize(context, 'expenditure.enter', ...before.organizations)
  requireImportState(before, ['confirmed'], { fr: 'le soumettre', en: 'submitted' })
  const documents = await openDocuments(context, before, {
    isAbout: isIn('draft'),
    obstacles: toSubmit,
    verb: { fr: 'le soumettre', en: 'submitted' },
  })
  const drafts = documents('draft')
  await submitTogether(context, drafts)
  const sealed = await sealTogether(context, drafts)
  await saveStep(context.work, before.id, {
    state: 'submitted',
    submittedBy: context.actor.email,
  })
  return recordStep(context, before, { type: 'import.submitted', documents: sealed })
}

export async function approveImport(
  context: Context,
  seen: SeenImport,
  justification: string | null,
): Promise<ImportBatch> {
  const before = await openImport(context, seen, 'import.decide')
  authorize(context, 'expenditure.decide', ...before.organizations)
  requireImportState(before, ['submitted'], { fr: 'l’approuver', en: 'approved' })
  requireOtherThanImporter(before, context.actor.email)
  const documents = await openDocuments(context, before, {
    isAbout: isIn('submitted'),
    obstacles: toApprove,
    verb: { fr: 'l’approuver', en: 'approved' },
  })
  const ids = documents('submitted')
  await atRows(context, () => postTogether(context, ids, justification))
  const sealed = await sealTogether(context, ids)
  await saveStep(context.work, before.id, { state: 'posted', approvedBy: context.actor.email })
  return recordStep(context, before, { type: 'import.posted', documents: sealed })
}

export async function returnImport(
  context: Context,
  seen: SeenImport,
  reason: string,
): Promise<ImportBatch> {
  const before = await openImport(context, seen, 'import.decide')
  authorize(context, 'expenditure.decide', ...before.organizations)
  requireImportState(before, ['submitted'], { fr: 'le retourner', en: 'returned' })
  const documents = await openDocuments(context, before, {
    isAbout: isIn('submitted'),
    obstacles: () => [],
    verb: { fr: 'le retourner', en: 'returned' },
  })
  const ids = documents('submitted')
  await returnTogether(context, ids)
  const sealed = await sealTogether(context, ids)
  await saveStep(context.work, before.id, { state: 'confirmed', submittedBy: null })
  return recordStep(context, before, { type: 'import.returned', documents: sealed, reason })
}

/** A preview leaves nothing behind: it was never in the record. */
export async function discardImport(context: Context, seen: SeenImport): Promise<void> {
  const before = await openImport(context, seen, 'import.prepare')
  requireImportState(before, ['previewed'], { fr: 'le jeter', en: 'thrown away' })
  await deleteImport(context.work, before.id)
}

/** What a rule refuses of a document, said at its row in the file. */
async function atRows({ work }: Context, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error
    }
    const { kind, code, sentence, issues } = error
    const places = await listPlaces(
      work,
      issues.flatMap(({ value }) => value ?? []),
    )
    throw new Problem(kind, code, sentence, {
      issues: issues.map(({ value, ...issue }) => ({
        ...issue,
        row: places.get(value ?? '') ?? 0,
      })),
    })
  }
}
