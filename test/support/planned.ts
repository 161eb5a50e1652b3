/** An envelope that somebody of MSP proposes; what a test is about it says itself. */
export const plannedEnvelope = (change: Record<string, unknown> = {}) => ({
  code: 'QC-M90',
  programme: 'QC-PLAN-2021',
  title: { fr: 'Enveloppe d’essai', en: 'Trial envelope' },
  measures: [],
  organization: 'MSP',
  terms: [
    {
      kind: 'term',
      amount: '2 M$',
      firstFiscalYear: '2024-2025',
      lastFiscalYear: '2025-2026',
      stated: true,
    },
  ],
  source: { document: 'ESSAI', quote: '2 millions de dollars sur deux ans' },
  ...change,
})

/** A relation of two envelopes of MSP. */
export const plannedRelation = (change: Record<string, unknown> = {}) => ({
  from: 'QC-M12',
  to: 'QC-M2',
  kind: 'adds',
  stated: true,
  citation: 'Somme ajoutée',
  ...change,
})
