import { languages } from '#core/language.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { KeptFile } from './kept-file.ts'

/** None while the year is not closed, or its files are being drawn. */
export async function listKeptFiles(handle: Handle, yearEnd: string): Promise<readonly KeptFile[]> {
  const rows = await handle
    .selectFrom('frozen_report')
    .select(['frozen_report.format', 'frozen_report.language', 'frozen_report.sha256'])
    .where('frozen_report.year_end', '=', yearEnd)
    .orderBy('frozen_report.format', 'desc')
    .orderBy('frozen_report.language', 'desc')
    .execute()
  return rows.map(({ format, language, sha256 }) => ({
    format: format === 'json' ? 'json' : 'xlsx',
    language: languages.find((each) => each === language) ?? null,
    sha256,
  }))
}
