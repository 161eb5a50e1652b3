import type { Answered, Person } from './app.ts'

/** A revision of the shared envelope; what a test is about it says itself. */
export const revision = (change: Record<string, unknown> = {}) => ({
  kind: 'supplement',
  reason: 'Décision du Conseil du trésor',
  documentReference: 'CT 226 001',
  effectiveOn: '2026-11-02',
  lines: [{ envelope: 'QC-COMMUNICATION', amount: '1000.00' }],
  ...change,
})

export interface Two {
  readonly officer: Person
  readonly approver: Person
}

/** Entered and submitted by one person; answers the document that waits for another. */
export async function submittedRevision({ officer }: Two, change: Record<string, unknown> = {}) {
  const entered = await officer.send('POST', '/revisions', { body: revision(change) })
  if (entered.status !== 201) {
    throw new Error(entered.text)
  }
  const { id, version } = entered.body
  return (await officer.step(`/revisions/${id}/submit`, version)).body
}

/** Entered and submitted by one person and decided by another, however it ends. */
export async function revise(two: Two, change: Record<string, unknown> = {}): Promise<Answered> {
  const { id, version } = await submittedRevision(two, change)
  return two.approver.step(`/revisions/${id}/approve`, version)
}

export const members = ['3', '4', '5', '7', 'A1', 'A2'].map((code) => `QC-${code}`)
