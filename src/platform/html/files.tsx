import type { VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import { say } from '#platform/i18n/format.ts'
import { pathIn } from './page.ts'

const words = {
  files: { fr: 'Télécharger', en: 'Download' },
} satisfies Record<string, Bilingual>

interface FilesProps {
  readonly language: Language
  /** Without its ending: `/periods`. */
  readonly path: string
  /** Filters, as the address says them. */
  readonly query?: string
}

/** The figures of a page as files. */
export const Files = ({ language, path, query = '' }: FilesProps): VNode => (
  <p class="ways">
    {say(words.files, language)} <a href={pathIn(language, `${path}.csv${query}`)}>CSV</a>{' '}
    <a href={pathIn(language, `${path}.xlsx${query}`)}>XLSX</a>
  </p>
)
