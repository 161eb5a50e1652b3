import { describe, expect, test } from 'vitest'
import {
  axes,
  byCode,
  cents,
  documents,
  documentWords,
  envelopes,
  type Measure,
  measures,
  organizations,
  programmes,
  readStated,
  relations,
  required,
  sumOfCents,
} from './fixtures-support.ts'

/** The planned figures of Quebec, read again from the words, and the totals of the domain. */
const quebec = envelopes.filter((one) => one.programme === 'QC-PLAN-2021')
const own = measures.filter((one) => one.funding === 'own')
const shared = measures.filter((one) => one.funding === 'shared')
const selfFunded = measures.filter((one) => one.funding === 'self_funded')
const printedAmount = (one: Measure): bigint => readStated(one.source.row.budget).amount
const envelopeOf = (one: Measure) => byCode(envelopes, required(one.envelopes[0], one.code))
const amountOf = (code: string): bigint =>
  sumOfCents(byCode(envelopes, code).terms.map((term) => cents(term.amount)))
const ownBy = (keep: (one: Measure) => boolean): bigint =>
  sumOfCents(own.filter(keep).map((one) => amountOf(required(one.envelopes[0], one.code))))

describe('how measures are funded', () => {
  test('24 have an envelope of their own, 6 share one, 7 are self-funded', () => {
    expect([own.length, shared.length, selfFunded.length]).toEqual([24, 6, 7])
    expect(shared.map((one) => one.number)).toEqual(['3', '4', '5', '7', 'A1', 'A2'])
    expect(selfFunded.map((one) => one.number)).toEqual(['6', '9', '14', '19', '23', '29', '31'])
  })

  test.each(own)('$code has the amount its budget cell prints, to the dollar', (one) => {
    const envelope = envelopeOf(one)
    const [term] = envelope.terms
    expect(envelope.code).toBe(`QC-M${one.number}`)
    expect(envelope.measures).toEqual([one.code])
    expect(envelope.title).toEqual(one.title)
    expect(envelope.source.quote).toBe(one.source.row.budget)
    expect(term?.asStated).toBe(one.source.row.budget)
    expect(cents(required(term, one.code).amount)).toBe(printedAmount(one))
    expect(term?.precision).toBe('1.00')
  })

  test.each(own)('the envelope of $code belongs to its only lead', (one) => {
    expect(one.leads).toEqual([envelopeOf(one).organization])
    expect(envelopeOf(one).organizationStated).toBe(true)
  })

  test.each(shared)('$code prints the whole shared amount and the same six members', (one) => {
    const [amount, members = ''] = one.source.row.budget.split(' pour les mesures ')
    const named = members.split(/, | et /).map((number) => `QC-${number}`)
    const envelope = byCode(envelopes, 'QC-COMMUNICATION')
    expect(one.envelopes).toEqual([envelope.code])
    expect(amount).toBe(envelope.terms[0]?.asStated)
    expect(readStated(required(amount, one.code)).amount).toBe(amountOf('QC-COMMUNICATION'))
    expect(named).toEqual(envelope.measures)
    expect(named).toContain(one.code)
  })

  test.each(selfFunded)('$code is self-funded in so many words and has no envelope', (one) => {
    expect(one.source.row.budget).toBe('Autofinancé')
    expect(one.envelopes).toEqual([])
  })

  test('who holds the shared envelope is an inference: MSP leads all six measures', () => {
    const envelope = byCode(envelopes, 'QC-COMMUNICATION')
    expect([envelope.organization, envelope.organizationStated]).toEqual(['MSP', false])
    expect(shared.every((one) => one.leads.includes('MSP'))).toBe(true)
  })

  test.each(quebec)('$code is one total over the five years that the plan names', (one) => {
    expect(one.terms).toHaveLength(1)
    expect(one.terms[0]).toMatchObject({
      kind: 'term',
      firstFiscalYear: '2021-2022',
      lastFiscalYear: '2025-2026',
      stated: true,
    })
    expect(one.financing).toBeNull()
  })
})

describe('the totals of the plan', () => {
  const sharedAmount = amountOf('QC-COMMUNICATION')

  test('own 144 203 862, shared 2 903 063: in all 147 106 925, the shared one counted once', () => {
    expect(ownBy(() => true)).toBe(144_203_862_00n)
    expect(sharedAmount).toBe(2_903_063_00n)
    expect(sumOfCents(quebec.map((one) => amountOf(one.code)))).toBe(147_106_925_00n)
  })

  test('counting the shared amount at each of its six rows would be wrong by 14 515 315', () => {
    const printed = sumOfCents([...own, ...shared].map(printedAmount))
    expect(printed).toBe(161_622_240_00n)
    expect(printed - 147_106_925_00n).toBe(14_515_315_00n)
  })

  test('against the 150 million announced, 2 893 075 stays unexplained', () => {
    const announced = required(byCode(programmes, 'QC-PLAN-2021').announced, 'the announcement')
    expect(cents(announced.amount) - 147_106_925_00n).toBe(2_893_075_00n)
  })

  test.each([
    ['AXE-1', 2_003_200_00n],
    ['AXE-2', 10_310_069_00n],
    ['AXE-3', 21_715_123_00n],
    ['AXE-4', 99_940_100_00n],
    ['AXE-5', 9_745_370_00n],
    ['VOLET-AUTOCHTONE', 490_000_00n],
  ])('own amounts of %s', (axis, amount) => {
    expect(ownBy((one) => one.axis === axis)).toBe(amount)
  })

  const leads = [
    ['MSP', 114_958_523_00n],
    ['MEQ', 10_310_069_00n],
    ['MJQ', 9_745_370_00n],
    ['DPCP', 8_064_900_00n],
    ['SCF', 450_000_00n],
    ['MES', 350_000_00n],
    ['MTO', 250_000_00n],
    ['MAMH', 75_000_00n],
  ] as const

  test.each(leads)('own amounts led by %s', (lead, amount) => {
    expect(ownBy((one) => one.leads[0] === lead)).toBe(amount)
  })

  test('no other lead has an amount of its own', () => {
    expect(sumOfCents(leads.map(([, amount]) => amount))).toBe(144_203_862_00n)
  })
})

describe('the programmes', () => {
  test('the announcement of 150 million keeps its words, its precision and its row', () => {
    const announced = required(byCode(programmes, 'QC-PLAN-2021').announced, 'the announcement')
    expect(announced.source.quote).toContain(announced.asStated)
    expect(readStated(announced.asStated).amount).toBe(cents(announced.amount))
    expect(readStated(announced.asStated).precision).toBe(cents(announced.precision))
    expect(announced.source).toMatchObject({ document: 'PUBLISHED-QC', row: 8 })
  })

  test('the federal strategy runs from 2004-2005 with no last year and no announced total', () => {
    expect(byCode(programmes, 'CA-STRATEGY-2004')).toMatchObject({
      organization: 'SPC',
      firstFiscalYear: '2004-2005',
      lastFiscalYear: null,
      announced: null,
    })
  })

  test('that the federal page leaves out Budget 2018 is noted on the programme', () => {
    const notes = byCode(programmes, 'CA-STRATEGY-2004').notes
    expect(notes.map((note) => note.code)).toEqual(['omitted-by-the-page'])
    expect(notes[0]?.citation?.quote).toContain('absent from the federal page')
  })

  test('measure 11 notes that the press gives three years where the plan runs five', () => {
    const [note] = byCode(envelopes, 'QC-M11').notes
    expect(note?.citation?.quote).toBe('6 M$ sur 3 ANS (11)')
  })
})

describe('the context of measure 25', () => {
  const context = required(byCode(measures, 'QC-25').context, 'the context')

  test('it stands word for word in the page on police services', () => {
    expect(context.source.document).toBe('MILIEU-POLICIER')
    expect(documentWords('MILIEU-POLICIER')).toContain(`${context.source.quote}\n`)
  })

  test('its facts are in the quoted words', () => {
    const { quote } = context.source
    expect(quote).toContain(`implémentée en ${context.facts.created} `)
    expect(quote).toContain(context.facts.mandate.fr)
    expect(quote).toContain(context.facts.participants.fr)
    const coordinator = byCode(organizations, context.facts.coordinator)
    expect(quote).toContain(`est assumée par la ${coordinator.name.fr}`)
  })

  test('no other measure has one', () => {
    expect(measures.filter((one) => one.context !== null)).toHaveLength(1)
  })
})

describe('references', () => {
  const lists = { documents, programmes, axes, measures, organizations, envelopes }

  test.each(Object.entries(lists))('no code is used twice among %s', (_, list) => {
    expect(new Set(list.map((one) => one.code)).size).toBe(list.length)
  })

  test('every code refers to something that exists', () => {
    const known = (list: readonly { code: string }[]) => list.map((one) => one.code)
    const orgs = known(organizations)
    for (const one of measures) {
      expect(known(axes)).toContain(one.axis)
      expect(orgs).toEqual(expect.arrayContaining([...one.leads]))
      expect(orgs).toEqual(
        expect.arrayContaining(one.collaborators.flatMap(({ code }) => code ?? [])),
      )
      expect(known(envelopes)).toEqual(expect.arrayContaining([...one.envelopes]))
    }
    for (const one of envelopes) {
      expect(known(programmes)).toContain(one.programme)
      expect(orgs).toContain(one.organization)
      expect(known(measures)).toEqual(expect.arrayContaining([...one.measures]))
    }
    for (const one of axes) expect(known(programmes)).toContain(one.programme)
    for (const one of programmes) expect(orgs).toContain(one.organization)
    for (const one of relations) {
      expect(known(envelopes)).toEqual(expect.arrayContaining([one.from, one.to]))
    }
  })

  test('every quotation stands in its document, whose SHA-256 it names', () => {
    const quoting = [...programmes, ...axes, ...measures, ...envelopes].map((one) => one.source)
    const contexts = measures.flatMap((one) => one.context?.source ?? [])
    const announced = programmes.flatMap((one) => one.announced?.source ?? [])
    for (const source of [...quoting, ...contexts, ...announced]) {
      expect(documentWords(source.document)).toContain(source.quote)
      expect(source.sha256).toBe(byCode(documents, source.document).sha256)
    }
  })

  test('every note is said in both languages and cites words that stand where it says', () => {
    for (const note of [...programmes, ...envelopes].flatMap((one) => one.notes)) {
      expect(note.text.fr).not.toBe('')
      expect(note.text.en).not.toBe('')
      if (!note.citation) continue
      const { document, quote, row } = note.citation
      const words = documentWords(document)
      const place = row === undefined ? words : words.split(/\r?\n/)[row - 1]
      expect(place, note.code).toContain(quote)
    }
  })

  test('an organization is of one kind, and of one government or of none', () => {
    const kinds = ['ministry', 'body', 'police', 'community', 'network', 'other']
    for (const one of organizations) {
      expect(kinds).toContain(one.kind)
      expect(['QC', 'CA', null]).toContain(one.jurisdiction)
    }
    const leads = [...new Set(measures.flatMap((one) => one.leads))]
    expect(leads.every((lead) => byCode(organizations, lead).jurisdiction === 'QC')).toBe(true)
  })

  test('an organization whose name is not known bears its acronym', () => {
    const unknown = organizations.filter((one) => !one.nameKnown)
    expect(unknown.map((one) => one.code)).toEqual(['ACPS', 'MESQ', 'RQCALAS'])
    expect(unknown.every(({ code, name }) => name.fr === code && name.en === code)).toBe(true)
    const known = organizations.filter((one) => one.nameKnown)
    expect(known.every(({ code, name }) => name.fr !== code && name.en !== '')).toBe(true)
  })
})
