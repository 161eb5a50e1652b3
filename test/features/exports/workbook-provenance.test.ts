import { describe, expect, test } from 'vitest'
import { money } from '#core/money.ts'
import { type ProvenanceNature, provenanceOf } from '#features/exports/workbook-provenance.ts'
import { factsOf } from '#features/reconciliation/facts.ts'
import { planRecord } from '#test/support/facts.ts'

const record = await planRecord()
const { documents, announcements, notes } = {
  documents: record.plan.sources,
  announcements: record.published.announcements,
  notes: record.plan.notes,
}
const rowsOf = (jurisdiction: 'QC' | 'CA', nature: ProvenanceNature) =>
  provenanceOf(factsOf(record.facts, jurisdiction), { documents, announcements, notes }).filter(
    (row) => row.nature === nature,
  )

describe('the provenance of a workbook', () => {
  test('cites each planned amount: its document, its hash and the words it was read from', () => {
    const planned = [...rowsOf('QC', 'planned'), ...rowsOf('CA', 'planned')]
    expect(planned).toHaveLength(25 + 10)
    for (const { document, quote, asStated, precision, isStated } of planned) {
      expect(document?.sha256).toMatch(/^[0-9a-f]{64}$/)
      expect([quote, asStated, precision, isStated]).not.toContain(null)
    }
    const inferred = planned.filter(({ isStated }) => isStated === false)
    expect(inferred.map(({ code, period }) => [code, period])).toEqual([
      ['CA-2009', '2014-2015'],
      ['CA-2017', '2022-2023'],
      ['CA-2022', '2027-2028'],
      ['CA-CCPE', '2021-2022'],
    ])
  })

  test('keeps planned amounts, published authorities and other figures in columns of their own', () => {
    const all = provenanceOf(record.facts, { documents, announcements, notes })
    const several = all.filter(
      ({ planned, authority, figure }) =>
        [planned, authority, figure].filter((amount) => amount !== null).length > 1,
    )
    expect(several).toEqual([])
    expect(rowsOf('CA', 'authority')).toHaveLength(13)
    expect(rowsOf('CA', 'authority').every(({ planned }) => planned === null)).toBe(true)
  })

  test('says why each published figure that is not spending is left out', () => {
    const left = [...rowsOf('QC', 'left-out'), ...rowsOf('CA', 'left-out')]
    expect(left).toHaveLength(announcements.length)
    expect(left.every(({ reading, url }) => reading !== null && url !== null)).toBe(true)
  })

  test('notes the discrepancy and the profile of Budget 2019 beside its amount', () => {
    const readings = rowsOf('CA', 'note').filter(({ code }) => code === 'CA-2019')
    expect(readings.map(({ reading }) => reading?.fr).join(' ')).toMatch(/22,24 M\$.*8,7 M\$/)
  })

  test('cites relations, stated or inferred, and the plan as announced', () => {
    expect(rowsOf('CA', 'relation').map(({ isStated }) => isStated)).toEqual(
      record.plan.relations.map(({ stated }) => stated),
    )
    expect(rowsOf('QC', 'announced').map(({ figure }) => figure)).toEqual([money('150000000.00')])
  })

  test('names each document once, and only those that it cites', () => {
    expect(rowsOf('QC', 'document').map(({ code }) => code)).toEqual(['ANNEXE-4', 'PUBLISHED-QC'])
    expect(rowsOf('CA', 'document').map(({ code }) => code)).toEqual([
      'STRATEGIE-NATIONALE',
      'PUBLISHED-CA',
      'PUBLISHED-PS',
    ])
  })
})
