import { describe, expect, test } from 'vitest'
import {
  axes,
  bulletSigns,
  byCode,
  digest,
  documents,
  documentWords,
  measures,
  organizations,
  readTable,
  readWords,
  withoutBullet,
  withoutMarkup,
} from './fixtures-support.ts'

/** The summary table of appendix 4, read from its bytes and compared cell by cell. */
const words = documentWords('ANNEXE-4')
const table = readTable(words)
const pairs = table.rows.map((row, index) => {
  const measure = measures[index]
  if (!measure) throw new Error(`row ${index + 1} has no measure`)
  return { name: measure.code, cells: row.cells, axis: row.axis, measure, row: measure.source.row }
})

describe('the source documents', () => {
  test.each(documents)('$code is kept byte for byte: its SHA-256 is the recorded one', (one) => {
    expect(digest(one.file)).toBe(one.sha256)
  })

  test('six documents are kept, each under its own code, titled and attributed twice', () => {
    expect(documents.map((one) => one.code)).toEqual([
      'ANNEXE-4',
      'MILIEU-POLICIER',
      'STRATEGIE-NATIONALE',
      'PUBLISHED-QC',
      'PUBLISHED-CA',
      'PUBLISHED-PS',
    ])
    for (const one of documents) {
      expect(Object.values({ ...one.title, ...one.publisher }).every(Boolean)).toBe(true)
    }
  })

  test('no fixture has a byte-order mark, a tab or a carriage return', () => {
    const files = ['programmes', 'axes', 'measures', 'organizations', 'envelopes', 'relations']
    const published = ['spending', 'authorities', 'announcements']
    for (const file of [
      'plan/sources.json',
      ...files.map((name) => `plan/${name}.json`),
      ...published.map((name) => `published/${name}.json`),
    ]) {
      expect(readWords(file), file).not.toMatch(/\uFEFF|\t|\r/)
      expect(readWords(file).endsWith('\n'), file).toBe(true)
    }
  })
})

describe('the table of appendix 4', () => {
  test('it holds 37 rows of eight cells under six headings, and the plan 37 measures', () => {
    expect(table.rows).toHaveLength(37)
    expect(measures).toHaveLength(37)
    expect(axes).toHaveLength(6)
  })

  test('its columns are the same on every page, adaptation before accessibility', () => {
    const headings = table.headings.map((cells) => cells.join('|'))
    expect([...new Set(headings)]).toEqual([
      'Actions|Porteur|Collaborateurs|Recom CSESM|Budget|Réalités autochtones||Livrables',
      '|||||Adaptation|Accessibilité|',
    ])
  })

  test('the measures are numbered 1 to 33, then A1 to A4, in the order of the table', () => {
    const numbers = Array.from({ length: 33 }, (_, index) => String(index + 1))
    expect(measures.map((one) => one.number)).toEqual([...numbers, 'A1', 'A2', 'A3', 'A4'])
    expect(measures.map((one) => one.code)).toEqual(measures.map((one) => `QC-${one.number}`))
  })

  test('the French title of an axis is its heading, word for word', () => {
    expect(axes.map((one) => one.title.fr)).toEqual(table.axes)
    expect(axes.map((one) => one.source.quote)).toEqual(table.axes)
    expect(axes.map((one) => one.order)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test.each(pairs)('$name stands under the axis of its row', ({ axis, measure }) => {
    expect(byCode(axes, measure.axis).title.fr).toBe(axis)
  })

  test.each(pairs)('$name keeps every cell of its row as printed', ({ cells, row }) => {
    expect([
      row.action,
      row.leads,
      row.collaborators.join(' '),
      row.recommendations,
      row.budget,
      row.adaptation,
      row.accessibility,
      row.deliverables.join(' '),
    ]).toEqual(cells.map((cell, column) => ([2, 7].includes(column) ? withoutMarkup(cell) : cell)))
  })

  test.each(pairs)('$name quotes its budget cell from appendix 4', ({ cells, measure }) => {
    expect(measure.source.document).toBe('ANNEXE-4')
    expect(measure.source.sha256).toBe(byCode(documents, 'ANNEXE-4').sha256)
    expect(measure.source.quote).toBe(cells[4])
  })

  test.each(pairs)('$name has one item for each bullet sign', ({ cells, row }) => {
    for (const [cell = '', items] of [
      [cells[2], row.collaborators],
      [cells[7], row.deliverables],
    ] as const) {
      const signs = [...cell].filter((sign) => bulletSigns.includes(sign as '›'))
      if (signs.length === 0) continue
      expect(items).toHaveLength(signs.length)
      expect(items.map((item) => item[0])).toEqual(signs)
    }
  })

  test.each(pairs)(
    '$name is titled by its action, without number or markup',
    ({ cells, measure }) => {
      const action = (cells[0] ?? '').slice(`${measure.number}. `.length)
      expect(cells[0]?.startsWith(`${measure.number}. `)).toBe(true)
      expect(measure.title.fr).toBe(action.replaceAll(/<\/?i>/g, '').replace(/ \.$/, '.'))
      expect(measure.title.en).not.toBe(measure.title.fr)
      expect(measure.title.en).toMatch(/^[A-Z].*\.$/)
    },
  )
})

describe('the mess of the table', () => {
  const printedSigns = [...words].filter((sign) => bulletSigns.includes(sign as '›'))

  test('five bullet signs are met, and the Volet autochtone has none', () => {
    expect([...new Set(printedSigns)].sort()).toEqual([...bulletSigns].sort())
    const bare = pairs.filter(({ row }) => row.deliverables.some((item) => !/^[›→↳➢➤]/.test(item)))
    expect(bare.map(({ name }) => name)).toEqual(['QC-A1', 'QC-A2', 'QC-A3', 'QC-A4'])
  })

  test('where one item ends in the Volet autochtone is a reading, shared with measure 1', () => {
    const first = byCode(measures, 'QC-1')
    const third = byCode(measures, 'QC-A3')
    expect(third.collaborators).toEqual(first.collaborators)
    expect(third.deliverables).toEqual(first.deliverables)
    expect(byCode(measures, 'QC-A2').deliverables).toEqual([
      'Actions de communications ciblées déployées',
      "Matériel d'affichage produit et proposé aux communautés",
    ])
    const fourth = byCode(measures, 'QC-A4').collaborators
    expect(fourth.map(({ code, name }) => code ?? name.fr).join(' · ')).toBe(
      'DPCP · ENPQ · Communautés autochtones · Conseils de bande · Services policiers autochtones' +
        ' · ADPPNIQ · Organismes de santé communautaire' +
        ' · Organisations de la société civile autochtone · SQ',
    )
  })

  test('four spellings of "N°" are met', () => {
    const spellings = pairs.flatMap(({ row }) => /^N.*?(?= \d)/.exec(row.recommendations) ?? [])
    expect([...new Set(spellings)].sort()).toEqual(['N ^o', 'N ^{os}', 'N°', 'N°s'])
  })

  test('two amounts have no space before the sign', () => {
    const tight = pairs.filter(({ row }) => /\d\\\$/.test(row.budget))
    expect(tight.map(({ name }) => name)).toEqual(['QC-11', 'QC-26'])
  })

  test('measure 3 lists "A1, A2" where the five others say "A1 et A2"', () => {
    const lists = pairs.filter(({ row }) => row.budget.includes('pour les mesures'))
    expect(lists.map(({ name, row }) => [name, row.budget.endsWith('A1 et A2')])).toEqual([
      ['QC-3', false],
      ['QC-4', true],
      ['QC-5', true],
      ['QC-7', true],
      ['QC-A1', true],
      ['QC-A2', true],
    ])
  })
})

describe('what is read from the cells', () => {
  test.each(pairs)('$name has the leads of its cell, in their order', ({ cells, measure }) => {
    expect(measure.leads.join(' ')).toBe(cells[1])
  })

  test('five cells hold two leads', () => {
    const joint = measures.filter((one) => one.leads.length > 1)
    expect(joint.map((one) => [one.number, ...one.leads])).toEqual([
      ['3', 'MSP', 'SCF'],
      ['5', 'MSP', 'SCF'],
      ['7', 'MSP', 'MJQ'],
      ['23', 'MSP', 'MJQ'],
      ['A1', 'MSP', 'SCF'],
    ])
  })

  test.each(pairs)('$name answers the recommendations of its cell', ({ cells, measure }) => {
    const printed = /^N\S*(?: \^\S+)? (\d+(?:, \d+)*)$/.exec(cells[3] ?? '')?.[1]
    expect(measure.recommendations.join(', ')).toBe(printed ?? '')
    expect(measure.initiative).toBe(printed === undefined ? cells[3] : null)
  })

  test('only measure 26 cites an initiative of the government', () => {
    const cited = measures.filter((one) => one.initiative !== null)
    expect(cited.map((one) => [one.number, one.initiative])).toEqual([['26', 'Initiative gouv.']])
  })

  test.each(pairs)('$name has the Indigenous flags of its row', ({ cells, measure }) => {
    expect([cells[5], cells[6]].every((cell) => cell === 'X' || cell === '')).toBe(true)
    expect([measure.adaptation, measure.accessibility]).toEqual([
      cells[5] === 'X',
      cells[6] === 'X',
    ])
  })

  test('ten measures are adapted, eight made more accessible, none both', () => {
    const adapted = measures.filter((one) => one.adaptation).map((one) => one.number)
    const accessible = measures.filter((one) => one.accessibility).map((one) => one.number)
    expect(adapted).toEqual(['8', '9', '15', '16', '21', '28', 'A1', 'A2', 'A3', 'A4'])
    expect(accessible).toEqual(['10', '11', '13', '17', '18', '25', '29', '31'])
  })

  test.each(pairs)('$name has the deliverables of its row', ({ measure, row }) => {
    expect(measure.deliverables).toEqual(row.deliverables.map(withoutBullet))
    expect(measure.deliverables.length).toBeGreaterThan(0)
  })

  test.each(pairs)('$name has the collaborators of its row', ({ measure, row }) => {
    expect(measure.collaborators).toHaveLength(row.collaborators.length)
    for (const [index, collaborator] of measure.collaborators.entries()) {
      const printed = withoutBullet(row.collaborators[index] ?? '')
      const isAcronym = /^[A-Z][A-Z-]+$/.test(printed)
      if (isAcronym) {
        expect(collaborator.code).toBe(printed)
        expect(collaborator.name).toEqual(byCode(organizations, printed).name)
      } else {
        expect(collaborator.name.fr).toBe(printed)
        expect(collaborator.name.en).not.toBe('')
      }
    }
  })

  test('two names contain an acronym and lead to its organization; the others have no code', () => {
    const named = pairs.flatMap(({ measure }) => measure.collaborators)
    const coded = named.filter(({ code, name }) => code !== null && / /.test(name.fr))
    const insideWords = coded.filter(({ code, name }) => name.fr.includes(code ?? ' '))
    expect([...new Set(insideWords.map(({ code, name }) => `${name.fr} = ${code}`))]).toEqual([
      'Réseau des CAVAC = CAVAC',
      'La CLES = CLES',
    ])
  })
})
