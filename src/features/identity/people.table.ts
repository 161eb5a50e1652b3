import { boolean, type Column, type Table, table, text } from '#core/table.ts'
import type { Person } from './person.ts'

const columns: readonly Column[] = [
  { key: 'email', label: { fr: 'Courriel', en: 'E-mail' }, type: 'text', brief: true },
  { key: 'name', label: { fr: 'Nom', en: 'Name' }, type: 'text', brief: true },
  { key: 'roles', label: { fr: 'Rôles', en: 'Roles' }, type: 'text', brief: true },
  { key: 'disabled', label: { fr: 'Désactivé', en: 'Disabled' }, type: 'boolean', brief: true },
]

export const peopleTable = (people: readonly Person[]): Table =>
  table({
    name: 'users',
    title: { fr: 'Utilisateurs', en: 'Users' },
    columns,
    rows: people.map(({ email, name, roles, isDisabled }) => ({
      role: 'data',
      cells: [
        text(email),
        text(name),
        text(roles.map(({ role, organization }) => `${role} ${organization}`).join(', ')),
        boolean(isDisabled),
      ],
    })),
  })
