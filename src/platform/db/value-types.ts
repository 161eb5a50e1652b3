import { type CustomTypesConfig, types } from 'pg'

/**
 * What becomes something else than PostgreSQL's own text. Everything not named here, and so every
 * numeric, bigint, date, timestamp, interval, json and array of them, stays the text it is: `pg`
 * would make local midnights of days and floats of amounts.
 */
const parsed: ReadonlySet<number> = new Set([
  16, // boolean
  17, // bytea
  21, // smallint
  23, // integer
  26, // oid
  700, // real
  701, // double precision
  1000, // boolean[]
  1001, // bytea[]
  1005, // smallint[]
  1007, // integer[]
  1009, // text[]
  1015, // varchar[]
])

const asPrinted = (text: string): string => text

/** Given to a pool; `pg`'s global parsers stay as they are. */
export const valueTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number) =>
    parsed.has(oid) ? types.getTypeParser(oid, 'text') : asPrinted) as typeof types.getTypeParser,
}
