import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'

let app: TestApp
let analyst: Person

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  analyst = await app.person('analyst', 'analyst')
})
afterAll(() => app.close())

const get = async (url: string) => (await analyst.get(url)).body
const range = (from: string, more = '') =>
  `/reports/comparison?from=${from}&to=2025-2026&spread=straight-line${more}`

interface Assumption {
  readonly code: string
  readonly stated: boolean
  readonly effect: string
  readonly citation: string
  readonly reading: { readonly fr: string; readonly en: string }
}

describe('the comparison of Quebec and Canada', () => {
  test('over the years of Quebec’s plan runs from a low to a high reading', async () => {
    const { rows, horizon, parameters } = await get(range('2021-2022'))
    expect(rows.map(({ key }: { key: string }) => key)).toEqual([
      '2021-2022',
      '2022-2023',
      '2023-2024',
      '2024-2025',
      '2025-2026',
      'cumulated',
    ])
    expect(rows.at(-1)).toMatchObject({
      qc: { planned: '147106925.00', spent: '6389496.00', percentSpent: '4.34' },
      ca: {
        planned: '132396666.66',
        plannedHigh: '132396666.66',
        plannedLow: '87646666.66',
        spent: '15528000.00',
      },
    })
    expect(horizon).toBe('2025-2026')
    expect(parameters).toMatchObject({ scenario: 'high', spread: 'straight-line' })
  })

  test('asks for that very range when nobody says which', async () => {
    expect((await get('/reports/comparison')).rows).toEqual((await get(range('2021-2022'))).rows)
  })

  test('splits each year to the cent: the parts are the whole', async () => {
    const { rows } = await get(range('2021-2022'))
    const years = rows.slice(0, -1)
    const cents = (text: string) => BigInt(text.replace('.', ''))
    for (const side of ['qc', 'ca']) {
      for (const column of ['planned', 'spent', 'variance']) {
        const sum = years.reduce(
          (total: bigint, row: Record<string, Record<string, string>>) =>
            total + cents(row[side]?.[column] ?? '0.00'),
          0n,
        )
        expect(sum).toBe(cents(rows.at(-1)[side][column]))
      }
    }
    // 22 400 000 over three years leaves the smaller part to the last one, 2021-2022.
    expect(years[0].ca.plannedHigh).toBe('25716666.66')
  })

  test.each([
    ['2021-2022', 'high', '132396666.66'],
    ['2021-2022', 'announced', '117646666.66'],
    ['2021-2022', 'low', '87646666.66'],
    ['2004-2005', 'announced', '361080000.00'],
    ['2004-2005', 'low', '259080000.00'],
  ])('from %s, read as %s, plans %s', async (from, scenario, total) => {
    const { rows } = await get(range(from, `&scenario=${scenario}`))
    expect(rows.at(-1).ca.planned).toBe(total)
  })

  test('counts what was spent the same in every reading', async () => {
    for (const scenario of ['high', 'announced', 'low']) {
      const { rows } = await get(range('2004-2005', `&scenario=${scenario}`))
      expect(rows.at(-1).ca.spent).toBe('37220759.00')
      expect(rows.at(-1).qc.spent).toBe('6389496.00')
    }
  })

  test('lists what it takes for granted, with the words it rests on', async () => {
    const { assumptions } = (await get(range('2021-2022'))) as {
      assumptions: readonly Assumption[]
    }
    const said = Object.fromEntries(assumptions.map(({ code, stated }) => [code, stated]))
    expect(said).toEqual({
      'CA-2007:adds:CA-2004': true,
      'CA-2009:renews:CA-2004': true,
      'CA-2022:adds:CA-2019': true,
      'CA-2017:adds:CA-2009': false,
      'CA-2019:adds:CA-2009': false,
      'CA-2009:unknown:CA-2007': false,
      'CA-2017:unknown:CA-CCPE': false,
      'CA-2009:first-year': false,
      'CA-2017:first-year': false,
      'CA-2022:first-year': false,
      'CA-CCPE:first-year': false,
      'equal-phasing': false,
    })
    const cited = assumptions.filter(({ code }) => code !== 'equal-phasing')
    expect(cited.every(({ citation }) => citation.length > 20)).toBe(true)
    expect(assumptions.every(({ reading }) => reading.fr !== reading.en)).toBe(true)
  })

  test('says what hangs on each unknown: the two together are high − low', async () => {
    const { assumptions } = (await get(range('2021-2022'))) as {
      assumptions: readonly Assumption[]
    }
    const effect = (code: string) => assumptions.find((one) => one.code === code)?.effect
    // 5 × 6 M$ and 5 × 2.95 M$; 132 396 666.66 − 87 646 666.66 = 44 750 000.00
    expect(effect('CA-2009:unknown:CA-2007')).toBe('30000000.00')
    expect(effect('CA-2017:unknown:CA-CCPE')).toBe('14750000.00')
  })

  test('never adds the two governments, and says so', async () => {
    const { rows, notes, totals } = await get(range('2021-2022'))
    expect(notes.map(({ code }: { code: string }) => code)).toContain('not-added')
    expect(totals).toBeUndefined()
    expect(Object.keys(rows.at(-1))).toEqual(['key', 'qc', 'ca'])
  })
})

describe('the published figures that are no spending', () => {
  test('are listed with the reason, and never added up', async () => {
    const { rows, totals, notes } = await get('/reports/announcements')
    expect(rows).toHaveLength(22)
    expect(totals).toEqual({ amount: null })
    expect(notes.map(({ code }: { code: string }) => code)).toEqual(['not-spending'])
    const reasons = new Set(rows.map(({ reason }: { reason: string }) => reason))
    expect([...reasons].sort()).toEqual([
      'announcement',
      'award-not-spending',
      'before-the-plan',
      'breakdown',
      'forecast',
      'not-by-measure',
      'planned',
      'presumed',
      'profile',
      'statement',
    ])
    for (const { why, url, document } of rows) {
      expect(why.fr).not.toBe(why.en)
      expect([url.startsWith('https://'), document.startsWith('PUBLISHED-')]).toEqual([true, true])
    }
  })

  test.each([
    ['QC', 12],
    ['CA', 10],
  ])('of %s are %i', async (jurisdiction, count) => {
    const { rows } = await get(`/reports/announcements?jurisdiction=${jurisdiction}`)
    expect(rows).toHaveLength(count)
  })

  test('enter no spent column: the presumed 1.4 M$ of measure 11 is only here', async () => {
    const { rows } = await get('/reports/announcements')
    const presumed = rows.find(({ reason }: { reason: string }) => reason === 'presumed')
    expect(presumed).toMatchObject({ subject: '11 (présumé)', amount: '1400000.00' })
    const report = await get('/reports/reconciliation')
    const row = report.rows.find(({ key }: { key: string }) => key === 'QC-11')
    expect(row.spent).toBe('2250000.00')
  })
})

describe('a report as CSV', () => {
  const lines = async (url: string) => (await analyst.get(url)).text

  test('for programs: commas, points, snake_case names, the total last', async () => {
    const answer = await analyst.get('/reports/reconciliation.csv?dialect=open')
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toBe('attachment; filename=reconciliation.csv')
    const [header, first, ...rest] = answer.text.split('\n')
    expect(header).toBe(
      'key,kind,label,parent,funding,repeated,envelopes,initial,revisions,transfers,planned,committed,spent,lapsed,own_resources,available,variance,percent_spent,flags,derived,href',
    )
    expect(first).toMatch(/^QC-1,measure,Soutenir/)
    expect(rest.at(-1)).toBe('')
    expect(rest.at(-2)).toBe(
      'total,total,Total,,,false,,147106925.00,0.00,0.00,147106925.00,0.00,6389496.00,0.00,0.00,140717429.00,140717429.00,4.34,,false,',
    )
    expect(rest).toHaveLength(39)
    expect(answer.text).not.toMatch(/^\ufeff|\r/)
  })

  test('for Excel in French: a BOM, semicolons, decimal commas, CRLF', async () => {
    const text = await lines('/reports/reconciliation.csv?dialect=excel-fr')
    expect(text.startsWith('\ufeffCode;Nature;Intitulé;')).toBe(true)
    const [header = '', ...rest] = text.split('\r\n')
    expect(header).toContain(';Engagé;Dépensé;Périmé;Ressources propres;')
    // What is computed prints its formula.
    expect(header).toContain(';Prévu (initial + révisions + virements);')
    expect(header).toContain(';Disponible (prévu − engagé − dépensé − périmé);')
    expect(header).toContain(';Écart (prévu − dépensé);% dépensé (dépensé ÷ prévu);')
    expect(rest.at(-2)).toBe(
      'total;total;Total;;;non;;147106925,00;0,00;0,00;147106925,00;0,00;6389496,00;0,00;0,00;140717429,00;140717429,00;4,34;;non;',
    )
  })

  test('speaks the language that is asked for, in either dialect', async () => {
    const text = await lines('/reports/reconciliation.csv?dialect=excel-fr&lang=en')
    expect(text).toMatch(/^\ufeffKey;Kind;Label;/)
    expect(text).toContain(';Committed;Spent;Lapsed;Own resources;')
    const header = await analyst.get('/reports/reconciliation.csv', { 'accept-language': 'en' })
    expect(header.text).toContain('QC-1,measure,Support research projects')
  })

  test('has the same figures as JSON, row by row', async () => {
    const { rows } = await get('/reports/comparison')
    const [header = '', ...records] = (await lines('/reports/comparison.csv')).trim().split('\n')
    const names = header.split(',')
    expect(names.slice(0, 4)).toEqual(['key', 'qc_planned', 'qc_spent', 'qc_variance'])
    expect(names).toContain('ca_planned_low')
    const at = (record: string, name: string) => record.split(',')[names.indexOf(name)]
    expect(records).toHaveLength(rows.length)
    for (const [place, record] of records.entries()) {
      const { qc, ca } = rows[place]
      expect(at(record, 'qc_planned')).toBe(qc.planned)
      expect(at(record, 'ca_spent')).toBe(ca.spent)
      expect(at(record, 'ca_planned_low')).toBe(ca.plannedLow)
    }
    expect(records.at(-1)?.startsWith('total,')).toBe(true)
  })
})
