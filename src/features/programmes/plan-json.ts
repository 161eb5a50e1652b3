import type { Measure } from './measure.ts'
import type { Announcement, Axis, PlanNote, Programme } from './programme.ts'

/** The plan as the API says it: every figure beside the words and the document it was read from. */
export const programmeJson = (
  programme: Programme,
  axes: readonly Axis[],
  notes: readonly PlanNote[],
) => ({
  code: programme.code,
  jurisdiction: programme.jurisdiction,
  title: programme.title,
  organization: programme.organization,
  firstFiscalYear: programme.firstFiscalYear,
  lastFiscalYear: programme.lastFiscalYear,
  announced:
    programme.announced === null
      ? null
      : {
          amount: programme.announced.amount.toString(),
          asStated: programme.announced.asStated,
          precision: programme.announced.precision.toString(),
          source: programme.announced.source,
        },
  axes: axes
    .filter(({ programme: code }) => code === programme.code)
    .map(({ code, title, source }) => ({ code, title, source })),
  notes,
  source: programme.source,
})

export const measureJson = (measure: Measure) => ({
  code: measure.code,
  programme: measure.programme,
  axis: measure.axis,
  title: measure.title,
  funding: measure.funding,
  envelopes: measure.envelopes,
  leads: measure.leads,
  collaborators: measure.collaborators,
  recommendations: measure.recommendations,
  initiative: measure.initiative,
  adaptation: measure.adaptation,
  accessibility: measure.accessibility,
  deliverables: measure.deliverables,
  context: measure.context,
  source: measure.source,
})

export const announcementJson = ({ amount, row, ...rest }: Announcement) => ({
  ...rest,
  row,
  amount: amount?.toString() ?? null,
})
