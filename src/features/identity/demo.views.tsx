import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { Form } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { say } from '#platform/i18n/format.ts'
import { type Role, roles } from './actor.ts'
import { roleWords } from './role-words.ts'
import { paths, type Step } from './visitor.ts'

const words = {
  title: { fr: 'Démonstration', en: 'Demo' },
  intro: {
    fr: 'Les chiffres du plan et des dépenses publiées sont vrais et cités; les personnes sont fictives. Entrez dans un rôle, sans mot de passe, et changez-en quand vous voulez.',
    en: 'The figures of the plan and of published spending are real and cited; the people are made up. Enter in a role, without a password, and change it whenever you like.',
  },
  enter: { fr: 'Entrer', en: 'Enter' },
  here: { fr: 'Vous êtes dans ce rôle.', en: 'You are in this role.' },
} satisfies Record<string, Bilingual>

export interface DemoFacts {
  /** The role the visitor is in. */
  readonly role: Role | null
  /** Whether a page is there. */
  readonly isThere: (path: string) => boolean
}

export function demoPage({ role, isThere }: DemoFacts, screen: Screen): Page {
  return {
    title: words.title,
    main: (
      <>
        <p>{say(words.intro, screen.language)}</p>
        <div class="cards">
          {roles.map((each) => (
            <RoleCard
              key={each}
              role={each}
              isHere={each === role}
              steps={paths[each].filter(({ path }) => isThere(path))}
              screen={screen}
            />
          ))}
        </div>
      </>
    ),
  }
}

interface RoleCardProps {
  readonly role: Role
  readonly isHere: boolean
  readonly steps: readonly Step[]
  readonly screen: Screen
}

function RoleCard({ role, isHere, steps, screen }: RoleCardProps): VNode {
  const { language } = screen
  const name = say(roleWords[role], language)
  return (
    <section class="card">
      <h2>{name}</h2>
      {steps.length > 0 && (
        <ol>
          {steps.map(({ path, words: what }) => (
            <li key={path}>
              {isHere ? (
                <a href={pathIn(language, path)}>{say(what, language)}</a>
              ) : (
                say(what, language)
              )}
            </li>
          ))}
        </ol>
      )}
      {isHere ? (
        <p>
          <strong>{say(words.here, language)}</strong>
        </p>
      ) : (
        <Form screen={screen} action="/demo" class="bare">
          <input type="hidden" name="role" value={role} />
          <button type="submit">
            {say(words.enter, language)} – {name}
          </button>
        </Form>
      )}
    </section>
  )
}
