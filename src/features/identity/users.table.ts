import type { Bilingual } from '#core/language.ts'
import { type Column, missing, type Table, table, text } from '#core/table.ts'
import type { Person } from './person.ts'
import { heldRoleWords } from './role-words.ts'
import { toMinute } from './tokens.table.ts'

const column = (key: string, fr: string, en: string): Column => ({
  ...{ key, label: { fr, en }, type: 'text', brief: true },
})

export const accessWords = {
  open: { fr: 'ouvert', en: 'open' },
  taken: { fr: 'retiré', en: 'taken away' },
} satisfies Record<string, Bilingual>

/** People as their page and its files list them. */
export const usersTable = (
  people: readonly (Person & { readonly lastUsedAt: string | null })[],
): Table =>
  table({
    name: 'users',
    title: { fr: 'Personnes', en: 'People' },
    columns: [
      column('name', 'Nom', 'Name'),
      column('email', 'Courriel', 'E-mail'),
      column('roles', 'Rôles', 'Roles'),
      column('access', 'Accès', 'Access'),
      column('lastUsedAt', 'Dernier usage (UTC)', 'Last use (UTC)'),
    ],
    rows: people.map(({ name, email, roles, isDisabled, lastUsedAt }) => ({
      role: 'data',
      cells: [
        text(name),
        text(email),
        roles.length === 0 ? missing('absent') : text(listed(roles.map(heldRoleWords))),
        text(isDisabled ? accessWords.taken : accessWords.open),
        lastUsedAt === null ? missing('absent') : text(toMinute(lastUsedAt)),
      ],
    })),
  })

const listed = (words: readonly Bilingual[]): Bilingual => ({
  fr: words.map(({ fr }) => fr).join(', '),
  en: words.map(({ en }) => en).join(', '),
})
