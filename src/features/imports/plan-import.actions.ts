import type { Issue } from '#core/issues.ts'
import { Problem } from '#core/problem.ts'
import { type EnvelopeProposal, sealedEnvelope } from '#features/funding/envelope-proposal.ts'
import {
  findEnvelopeIssues,
  normalized,
  saveEnvelopeDraft,
} from '#features/funding/envelope-proposals.public.ts'
import { authorize, type Context, record } from '#features/identity/context.public.ts'
import { readUpload } from '#platform/files/read-upload.ts'
import { columnIssues, type ReadEnvelope, readEnvelopeFile } from './envelope-file.ts'
import { envelopeRows } from './envelope-grid.ts'

/**
 * Enters the envelopes of a file as drafts, all of them or none, in one event. Everything that is
 * wrong in any row is said at once.
 * @throws Problem `imports/rows-refused` with an issue for each, at its row and column
 */
export async function importEnvelopes(
  context: Context,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<readonly EnvelopeProposal[]> {
  authorize(context, 'proposal.prepare')
  const table = envelopeRows(await readUpload(file.bytes, { name: file.name }))
  if (!table.ok) {
    throw refused([table.issue])
  }
  const { columns, rows } = table.value
  refuse([...columnIssues(columns), ...table.value.issues])
  const { envelopes, issues } = readEnvelopeFile(rows)
  if (rows.length === 0) {
    throw new Problem('refused', 'imports/file-empty', {
      fr: 'Le fichier ne contient aucune ligne.',
      en: 'The file holds no row.',
    })
  }
  const found = [...issues]
  for (const envelope of envelopes) {
    found.push(...(await issuesOf(context, envelope)))
  }
  refuse(found)
  authorize(context, 'proposal.prepare', ...envelopes.map(({ stated }) => stated.organization))
  const saved: EnvelopeProposal[] = []
  for (const { stated } of envelopes) {
    saved.push(await saveEnvelopeDraft(context, normalized(stated)))
  }
  await record(context, {
    type: 'envelopes.imported',
    subject: 'envelopes',
    before: null,
    after: { items: saved.map(sealedEnvelope) },
  })
  return saved
}

/** A finding about the third term is one of the third row; any other is one of the first. */
async function issuesOf(
  context: Context,
  { stated, rows }: ReadEnvelope,
): Promise<readonly Issue[]> {
  const found = await findEnvelopeIssues(context, normalized(stated))
  // Terms that could not be read are findings already; those left no longer have their rows.
  const isRead = stated.terms.length === rows.length
  const told = found.filter(({ pointer }) => isRead || !pointer.startsWith('/terms'))
  return told.map((issue) => {
    const [, place, field] = /^\/terms\/(\d+)\/(\w+)$/.exec(issue.pointer) ?? []
    const row = rows[Number(place ?? 0)] ?? rows[0] ?? 0
    return { ...issue, row, column: field ?? issue.pointer.slice(1).split('/')[0] ?? '' }
  })
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) {
    throw refused(issues)
  }
}

const refused = (issues: readonly Issue[]): Problem =>
  new Problem(
    'refused',
    'imports/rows-refused',
    {
      fr: `Rien n’a été importé : ${issues.length} anomalie(s) dans le fichier.`,
      en: `Nothing was imported: ${issues.length} finding(s) in the file.`,
    },
    { issues },
  )
