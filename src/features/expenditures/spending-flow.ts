/**
 * How much the flow of posted documents brings: what a file that is written as it is read has to
 * know before. Example: 3 documents, one refunded, one reversed with its refund taken back:
 * 3 documents, 4 corrections.
 */
export interface FlowSize {
  readonly documents: number
  /** Entries that took some of them back, wholly or in part, or gave back what was taken. */
  readonly corrections: number
  readonly flags: number
}
