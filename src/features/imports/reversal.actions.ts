import { deleteTogether } from '#features/expenditures/together.public.ts'
import { toReverse } from '#features/expenditures/together.ts'
import {
  askReversalTogether,
  refuseReversalTogether,
  reverseTogether,
  sealAsked,
} from '#features/expenditures/together-reversal.public.ts'
import { authorize, type Context } from '#features/identity/context.public.ts'
import { openImport, recordStep, type SeenImport } from './confirm.actions.ts'
import type { ImportBatch } from './import.ts'
import { requireImportState, requireOtherThanReverser } from './import-rules.ts'
import { openDocuments } from './import-steps.actions.ts'
import { saveStep } from './imports.store.ts'

/**
 * Takes an import back as a whole. Drafts are deleted at once; of posted documents the reversal is
 * asked for, and takes effect when somebody else approves it.
 */
export async function reverseImport(
  context: Context,
  seen: SeenImport,
  reason: string,
): Promise<ImportBatch> {
  const { work, actor } = context
  const verb = { fr: 'le contre-passer', en: 'reversed' }
  const before = await openImport(context, seen, 'import.prepare')
  authorize(context, 'expenditure.enter', ...before.organizations)
  requireImportState(before, ['confirmed', 'submitted', 'posted'], verb)
  const documents = await openDocuments(context, before, {
    isAbout: ({ state }) => state !== 'reversed',
    obstacles: toReverse,
    verb,
  })
  const posted = documents('posted')
  await askReversalTogether(context, posted, reason)
  const asked = await sealAsked(context, posted)
  await deleteTogether(context, documents('draft'), asked.count)
  await saveStep(work, before.id, {
    state: posted.length === 0 ? 'reversed' : 'reversal-asked',
    reversal: { askedBy: actor.email, reason },
  })
  return recordStep(context, before, {
    type: posted.length === 0 ? 'import.reversed' : 'import.reversal-asked',
    documents: await sealAsked(context, []),
    reason,
  })
}

export async function approveImportReversal(
  context: Context,
  seen: SeenImport,
): Promise<ImportBatch> {
  const before = await openAsked(context, seen)
  const ids = await openRequested(context, before)
  await reverseTogether(context, ids)
  const sealed = await sealAsked(context, ids)
  await saveStep(context.work, before.id, {
    state: 'reversed',
    reversedBy: context.actor.email,
  })
  return recordStep(context, before, {
    type: 'import.reversed',
    documents: sealed,
    reason: before.reversal?.reason ?? '',
  })
}

export async function refuseImportReversal(
  context: Context,
  seen: SeenImport,
  reason: string,
): Promise<ImportBatch> {
  const before = await openAsked(context, seen)
  const ids = await openRequested(context, before)
  await refuseReversalTogether(context, ids, reason)
  const sealed = await sealAsked(context, ids)
  await saveStep(context.work, before.id, {
    state: before.approvedBy === null ? 'confirmed' : 'posted',
    reversal: null,
  })
  return recordStep(context, before, {
    type: 'import.reversal-refused',
    documents: sealed,
    reason,
  })
}

async function openAsked(context: Context, seen: SeenImport): Promise<ImportBatch> {
  const before = await openImport(context, seen, 'import.decide')
  authorize(context, 'expenditure.decide', ...before.organizations)
  requireImportState(before, ['reversal-asked'], decided)
  requireOtherThanReverser(before, context.actor.email)
  return before
}

async function openRequested(context: Context, before: ImportBatch): Promise<readonly string[]> {
  const documents = await openDocuments(context, before, {
    isAbout: ({ state, hasOpenRequest }) => state === 'posted' && hasOpenRequest,
    obstacles: () => [],
    verb: decided,
  })
  return documents('posted')
}

const decided = { fr: 'décider de sa contre-passation', en: 'decided on' }
