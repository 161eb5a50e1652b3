import type { Bilingual } from '#core/language.ts'
import { type Actor, everyOrganization } from '#features/identity/actor.ts'
import { roleWords } from '#features/identity/role-words.ts'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { say } from '#platform/i18n/format.ts'

const words = {
  title: { fr: 'Accueil', en: 'Home' },
  signedIn: { fr: 'Vous êtes en session :', en: 'You are signed in as' },
  noRole: {
    fr: 'Aucun rôle ne vous est attribué. Demandez-en un à l’administration.',
    en: 'You hold no role. Ask an administrator for one.',
  },
} satisfies Record<string, Bilingual>

/** What the person is and may do. */
export function homePage({ email, roles }: Actor, screen: Screen): Page {
  const { language, navigation } = screen
  return {
    title: words.title,
    main: (
      <>
        <p>
          {say(words.signedIn, language)} <strong>{email}</strong>
        </p>
        {roles.length === 0 ? (
          <p class="notice">{say(words.noRole, language)}</p>
        ) : (
          <ul>
            {roles.map(({ role, organization }) => (
              <li key={`${role} ${organization}`}>
                {say(roleWords[role], language)}
                {organization === everyOrganization ? '' : ` – ${organization}`}
              </li>
            ))}
          </ul>
        )}
        <div class="cards">
          {navigation.map((group) => (
            <section key={group.words.en} class="card">
              <h2>{say(group.words, language)}</h2>
              <ul>
                {group.entries.map(({ path, words: name }) => (
                  <li key={path}>
                    <a href={pathIn(language, path)}>{say(name, language)}</a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </>
    ),
  }
}
