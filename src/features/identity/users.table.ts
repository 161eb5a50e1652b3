import type { Bilingual } from '#core/language.ts'
import { type Column, date, missing, type Table, table, text } from '#core/table.ts'
import type { Person } from './person.ts'
import { heldRoleWords } from './role-words.ts'

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
      // By the day: to the minute, the list would be another each time it is looked at.
      { ...column('lastUsedAt', 'Dernier usage', 'Last use'), type: 'date' },
    ],
    rows: people.map(({ name, email, roles, isDisabled, lastUsedAt }) => ({
      role: 'data',
      cells: [
        text(name),
        text(email),
        roles.length === 0 ? missing('absent') : text(listed(roles.map(heldRoleWords))),
        text(isDisabled ? accessWords.taken : accessWords.open),
        lastUsedAt === null ? missing('absent') : date(lastUsedAt.slice(0, 10)),
      ],
    })),
  })

const listed = (words: readonly Bilingual[]): Bilingual => ({
  fr: words.map(({ fr }) => fr).join(', '),
  en: words.map(({ en }) => en).join(', '),
})
