import type { Bilingual } from '#core/language.ts'
import type { Measure, Source } from './measure.ts'

/**
 * What another document says around a measure, as the fixture of the plan words it: a sentence, and
 * facts about the team that the measure adds to. Example: QC-25, whose team exists since 2017.
 */
export interface MeasureContext {
  readonly text: Bilingual
  readonly facts: {
    readonly created: number
    readonly coordinator: string
    readonly mandate: Bilingual
    readonly participants: Bilingual
  }
  readonly source: Source
}

/** The plan's loader keeps it as it is written. */
export const contextOf = ({ context }: Measure): MeasureContext | null =>
  isContext(context) ? context : null

function isContext(value: unknown): value is MeasureContext {
  const { text, facts, source } = Object(value)
  const { created, coordinator, mandate, participants } = Object(facts)
  const { document, quote } = Object(source)
  return (
    [text, mandate, participants].every(isBilingual) &&
    typeof created === 'number' &&
    [coordinator, document, quote].every((part) => typeof part === 'string')
  )
}

function isBilingual(value: unknown): value is Bilingual {
  const { fr, en } = Object(value)
  return typeof fr === 'string' && typeof en === 'string'
}
