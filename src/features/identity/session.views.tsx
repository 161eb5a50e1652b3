import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { ErrorSummary, Field, Form } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { say } from '#platform/i18n/format.ts'
import { type Kept, keptText } from './kept.ts'

const words = {
  signIn: { fr: 'Se connecter', en: 'Sign in' },
  email: { fr: 'Courriel', en: 'E-mail address' },
  password: { fr: 'Mot de passe', en: 'Password' },
  ended: {
    fr: 'Votre session est terminée. Ce que vous avez saisi est gardé : reconnectez-vous pour l’envoyer.',
    en: 'Your session has ended. What you typed is kept: sign in again to send it.',
  },
  changed: {
    fr: 'Votre mot de passe est changé. Connectez-vous avec le nouveau.',
    en: 'Your password is changed. Sign in with the new one.',
  },
  fileLost: {
    fr: 'Votre session est terminée. Ce que vous avez saisi est gardé, mais pas le fichier : reconnectez-vous et choisissez-le de nouveau.',
    en: 'Your session has ended. What you typed is kept, but not the file: sign in again and choose it once more.',
  },
  resume: { fr: 'Reprendre l’envoi', en: 'Send again' },
  resumeHint: {
    fr: 'Vous êtes de nouveau en session. Voici ce que vous aviez saisi; rien n’est encore enregistré.',
    en: 'You are signed in again. This is what you had typed; nothing is saved yet.',
  },
  chooseAgain: {
    fr: 'Le fichier n’a pas été gardé : choisissez-le de nouveau avant d’envoyer.',
    en: 'The file was not kept: choose it again before you send.',
  },
  file: { fr: 'Fichier', en: 'File' },
  demo: {
    fr: 'Démonstration : choisir un rôle et entrer sans mot de passe',
    en: 'Demo: choose a role and enter without a password',
  },
  opening: { fr: 'Ouverture de la page', en: 'Opening the page' },
  goOn: { fr: 'Continuer', en: 'Continue' },
  send: { fr: 'Envoyer', en: 'Send' },
  drop: { fr: 'Abandonner', en: 'Discard' },
} satisfies Record<string, Bilingual>

export interface SignInFacts {
  /** Where to go afterwards: a page of ours, with its language. */
  readonly next: string
  readonly kept: Kept | null
  readonly isDemo: boolean
  /** The form came with a file, which does not wait in a page. */
  readonly isFileLost?: boolean
  /** The person has just given themselves another password. */
  readonly isChanged?: boolean
}

export function signInPage(facts: SignInFacts, screen: Screen): Page {
  const { next, kept, isDemo, isChanged, isFileLost = false } = facts
  const { language } = screen
  return {
    title: words.signIn,
    main: (
      <>
        <ErrorSummary screen={screen} />
        {isChanged === true && (
          <p class="notice" role="status">
            {say(words.changed, language)}
          </p>
        )}
        {kept !== null && (
          <p class="notice">{say(isFileLost ? words.fileLost : words.ended, language)}</p>
        )}
        {isDemo && (
          <p class="notice">
            <a href={pathIn(language, '/demo')}>{say(words.demo, language)}</a>
          </p>
        )}
        <Form screen={screen} action="/sign-in">
          <input type="hidden" name="next" value={next} />
          {kept !== null && <input type="hidden" name="kept" value={keptText(kept)} />}
          {isFileLost && <input type="hidden" name="file" value="again" />}
          <Field
            screen={screen}
            name="email"
            label={words.email}
            type="email"
            autocomplete="username"
          />
          <Field
            screen={screen}
            name="password"
            label={words.password}
            type="password"
            autocomplete="current-password"
          />
          <p>
            <button type="submit">{say(words.signIn, language)}</button>
          </p>
        </Form>
      </>
    ),
  }
}

export interface ResumeFacts {
  readonly next: string
  readonly kept: Kept
  readonly isFileLost: boolean
}

/** Shows what was kept before it is sent: whoever signed in may be somebody else. */
export function resumePage({ next, kept, isFileLost }: ResumeFacts, screen: Screen): Page {
  const { language, form } = screen
  const entries = Object.entries(kept).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [{ name, value }]
      : // Each at its place: a list of one, sent under its name alone, would come as a text.
        value.map((each, place) => ({ name: `${name}.${place}`, value: each })),
  )
  const typed = entries.filter(({ name }) => name !== 'key' && name !== 'version')
  return {
    title: words.resume,
    main: (
      <>
        <p>{say(words.resumeHint, language)}</p>
        {typed.length > 0 && (
          <ul>
            {typed.map(({ name, value }) => (
              <li key={`${name} ${value}`}>{value}</li>
            ))}
          </ul>
        )}
        {isFileLost && <p class="notice">{say(words.chooseAgain, language)}</p>}
        <form
          method="post"
          action={next}
          enctype={isFileLost ? 'multipart/form-data' : undefined}
          class="fields"
        >
          <input type="hidden" name="csrf" value={form.csrf ?? ''} />
          {entries.map(hidden)}
          {isFileLost && <Field screen={screen} name="file" label={words.file} type="file" />}
          <p>
            <button type="submit">{say(words.send, language)}</button>{' '}
            <a href={pathIn(language, '/')}>{say(words.drop, language)}</a>
          </p>
        </form>
      </>
    ),
  }
}

/** Loads itself again at once: the same address, asked for by a page of ours. */
export const openingPage = ({ language, address }: Screen): Page => ({
  title: words.opening,
  main: (
    <p>
      <a href={pathIn(language, address)}>{say(words.goOn, language)}</a>
    </p>
  ),
})

const hidden = ({ name, value }: { name: string; value: string }): VNode => (
  <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
)
