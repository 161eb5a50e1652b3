import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { AsWritten } from '#platform/html/as-written.tsx'
import { ErrorSummary, Field, Form } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { say } from '#platform/i18n/format.ts'
import type { HeldRole } from './actor.ts'
import type { Person } from './person.ts'
import { heldRoleWords } from './role-words.ts'
import { RoleFields, roleLabels } from './users.views.tsx'

const words = {
  added: { fr: 'La personne a été ajoutée.', en: 'The person was added.' },
  changed: { fr: 'C’est enregistré.', en: 'It is saved.' },
  disabled: {
    fr: 'Tout accès lui est retiré : ses sessions et ses jetons ont pris fin.',
    en: 'All access is taken away: sessions and tokens have ended.',
  },
  enabled: {
    fr: 'Ses rôles et son mot de passe lui sont rendus, mais aucun jeton.',
    en: 'Roles and password are given back, and no token.',
  },
  isDisabled: { fr: 'Cette personne n’a plus aucun accès.', en: 'This person has no access.' },
  password: {
    fr: 'Un premier mot de passe, ou un nouveau, se donne à la machine du service :',
    en: 'A first password, or a new one, is given on the service’s machine:',
  },
  ownRoles: {
    fr: 'On ne change pas ses propres rôles : une autre personne qui administre le fait.',
    en: 'One does not change one’s own roles: another administrator does.',
  },
  roles: { fr: 'Rôles', en: 'Roles' },
  noRole: { fr: 'Aucun rôle.', en: 'No role.' },
  take: { fr: 'Retirer', en: 'Take away' },
  addRole: { fr: 'Ajouter le rôle', en: 'Add the role' },
  name: { fr: 'Nom', en: 'Name' },
  rename: { fr: 'Changer le nom', en: 'Change the name' },
  access: { fr: 'Accès', en: 'Access' },
  disable: { fr: 'Retirer tout accès', en: 'Take all access away' },
  disableHint: {
    fr: 'Ses sessions et ses jetons prennent fin aussitôt. Ses rôles et son mot de passe peuvent lui être rendus.',
    en: 'Sessions and tokens end at once. Roles and password can be given back.',
  },
  enable: { fr: 'Rendre l’accès', en: 'Give access back' },
  tokens: { fr: 'Jetons de tous', en: 'Everybody’s tokens' },
  back: { fr: 'Toutes les personnes', en: 'All people' },
} satisfies Record<string, Bilingual>

export const userDone = ['added', 'changed', 'disabled', 'enabled'] as const

export interface UserFacts {
  readonly person: Person
  readonly organizations: readonly string[]
  /** The person is who reads. */
  readonly isOneself: boolean
  readonly done: (typeof userDone)[number] | undefined
}

export function userPage(facts: UserFacts, screen: Screen): Page {
  const { person, isOneself, done } = facts
  const { language } = screen
  return {
    title: { fr: `Personne : ${person.email}`, en: `Person: ${person.email}` },
    main: (
      <>
        <ErrorSummary screen={screen} labels={{ ...words, ...roleLabels }} />
        {done !== undefined && (
          <p class="notice" role="status">
            {say(words[done], language)}
          </p>
        )}
        <p>
          <AsWritten text={person.name} />
        </p>
        {person.isDisabled && <p class="notice">{say(words.isDisabled, language)}</p>}
        <p>
          {say(words.password, language)}{' '}
          <code>{`vigie users password --email ${person.email} --password-stdin`}</code>
        </p>
        <Roles facts={facts} screen={screen} />
        <Rename person={person} screen={screen} />
        {!isOneself && <Access person={person} screen={screen} />}
        <p class="ways">
          <a href={pathIn(language, '/tokens')}>{say(words.tokens, language)}</a>
          <a href={pathIn(language, '/users')}>{say(words.back, language)}</a>
        </p>
      </>
    ),
  }
}

interface PartProps {
  readonly person: Person
  readonly screen: Screen
}

const pathOf = ({ id }: Person): string => `/users/${id}`

function Roles({ facts, screen }: { facts: UserFacts; screen: Screen }): VNode {
  const { person, organizations, isOneself } = facts
  const { language } = screen
  return (
    <section class="card">
      <h2>{say(words.roles, language)}</h2>
      {person.roles.length === 0 && <p>{say(words.noRole, language)}</p>}
      <ul>
        {person.roles.map((held) => (
          <li key={`${held.role} ${held.organization}`}>
            {isOneself ? (
              say(heldRoleWords(held), language)
            ) : (
              <Taking held={held} person={person} screen={screen} />
            )}
          </li>
        ))}
      </ul>
      {isOneself ? (
        <p>{say(words.ownRoles, language)}</p>
      ) : (
        <Form screen={screen} action={pathOf(person)} version={person.version}>
          <input type="hidden" name="step" value="add-role" />
          <RoleFields screen={screen} organizations={organizations} />
          <p>
            <button type="submit">{say(words.addRole, language)}</button>
          </p>
        </Form>
      )}
    </section>
  )
}

function Taking({ held, person, screen }: PartProps & { readonly held: HeldRole }): VNode {
  const name = say(heldRoleWords(held), screen.language)
  return (
    <Form screen={screen} action={pathOf(person)} version={person.version} class="bare">
      <input type="hidden" name="step" value="remove-role" />
      <input type="hidden" name="role" value={held.role} />
      <input type="hidden" name="organization" value={held.organization} />
      <button type="submit" class="danger">
        {say(words.take, screen.language)} – {name}
      </button>
    </Form>
  )
}

const Rename = ({ person, screen }: PartProps): VNode => (
  <section class="card">
    <h2>{say(words.rename, screen.language)}</h2>
    <Form screen={screen} action={pathOf(person)} version={person.version}>
      <input type="hidden" name="step" value="rename" />
      <Field screen={screen} name="name" label={words.name} value={person.name} />
      <p>
        <button type="submit">{say(words.rename, screen.language)}</button>
      </p>
    </Form>
  </section>
)

function Access({ person, screen }: PartProps): VNode {
  const { language } = screen
  const { isDisabled, version } = person
  return (
    <section class="card">
      <h2>{say(words.access, language)}</h2>
      {!isDisabled && <p>{say(words.disableHint, language)}</p>}
      <Form screen={screen} action={pathOf(person)} version={version} class="bare">
        <input type="hidden" name="step" value={isDisabled ? 'enable' : 'disable'} />
        <button type="submit" class={isDisabled ? undefined : 'danger'}>
          {say(isDisabled ? words.enable : words.disable, language)}
        </button>
      </Form>
    </section>
  )
}
