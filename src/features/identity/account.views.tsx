import type { Bilingual } from '#core/language.ts'
import { AsWritten } from '#platform/html/as-written.tsx'
import { ErrorSummary, Field, Form } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { say } from '#platform/i18n/format.ts'
import type { Actor } from './actor.ts'
import type { OwnSession } from './own-session.ts'
import { OwnSessions } from './own-sessions.views.tsx'
import { heldRoleWords } from './role-words.ts'

const words = {
  title: { fr: 'Mon compte', en: 'My account' },
  roles: { fr: 'Rôles', en: 'Roles' },
  noRole: { fr: 'Aucun rôle ne vous est attribué.', en: 'You hold no role.' },
  ended: {
    fr: 'C’est fait : cet appareil n’est plus en session.',
    en: 'Done: that device is not signed in any more.',
  },
  tokens: { fr: 'Mes jetons', en: 'My tokens' },
  password: { fr: 'Changer mon mot de passe', en: 'Change my password' },
  intro: {
    fr: 'De 12 à 128 caractères, lesquels vous voulez; une phrase convient bien. Toutes vos sessions prennent fin, celle-ci aussi; vos jetons restent valides.',
    en: '12 to 128 characters, any of them; a sentence is good. All your sessions end, this one too; your tokens go on.',
  },
  current: { fr: 'Mot de passe actuel', en: 'Present password' },
  next: { fr: 'Nouveau mot de passe', en: 'New password' },
  again: { fr: 'Le nouveau, encore une fois', en: 'The new one, once more' },
  back: { fr: 'Mon compte', en: 'My account' },
} satisfies Record<string, Bilingual>

export interface AccountFacts {
  readonly actor: Actor
  readonly name: string
  readonly sessions: readonly OwnSession[]
  /** A session has just been ended. */
  readonly isEnded: boolean
}

export function accountPage(facts: AccountFacts, screen: Screen): Page {
  const { actor, name, sessions, isEnded } = facts
  const { language } = screen
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} />
        {isEnded && (
          <p class="notice" role="status">
            {say(words.ended, language)}
          </p>
        )}
        <p>
          <AsWritten text={name} /> – <strong>{actor.email}</strong>
        </p>
        <h2>{say(words.roles, language)}</h2>
        {actor.roles.length === 0 && <p>{say(words.noRole, language)}</p>}
        <ul>
          {actor.roles.map((held) => (
            <li key={`${held.role} ${held.organization}`}>{say(heldRoleWords(held), language)}</li>
          ))}
        </ul>
        <OwnSessions sessions={sessions} screen={screen} />
        <p class="ways">
          <a href={pathIn(language, '/account/password')}>{say(words.password, language)}</a>
          <a href={pathIn(language, '/tokens')}>{say(words.tokens, language)}</a>
        </p>
      </>
    ),
  }
}

export function passwordPage(screen: Screen): Page {
  const { language } = screen
  const field = (name: 'current' | 'next' | 'again') => ({
    ...{ screen, name, label: words[name], type: 'password' as const },
    autocomplete: name === 'current' ? 'current-password' : 'new-password',
  })
  return {
    title: words.password,
    main: (
      <>
        <ErrorSummary screen={screen} labels={words} />
        <p>{say(words.intro, language)}</p>
        <Form screen={screen} action="/account/password">
          <Field {...field('current')} />
          <Field {...field('next')} />
          <Field {...field('again')} />
          <p>
            <button type="submit">{say(words.password, language)}</button>
          </p>
        </Form>
        <p>
          <a href={pathIn(language, '/account')}>{say(words.back, language)}</a>
        </p>
      </>
    ),
  }
}
