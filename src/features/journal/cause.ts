/**
 * Why an entry moved a total: the first of these that fits. The rule that chooses is the function
 * `entry_cause` of the database (migrations/0025_causes.sql). Commitments and lapses come last:
 * they move no planned money to or from anybody else, but columns would not add up without them.
 * Example: the reversal of a late expenditure is a reversal.
 */
export const causes = [
  'reclassification',
  'reversal',
  'refund',
  'late-item',
  'spending',
  'opening-of-year',
  'supplement-reduction',
  'transfer-distribution',
  'carry-forward',
  'commitment-release',
  'lapse',
] as const
export type Cause = (typeof causes)[number]
