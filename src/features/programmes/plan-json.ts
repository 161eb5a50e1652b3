import type { Measure, Source } from './measure.ts'
import type { Announcement, Axis, PlanNote, Programme } from './programme.ts'

/** The plan as the API says it: every figure beside the words and the document it was read from. */
/** The documents escape the dollar sign for their own format: a reader is shown the words. */
export const shownWords = (words: string): string => words.replaceAll('\\$', '$')

export const sourceJson = ({ document, sha256, quote }: Source) => ({
  document,
  sha256,
  quote: shownWords(quote),
})

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
    .map(({ code, title, source }) => ({ code, title, source: sourceJson(source) })),
  notes,
  source: sourceJson(programme.source),
})

export const measureJson = (measure: Measure) => ({
  code: measure.code,
  programme: measure.programme,
  axis: measure.axis,
  title: measure.title,
  funding: measure.funding,
  envelopes: measure.envelopes,
  leads: measure.leads,
  // A body's name is said as the plan says it.
  collaborators: measure.collaborators.map(({ code, name }) => ({ code, name: name.fr })),
  recommendations: measure.recommendations,
  initiative: measure.initiative,
  adaptation: measure.adaptation,
  accessibility: measure.accessibility,
  deliverables: measure.deliverables,
  context: measure.context,
  source: sourceJson(measure.source),
})

export const announcementJson = ({ amount, row, ...rest }: Announcement) => ({
  ...rest,
  row,
  amount: amount?.toString() ?? null,
})
