import type { Role } from '#features/identity/actor.ts'
import type { Demo } from './demo.ts'

/** Some days of a ministry's work, so that the pictures show what people would see. */
export async function fillRecord({ address, tokens }: Demo): Promise<void> {
  const ask = askerOf(address, tokens)
  const entered = []
  for (const spent of spending) {
    entered.push(await ask('officer', '/expenditures', { ...common, ...spent }))
  }
  for (const { id, version } of entered.slice(1)) {
    await ask('officer', `/expenditures/${id}/submit`, {}, version)
  }
  for (const { id, version } of entered.slice(5)) {
    await ask('approver', `/expenditures/${id}/approve`, {}, version + 1)
  }
  await bringExtract(address, tokens.officer)
  await ask('officer', '/matching/runs', june)
}

const june = { organization: 'MSP', fiscalYear: '2025-2026', period: 3 }
const common = { organization: 'MSP', description: 'Services rendus' }

/** The first stays a draft, the next four wait for approval, the others are posted. */
const spending = [
  ['12', '2025-06-26', 'F-2041', 'Projet pilote Rive-Nord', '1850.00'],
  ['12', '2025-06-20', 'F-2038', 'Maison des Lilas', '12400.00'],
  ['8', '2025-06-19', 'F-2035', 'Clinique juridique du quartier', '6320.75'],
  ['17', '2025-06-18', 'F-2033', 'Centre de formation policière', '28900.00'],
  ['12', '2025-06-17', 'F-2031', 'Traductions Laurentides', '742.18'],
  ['12', '2025-06-12', 'F-2024', 'Projet pilote Rive-Nord', '15500.00'],
  ['8', '2025-06-10', 'F-2019', 'Organisme d’aide aux victimes', '9875.50'],
  ['17', '2025-06-06', 'F-2011', 'Centre de formation policière', '31250.00'],
  ['12', '2025-06-04', 'F-2007', 'Imprimerie du Fleuve', '1209.44'],
  ['8', '2025-06-03', 'F-2003', 'Clinique juridique du quartier', '5400.00'],
].map(([measure, serviceDate, documentNumber, supplier, amount]) => ({
  ...{ measure, serviceDate, documentNumber, supplier, amount },
}))

const ledger = [
  ['2025-06-03', 'F-2003', 'Clinique juridique du quartier', '5400.00'],
  ['2025-06-04', 'F-2007', 'Imprimerie du Fleuve', '1209.45'],
  ['2025-06-06', 'F-2011', 'Centre de formation policière', '31250.00'],
  ['2025-06-10', 'F-2019-A', 'Organisme d’aide aux victimes', '9875.50'],
  ['2025-06-27', 'J-118', 'Location de salle', '640.00'],
] as const

type Ask = (
  role: Role,
  path: string,
  body: object,
  version?: number,
) => Promise<{ readonly id: string; readonly version: number }>

const askerOf =
  (address: string, tokens: Demo['tokens']): Ask =>
  async (role, path, body, version) => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokens[role]}`,
        'content-type': 'application/json',
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      body: JSON.stringify(body),
    })
    return JSON.parse(await done(answer, path))
  }

async function done(answer: Response, path: string): Promise<string> {
  const text = await answer.text()
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status} ${text}`)
  }
  return text
}

async function bringExtract(address: string, token: string): Promise<void> {
  const rows = ledger.map(([day, document, said, amount]) =>
    [day, '5100', document, said, amount].join(';'),
  )
  const form = new FormData()
  for (const [name, value] of Object.entries({
    ...{ organization: june.organization, fiscalYear: june.fiscalYear, period: '3' },
    ...{ rows: String(rows.length), total: '48374.95' },
  })) {
    form.set(name, value)
  }
  const text = ['date;compte;piece;libelle;montant', ...rows, ''].join('\n')
  form.set('file', new File([text], 'grand-livre-juin.csv', { type: 'text/csv' }))
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${address}/api/v1/extracts`, { method: 'POST', headers, body: form })
  await done(answer, '/extracts')
}
