import type { Bilingual } from '#core/language.ts'
import {
  boolean,
  type Column,
  type ColumnType,
  missing,
  type Table,
  table,
  text,
} from '#core/table.ts'
import type { NamedOrganization } from './organization.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  ...{ key, label: { fr, en }, type, brief: true },
})

/** What the sources say an organization is. */
const kindWords = new Map<string, Bilingual>(
  Object.entries({
    ministry: { fr: 'ministère', en: 'ministry' },
    body: { fr: 'organisme public', en: 'public body' },
    police: { fr: 'corps de police', en: 'police force' },
    network: { fr: 'réseau', en: 'network' },
    community: { fr: 'communauté', en: 'community' },
    other: { fr: 'autre', en: 'other' },
  }),
)

const governmentWords: Readonly<Record<'QC' | 'CA', Bilingual>> = {
  QC: { fr: 'Québec', en: 'Quebec' },
  CA: { fr: 'Canada', en: 'Canada' },
}

/** Organizations as their page and its files list them. */
export const organizationsTable = (organizations: readonly NamedOrganization[]): Table =>
  table({
    name: 'organizations',
    title: { fr: 'Organismes', en: 'Organizations' },
    columns: [
      column('code', 'Sigle', 'Acronym'),
      column('name', 'Nom', 'Name'),
      column('jurisdiction', 'Gouvernement', 'Government'),
      column('kind', 'Genre', 'Kind'),
      column('nameKnown', 'Nom connu', 'Name known', 'boolean'),
    ],
    rows: organizations.map(({ code, name, jurisdiction, kind, nameKnown }) => ({
      role: 'data',
      cells: [
        text(code),
        text(name),
        jurisdiction === null ? missing('absent') : text(governmentWords[jurisdiction]),
        text(kindWords.get(kind) ?? kind),
        boolean(nameKnown),
      ],
    })),
  })
