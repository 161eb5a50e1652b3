import { findMeasure, listProgrammes } from '#features/programmes/programmes.public.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { findEnvelope } from './funding.public.ts'
import { type Asked, type CellFacts, envelopeOf } from './placement.ts'

/** What the plan says about a place; what it does not know is null, for `place` to refuse. */
export async function loadCell(handle: Handle, asked: Asked): Promise<CellFacts> {
  const measure = asked.measure === null ? null : await findMeasure(handle, asked.measure)
  const code = envelopeOf(asked, measure)
  const envelope = code === null ? null : await findEnvelope(handle, code)
  const programmes = await listProgrammes(handle)
  const owner = envelope?.programme ?? measure?.programme
  const programme = programmes.find((candidate) => candidate.code === owner) ?? null
  return { measure, envelope, programme }
}
