import { describeHostile } from '#test/support/hostile-suite.ts'
import type { HostileUpload } from '#test/support/hostile-uploads.ts'

/** What a workbook that comes back may be, and a file to import may not; and what it may not be. */
const otherwise: Readonly<Record<string, string>> = {
  'two hundred and fifty parts': 'read',
  'a shared text of 30 MiB': 'files/too-demanding',
  'a million columns': 'files/workbook-damaged',
  'column XFE': 'files/workbook-damaged',
  'a style that is not there': 'read',
  'a text of 40 000 characters': 'read',
  '25 000 merged ranges': 'read',
  'a workbook of 20 MiB and a byte': 'files/type-unknown',
  'a CSV under the name of a workbook': 'files/type-unknown',
}

const ofReturned = ({ says, name, outcome }: HostileUpload): string =>
  otherwise[says] ??
  (name.endsWith('.csv') && outcome !== 'files/empty' ? 'files/type-unknown' : outcome)

describeHostile('a workbook that comes back', 'returned', ofReturned)
