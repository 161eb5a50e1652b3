import type { ExpenditureStatement, PublicSource } from './expenditure.ts'

/**
 * A payment that a public source prints. It is recorded at the date printed, by the organization
 * that leads the measure, and its source stands for the justification: nobody at Vigie saw the
 * invoice. Example: 2 250 000.00 to 35 bodies on 2022-04-20, measure QC-11, row 10 of the file.
 */
export interface PublishedPayment {
  readonly stated: ExpenditureStatement
  readonly flags: readonly string[]
  readonly source: PublicSource
}
