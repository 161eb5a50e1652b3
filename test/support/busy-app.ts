import type { RouteOptions } from 'fastify'
import { type Role, roles } from '#features/identity/actor.ts'
import { type Answered, type Person, type TestApp, testApp } from './app.ts'
import { commit, commitment, correct, proposed } from './commitments.ts'
import { draft, post, submitted } from './drafts.ts'
import { drawNow } from './exports.ts'
import { bring as bringExtract, ledgerRow } from './extracts.ts'
import { bring as bringImport, csvOf, imported, manyRows } from './imports.ts'
import { plannedEnvelope, plannedRelation } from './planned.ts'
import { collectRoutes } from './registered-routes.ts'
import { revise, revision, submittedRevision } from './revisions.ts'
import { sessionFor } from './sessions.ts'
import { closeYear, yearEnd } from './year-ends.ts'

/**
 * A service with something of everything in it, so that whoever walks through its pages meets each
 * of them with contents: documents in every state, of two organizations, with text that is markup.
 */
export interface BusyApp {
  readonly app: TestApp
  readonly routes: readonly RouteOptions[]
  readonly people: Readonly<Record<Role, Person>>
  /** A session's cookie, by role. */
  readonly cookies: Readonly<Record<Role, string>>
}

export const markup = '<b>Agence</b> & "Fils" <script>alert(1)</script>'

/** Of the pages' proofs: a test may make what a page of ours would send. */
export const sessionSecret = 'a secret that only tests have, and all of them'

export async function busyApp(): Promise<BusyApp> {
  const { made: app, routes } = await collectRoutes(() =>
    testApp({ template: 'published', sessionSecret }),
  )
  const people = await each(async (role) => app.person(role, role))
  const { officer, approver, auditor } = people
  const jurist = await app.person('jurist', 'officer', 'MJQ')
  const chief = await app.person('chief', 'approver', 'MJQ')
  await fill(officer, approver)
  await post(jurist, chief, { organization: 'MJQ', documentNumber: 'J-1', measure: 'QC-13' })
  await submitted(jurist, { organization: 'MJQ', documentNumber: 'J-2', measure: 'QC-1' })
  const observed = { subject: 'event/3', text: `Vu ${markup}` }
  await done(auditor.send('POST', '/observations', { body: observed }))
  await exported(app, auditor)
  const cookies = await each((role) => sessionFor(app, people[role].email))
  // On another device too: their own page offers to end it.
  await sessionFor(app, officer.email)
  return { app, routes, people, cookies }
}

async function fill(officer: Person, approver: Person): Promise<void> {
  const enter = (change: Record<string, unknown>) =>
    done(officer.send('POST', '/expenditures', { body: draft(change) }))
  await enter({ documentNumber: 'F-0', supplier: markup, description: markup })
  await submitted(officer, { documentNumber: 'F-1' })
  const posted = await post(officer, approver, { documentNumber: 'F-2', supplier: markup })
  const refund = { amount: '10.00', date: '2025-07-01' }
  await done(correct([officer, approver], posted, 'refund', refund))
  const wrong = await post(officer, approver, { documentNumber: 'F-3', amount: '5.00' })
  const { id, version } = wrong
  await done(officer.step(`/expenditures/${id}/reverse`, version, { reason: markup }))
  const held = await commit(officer, approver, { supplier: markup })
  await post(officer, approver, { documentNumber: 'F-4', amount: '15.00', commitment: held.id })
  await proposed(officer, { reference: 'C-18' })
  const prepared = commitment({ reference: 'C-19', description: markup })
  await done(officer.send('POST', '/commitments', { body: prepared }))
  await done(officer.send('POST', '/revisions', { body: revision({ reason: markup }) }))
  await submittedRevision({ officer, approver }, { documentReference: markup })
  await done(revise({ officer, approver }))
  await yearsClosed(officer, approver)
  await proposedToThePlan(officer)
  const rows = [...manyRows(3), { piece: 'F-9', montant: 'douze', fournisseur: markup }]
  await done(bringImport(officer, { content: csvOf(rows) }))
  const ledger = ['F-2 1234,50', 'F-77 12,00'].map((row) => row.split(' '))
  const lines = ledger.map(([piece = '', amount = '']) => ledgerRow('2025-06-15', piece, amount))
  await done(bringExtract(officer, { rows: lines }))
  const mapping = { ...{ organization: 'MSP', system: 'Sage 300', version: 0 }, ...columns }
  await done(officer.send('PUT', '/extract-mappings', { body: mapping }))
  const run = { organization: 'MSP', fiscalYear: '2025-2026', period: 3 }
  await done(officer.send('POST', '/matching/runs', { body: run }))
  await importedInEachState(officer, approver)
  await explained(officer)
}

/** Envelopes and relations, a draft and one that waits of each. */
async function proposedToThePlan(officer: Person): Promise<void> {
  for (const [code, submit] of [
    ['QC-M98', false],
    ['QC-M99', true],
  ] as const) {
    const envelope = plannedEnvelope({ code, title: { fr: markup, en: markup } })
    const entered = await done(officer.send('POST', '/envelopes', { body: envelope }))
    const body = plannedRelation({ stated: submit, citation: markup })
    const stated = await done(officer.send('POST', '/relations', { body }))
    if (submit) {
      await done(officer.step(`/envelopes/${code}/submit`, entered.body.version))
      await done(officer.step(`/relations/${stated.body.id}/submit`, stated.body.version))
    }
  }
}

/** One for good, one that waits. */
async function yearsClosed(officer: Person, approver: Person): Promise<void> {
  await done(closeYear({ officer, approver }, { fiscalYear: '2021-2022' }))
  const policies = [{ envelope: 'QC-M12', policy: 'carry-percent', percent: '5' }]
  const body = yearEnd({ fiscalYear: '2022-2023', policies })
  await done(officer.send('POST', '/year-end', { body }))
}

const columns = {
  ...{ date: 'Jour', document: 'Réf.', description: 'Texte', amount: 'Montant net' },
  spendingSign: 'negative',
}

async function importedInEachState(officer: Person, approver: Person): Promise<void> {
  const takenIn = (piece: string, submit: boolean) => imported(officer, [{ piece }], submit)
  await takenIn('I-1', false)
  await takenIn('I-2', true)
  const { id, version } = await takenIn('I-3', true)
  const posted = await done(approver.step(`/imports/${id}/approve`, version))
  await done(officer.step(`/imports/${id}/reverse`, posted.body.version, { reason: markup }))
}

/** One to fetch, and one that waits. */
async function exported(app: TestApp, auditor: Person): Promise<void> {
  const ask = (report: string) => done(auditor.send('POST', '/exports', { body: { report } }))
  await drawNow(app.database.service, (await ask('reconciliation')).body.id)
  await ask('comparison')
}

/** A matching that only waits for its signature. */
async function explained(officer: Person): Promise<void> {
  const period = { organization: 'MSP', fiscalYear: '2025-2026', period: 4 }
  const rows = [ledgerRow('2025-07-15', 'F-88', '12.00')]
  await done(bringExtract(officer, { rows, name: 'juillet.csv', fields: { period: '4' } }))
  const { body } = await done(officer.send('POST', '/matching/runs', { body: period }))
  const said = { cause: 'timing', owner: officer.email, note: markup }
  const lines = [
    ...body.unmatchedExtract.map(({ row }: { row: number }) => ({ extractRow: row })),
    ...body.unmatchedJournal.map(({ expenditure }: { expenditure: string }) => ({ expenditure })),
  ]
  const items = lines.map((line) => ({ ...line, ...said }))
  await done(officer.step(`/matching/runs/${body.run}/causes`, body.version, { items }))
}

async function done(asked: Promise<Answered>): Promise<Answered> {
  const answer = await asked
  if (answer.status >= 300) {
    throw new Error(`${answer.status} ${answer.text}`)
  }
  return answer
}

async function each<T>(make: (role: Role) => Promise<T>): Promise<Record<Role, T>> {
  const made = await Promise.all(roles.map(async (role) => [role, await make(role)] as const))
  return Object.fromEntries(made) as Record<Role, T>
}
