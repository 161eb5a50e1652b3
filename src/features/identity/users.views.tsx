import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { Column, TableRow } from '#core/table.ts'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, Form, type Option, Select } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import { roles } from './actor.ts'
import type { Person } from './person.ts'
import { roleWords } from './role-words.ts'
import { usersTable } from './users.table.ts'

const words = {
  title: { fr: 'Personnes', en: 'People' },
  intro: {
    fr: 'Vous ajoutez des personnes et donnez des rôles, mais ni mot de passe ni jeton : qui les donnerait pourrait approuver au nom d’une autre personne. Le premier mot de passe, ou un nouveau, vient de l’exploitant, à la ligne de commande.',
    en: 'You add people and give roles, but neither passwords nor tokens: whoever gave them could approve in somebody else’s name. A first password, or a new one, comes from the operator, at the command line.',
  },
  add: { fr: 'Ajouter une personne', en: 'Add a person' },
  email: { fr: 'Courriel', en: 'E-mail address' },
  emailHint: {
    fr: 'Elle ne change plus : les documents et les événements nomment la personne par elle.',
    en: 'It is for life: documents and events name the person by it.',
  },
  name: { fr: 'Nom', en: 'Name' },
} satisfies Record<string, Bilingual>

export const roleLabels = {
  role: { fr: 'Rôle', en: 'Role' },
  organization: { fr: 'Organisme', en: 'Organization' },
} satisfies Record<string, Bilingual>

const organizationHint: Bilingual = {
  fr: 'D’un agent financier ou d’un approbateur; les autres rôles valent pour tous.',
  en: 'Of a finance officer or an approver; the other roles are held for all.',
}

export interface UsersFacts {
  readonly people: readonly (Person & { readonly lastUsedAt: string | null })[]
  readonly organizations: readonly string[]
}

export function usersPage({ people, organizations }: UsersFacts, screen: Screen): Page {
  const { language } = screen
  const table = usersTable(people)
  const hrefOf = (row: TableRow, { key }: Column): string | null =>
    key === 'name' ? pathIn(language, `/users/${people[table.rows.indexOf(row)]?.id}`) : null
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} labels={{ ...words, ...roleLabels }} />
        <p>{say(words.intro, language)}</p>
        <Files language={language} path="/users" />
        <TableView
          table={table}
          language={language}
          header="name"
          hrefOf={hrefOf}
          asWritten={['name']}
        />
        <section class="card">
          <h2>{say(words.add, language)}</h2>
          <Form screen={screen} action="/users">
            <Field
              screen={screen}
              name="email"
              label={words.email}
              hint={words.emailHint}
              type="email"
            />
            <Field screen={screen} name="name" label={words.name} />
            <RoleFields screen={screen} organizations={organizations} />
            <p>
              <button type="submit">{say(words.add, language)}</button>
            </p>
          </Form>
        </section>
      </>
    ),
  }
}

interface RoleFieldsProps {
  readonly screen: Screen
  readonly organizations: readonly string[]
}

/** A role, and for whom it is held. */
export function RoleFields({ screen, organizations }: RoleFieldsProps): VNode {
  const all: Option = { value: '', words: { fr: 'tous', en: 'all' } }
  return (
    <>
      <Select
        screen={screen}
        name="role"
        label={roleLabels.role}
        options={roles.map((role) => ({ value: role, words: roleWords[role] }))}
      />
      <Select
        screen={screen}
        name="organization"
        label={roleLabels.organization}
        hint={organizationHint}
        options={[all, ...organizations.map((code) => ({ value: code, words: code }))]}
      />
    </>
  )
}
