import { fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import type { Envelope } from '#features/funding/envelope.ts'
import type { Measure } from '#features/programmes/measure.ts'

/** A measure and an envelope for rules that need one; a test says what it is about. */
const source = { document: 'ANNEXE-4', sha256: '', quote: '' }
const title = { fr: 't', en: 't' }

export const someMeasure = (change: Partial<Measure> = {}): Measure => ({
  code: 'QC-8',
  programme: 'QC-PLAN-2021',
  axis: 'AXE-2',
  place: 8,
  title,
  funding: 'own',
  envelopes: ['QC-M8'],
  leads: ['MEQ'],
  collaborators: [{ code: 'SCF', name: title }],
  recommendations: [],
  initiative: null,
  adaptation: false,
  accessibility: false,
  deliverables: [],
  context: null,
  source,
  ...change,
})

export const someEnvelope = (change: Partial<Envelope> = {}): Envelope => ({
  code: 'QC-M8',
  programme: 'QC-PLAN-2021',
  title,
  organization: 'MEQ',
  organizationStated: true,
  measures: ['QC-8'],
  terms: [
    {
      kind: 'term',
      amount: money('10310069.00'),
      asStated: '10 310 069 $',
      precision: money('1.00'),
      firstFiscalYear: fiscalYear('2021-2022'),
      lastFiscalYear: fiscalYear('2025-2026'),
      stated: true,
    },
  ],
  financing: null,
  source,
  version: 1,
  ...change,
})
