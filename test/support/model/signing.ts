import { refuseIf, type Signed } from './book.ts'

/** Two persons for everything: who entered, submitted or last changed it does not decide on it. */
export function submit(document: Signed, family: string, by: string): void {
  refuseIf(document.state !== 'draft', `${family}/wrong-state`)
  document.state = 'submitted'
  document.submittedBy = by
}

export function giveBack(document: Signed, family: string): void {
  refuseIf(document.state !== 'submitted', `${family}/wrong-state`)
  document.state = 'draft'
  document.submittedBy = null
}

export function requireDecidable(
  document: Signed,
  { family, state, by }: { readonly family: string; readonly state: string; readonly by: string },
): void {
  refuseIf(document.state !== state, `${family}/wrong-state`)
  const { preparedBy, changedBy, submittedBy } = document
  refuseIf([preparedBy, changedBy, submittedBy].includes(by), `${family}/own-work`)
}

export const newlySigned = (key: string, by: string) => ({
  key,
  state: 'draft',
  preparedBy: by,
  changedBy: by,
  submittedBy: null,
})
