import { boolean, type Column, type Table, table, text } from '#core/table.ts'
import type { Person } from './person.ts'
import { toMinute } from './tokens.table.ts'

const columns: readonly Column[] = [
  { key: 'email', label: { fr: 'Courriel', en: 'E-mail' }, type: 'text', brief: true },
  { key: 'name', label: { fr: 'Nom', en: 'Name' }, type: 'text', brief: true },
  { key: 'roles', label: { fr: 'Rôles', en: 'Roles' }, type: 'text', brief: true },
  { key: 'disabled', label: { fr: 'Désactivé', en: 'Disabled' }, type: 'boolean', brief: true },
]

const lastUse: Column = {
  key: 'lastUsedAt',
  label: { fr: 'Dernier usage (UTC)', en: 'Last use (UTC)' },
  type: 'text',
  brief: true,
}

export const peopleTable = (people: readonly Person[]): Table =>
  table({
    name: 'users',
    title,
    columns,
    rows: people.map((person) => ({ role: 'data', cells: cellsOf(person) })),
  })

type SeenPerson = Person & { readonly lastUsedAt: string | null }

/** With when each of them was last there. */
export const seenPeopleTable = (people: readonly SeenPerson[]): Table =>
  table({
    name: 'users',
    title,
    columns: [...columns, lastUse],
    rows: people.map((person) => ({
      role: 'data',
      cells: [...cellsOf(person), text(toMinute(person.lastUsedAt))],
    })),
  })

const title = { fr: 'Utilisateurs', en: 'Users' }

const cellsOf = ({ email, name, roles, isDisabled }: Person) => [
  text(email),
  text(name),
  text(roles.map(({ role, organization }) => `${role} ${organization}`).join(', ')),
  boolean(isDisabled),
]
