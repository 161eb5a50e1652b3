import type { Person, TestApp } from './app.ts'
import { commit, correct } from './commitments.ts'
import { dangerousTexts } from './dangerous-texts.ts'
import { draft, post } from './drafts.ts'
import { bring as loadExtract } from './extracts.ts'
import { bring as bringImport, csvOf, manyRows } from './imports.ts'
import { revise } from './revisions.ts'

/** A record in which every field of free text holds every dangerous text, posted where it can be. */
export interface DangerousRecord {
  readonly officer: Person
  readonly approver: Person
  readonly auditor: Person
  readonly administrator: Person
  readonly importId: string
  readonly extractId: string
}

/** A document number differs from its neighbours: else each would repeat the one before. */
export const numbered = (text: string, place: number): string => `${text} ${place}`

export async function dangerousRecord(app: TestApp): Promise<DangerousRecord> {
  const officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  const auditor = await app.person('auditor', 'auditor')
  const administrator = await app.person('administrator', 'administrator')
  for (const [place, text] of dangerousTexts.entries()) {
    const documentNumber = numbered(text, place)
    const said = { supplier: text, description: text }
    const spent = { ...said, documentNumber, justification: text, amount: '1.00' }
    const posted = await post(officer, approver, spent)
    await commit(officer, approver, { ...said, reference: text, amount: '1.00' })
    await revise({ officer, approver }, { reason: text, documentReference: text })
    await auditor.send('POST', '/observations', { body: { subject: text, text } })
    if (place % 10 === 0) {
      await correct([officer, approver], posted, 'reverse', { reason: text })
    }
  }
  await officer.send('POST', '/expenditures', { body: draft({ supplier: '=1+1' }) })
  const rows = manyRows(dangerousTexts.length, (at) => {
    const text = dangerousTexts[at] ?? ''
    return { piece: numbered(text, at + 1_000), fournisseur: text, description: text }
  })
  const { body: brought } = await bringImport(officer, { content: csvOf(rows) })
  const ledger = await loadExtract(officer, { rows: dangerousTexts.map(ledgerRow) })
  return {
    officer,
    approver,
    auditor,
    administrator,
    importId: brought.id,
    extractId: ledger.body.id,
  }
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

const ledgerRow = (text: string, place: number): string =>
  `2025-06-15;5100;${quoted(numbered(text, place))};${quoted(text)};1,00`
