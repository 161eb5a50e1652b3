/**
 * What an auditor wrote about a part of the record: a document, an event, a total. Auditors change
 * nothing else (docs/operations.md, roles); what they wrote is not changed either, by anybody.
 */
export interface Observation {
  readonly id: string
  readonly subject: string
  readonly text: string
  readonly writtenBy: string
  /** Position of its event, and that event's instant. */
  readonly position: number
  readonly at: string
}
