import type { Person } from './app.ts'

/** A plausible expenditure; what a test is about it says itself. */
export const draft = (change: Record<string, unknown> = {}) => ({
  organization: 'MSP',
  measure: 'QC-12',
  serviceDate: '2025-06-15',
  documentNumber: 'F-1001',
  supplier: 'PIPQ',
  description: 'Projet pilote',
  amount: '1234.50',
  ...change,
})

/** Entered and submitted by one person; answers the document that waits for another. */
export async function submitted(officer: Person, change: Record<string, unknown> = {}) {
  const entered = await officer.send('POST', '/expenditures', { body: draft(change) })
  const { id, version } = entered.body
  return (await officer.step(`/expenditures/${id}/submit`, version)).body
}

/** Entered and submitted by one person, approved by another; answers the posted document. */
export async function post(
  officer: Person,
  approver: Person,
  change: Record<string, unknown> = {},
) {
  const { id, version } = await submitted(officer, change)
  return (await approver.step(`/expenditures/${id}/approve`, version)).body
}
