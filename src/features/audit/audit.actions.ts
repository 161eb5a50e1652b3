import { authorize, type Viewing, view } from '#features/identity/context.public.ts'
import { attempt } from '#platform/db/savepoint.ts'
import { lengthOf } from '#platform/files/line-file.ts'
import { checkAnchors } from './anchor-check.actions.ts'
import { type Anchored, type AnchorFiles, keeperCall } from './anchors.actions.ts'
import { readLastEvent } from './anchors.store.ts'
import type { RecordCheck } from './audit.public.ts'
import type { Break, CheckResult, Verification } from './check.ts'

const anchorClaim = {
  fr: 'Chaque ancre porte une bonne signature et le sceau de sa position',
  en: 'Every anchor has a good signature and the seal of its position',
}

/** The anchors there were before the record was looked at. */
export interface KnownAnchors {
  readonly files: AnchorFiles
  readonly bytes: number
}

/** A check that finds nothing answers no breaks. @param known null where no anchors are kept */
export async function verifyRecord(
  viewing: Viewing,
  checks: readonly RecordCheck[],
  known: KnownAnchors | null,
): Promise<Verification> {
  authorize(viewing, 'record.verify')
  const { handle } = viewing
  const { sequence: position, hash: seal } = await readLastEvent(handle)
  const results: CheckResult[] = []
  for (const { code, claim, run } of checks) {
    const outcome = await attempt(handle, () => run(handle))
    const breaks = 'done' in outcome ? outcome.done : [unreadable(code, outcome.failed)]
    results.push({ code, claim, breaks })
  }
  const anchors = known === null ? null : await checkAnchors(handle, known.files, known.bytes)
  if (anchors !== null) {
    results.push({ code: 'anchors', claim: anchorClaim, breaks: anchors.breaks })
  }
  const anchored = anchors?.anchored ?? 0
  return {
    isIntact: results.every(({ breaks }) => breaks.length === 0),
    position,
    seal,
    unanchored: anchored < position ? { from: anchored + 1, to: position } : null,
    checks: results,
  }
}

/** Values that are none stop a check; that is a break like another, not an accident. */
const unreadable = (code: string, { message }: Error): Break => ({
  place: `check ${code}`,
  expected: 'values that can be read',
  found: message,
})

/** As the system, for as long as it takes. */
export async function verifyNow(
  service: Patient,
  checks: readonly RecordCheck[],
  files: AnchorFiles | null,
): Promise<Verification> {
  const known = files === null ? null : { files, bytes: await lengthOf(files.anchors.path) }
  return view({ ...service, handle: service.patientHandle }, keeperCall, (viewing) =>
    verifyRecord(viewing, checks, known),
  )
}

/** A service whose readings may take minutes. */
export type Patient = Anchored & { readonly patientHandle: Viewing['handle'] }
