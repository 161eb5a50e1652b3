import { authorize, type Viewing } from '#features/identity/context.public.ts'
import type { RecordCheck } from './audit.public.ts'
import type { CheckResult } from './check.ts'

/** Every check in one snapshot; a check that finds nothing answers no breaks. */
export async function verifyRecord(
  viewing: Viewing,
  checks: readonly RecordCheck[],
): Promise<readonly CheckResult[]> {
  authorize(viewing, 'record.verify')
  const results: CheckResult[] = []
  for (const { code, claim, run } of checks) {
    results.push({ code, claim, breaks: await run(viewing.handle) })
  }
  return results
}
