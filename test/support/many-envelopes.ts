import { money } from '#core/money.ts'
import { findEnvelope, openFunding, saveEnvelopes } from '#features/funding/funding.public.ts'
import type { Context } from '#features/identity/context.public.ts'

/** So many more envelopes of one measure's kind, each with money, so that a report by envelope is long. */
export async function openManyEnvelopes(context: Context, count: number): Promise<void> {
  const { work, event } = context
  const like = await findEnvelope(work, 'QC-M8')
  if (like === null) {
    throw new Error('the plan is not loaded')
  }
  const envelopes = Array.from({ length: count }, (_, place) => ({
    ...like,
    code: `QC-X${place + 1}`,
    title: { fr: `Enveloppe ajoutée ${place + 1}`, en: `Added envelope ${place + 1}` },
    measures: [],
    terms: like.terms.map((term) => ({ ...term, amount: money(`${1000 + place * 37}.25`) })),
  }))
  await saveEnvelopes(work, event, envelopes, 1000)
  await openFunding(
    context,
    envelopes.map(({ code }) => code),
  )
}
