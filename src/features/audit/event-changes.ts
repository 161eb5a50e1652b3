import type { JsonValue } from '#core/canonical.ts'
import type { RecordedEvent } from './event.ts'

/**
 * What an event says before and after, field by field. A field inside another is named by the way
 * to it: `lines.0.amount`. Null is a field that is not there, or holds nothing.
 * Example: { state: 'draft' } → { state: 'submitted' } is one row: state, draft, submitted.
 */
export interface FieldChange {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

export function changesOf({ before, after }: RecordedEvent): readonly FieldChange[] {
  const [left, right] = [new Map(leavesOf(before)), new Map(leavesOf(after))]
  return [...new Set([...right.keys(), ...left.keys()])].map((field) => ({
    field,
    before: left.get(field) ?? null,
    after: right.get(field) ?? null,
  }))
}

function leavesOf(
  value: JsonValue,
  way: readonly string[] = [],
): readonly (readonly [field: string, text: string])[] {
  if (value === null) {
    return []
  }
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...way, name]))
  }
  return [[way.join('.'), String(value)]]
}
