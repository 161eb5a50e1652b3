import { z } from 'zod'
import { textField } from '#platform/http/input.ts'
import { reportQuery } from './report-query.routes.ts'

/**
 * What a page asks of a report. The API takes its assumptions in one text; a form has a field for
 * each, `assume.CA-2009:unknown:CA-2007`, and only those that are switched are sent with a value.
 */
const prefix = 'assume.'

function inOneText(sent: unknown): unknown {
  const fields = Object.entries(Object(sent))
  const switched = fields.filter(([name]) => name.startsWith(prefix))
  if (switched.length === 0) {
    return sent
  }
  const others = Object.fromEntries(fields.filter(([name]) => !name.startsWith(prefix)))
  const texts = switched.map(([name, taken]) => `${name.slice(prefix.length)}=${taken}`)
  return { ...others, assume: [others.assume ?? [], texts].flat().join(',') }
}

const pageSchema = reportQuery.extend({
  sort: textField(60).optional(),
  columns: z.enum(['all']).optional(),
})

/** Of files too: how the page shows its rows is not theirs. */
export const pageReportQuery = z.preprocess(inOneText, reportQuery)
export const pageQuery = z.preprocess(inOneText, pageSchema)
export const chartQueryOf = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.preprocess(inOneText, reportQuery.extend(shape))
