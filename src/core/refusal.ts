import type { Issue } from './issues.ts'
import type { Bilingual } from './language.ts'
import { Problem } from './problem.ts'

/** A refusal that concerns one field: the same sentence as the problem's and as the field's issue. */
export function refuseField(
  field: string,
  code: string,
  sentence: Bilingual,
  value?: string,
): Problem {
  const issue: Issue = {
    pointer: `/${field}`,
    code,
    detail: sentence,
    ...(value === undefined ? {} : { value }),
  }
  return new Problem('refused', code, sentence, { issues: [issue] })
}
