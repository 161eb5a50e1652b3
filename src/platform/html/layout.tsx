import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Bilingual, Language } from '#core/language.ts'
import { formatInstant, localeOf, say } from '#platform/i18n/format.ts'
import { AsWritten } from './as-written.tsx'
import { assetPath } from './assets.ts'
import { type Frame, type Page, pathIn, type Screen, type Standing } from './page.ts'

const words = {
  skip: { fr: 'Aller au contenu', en: 'Skip to content' },
  menu: { fr: 'Menu', en: 'Menu' },
  pages: { fr: 'Pages', en: 'Pages' },
  signOut: { fr: 'Se déconnecter', en: 'Sign out' },
  position: { fr: 'Position', en: 'Position' },
  issued: { fr: 'Produit le', en: 'Issued on' },
} satisfies Record<string, Bilingual>

/** In its own language, as one who does not read the present one looks for it. */
const otherLanguage: Readonly<Record<Language, { readonly to: Language; readonly name: string }>> =
  {
    fr: { to: 'en', name: 'English' },
    en: { to: 'fr', name: 'Français' },
  }

interface Place extends Pick<Screen, 'language' | 'address'> {
  /** When the page is made: ISO instant, printed on paper. */
  readonly issuedAt: string
}

/** The whole document as text. */
export const renderPage = (page: Page, frame: Frame, place: Place): string =>
  `<!DOCTYPE html>${renderToString(<Document page={page} frame={frame} place={place} />)}`

interface DocumentProps {
  readonly page: Page
  readonly frame: Frame
  readonly place: Place
}

function Document({ page, frame, place }: DocumentProps): VNode {
  const { language } = place
  return (
    <html lang={localeOf(language)}>
      <head>
        <meta charset="utf-8" />
        <title>{`${say(page.title, language)} – Vigie`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href={assetPath('vigie.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetPath('vigie.css')} />
        <script type="module" src={assetPath('vigie.js')} />
      </head>
      <body>
        <a class="skip" href="#main">
          {say(words.skip, language)}
        </a>
        <Header frame={frame} place={place} />
        <Navigation frame={frame} place={place} />
        <main id="main" tabIndex={-1}>
          <h1>{say(page.title, language)}</h1>
          {page.main}
        </main>
        <Footer place={place} standing={page.standing} />
      </body>
    </html>
  )
}

function Header({ frame, place }: Omit<DocumentProps, 'page'>): VNode {
  const { language, address } = place
  const { to, name } = otherLanguage[language]
  return (
    <header>
      <a class="brand" href={pathIn(language, '/')}>
        Vigie
      </a>
      {frame.navigation.length > 0 && (
        <button type="button" class="menu" popovertarget="navigation">
          {say(words.menu, language)}
        </button>
      )}
      <a class="language" href={pathIn(to, address)} lang={localeOf(to)} hreflang={localeOf(to)}>
        {name}
      </a>
      {frame.person !== null && <SignOut frame={frame} language={language} />}
    </header>
  )
}

function SignOut({ frame, language }: { frame: Frame; language: Language }): VNode {
  return (
    <form method="post" action={pathIn(language, '/sign-out')} class="who">
      <AsWritten text={frame.person ?? ''} />
      <input type="hidden" name="csrf" value={frame.csrf ?? ''} />
      <button type="submit" class="quiet">
        {say(words.signOut, language)}
      </button>
    </form>
  )
}

function Navigation({ frame, place }: Omit<DocumentProps, 'page'>): VNode | null {
  const { language, address } = place
  const [here = '/'] = address.split('?')
  if (frame.navigation.length === 0) {
    return null
  }
  return (
    <nav id="navigation" aria-label={say(words.pages, language)} popover="auto">
      {frame.navigation.map((group) => (
        <section key={group.words.en}>
          <h2>{say(group.words, language)}</h2>
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.path}>
                <a
                  href={pathIn(language, entry.path)}
                  aria-current={entry.path === here ? 'page' : undefined}
                >
                  {say(entry.words, language)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

function Footer({ place, standing }: { place: Place; standing?: Standing | undefined }): VNode {
  const { language, issuedAt } = place
  return (
    <footer>
      <span>Vigie</span>
      {standing !== undefined && (
        <span>
          {say(words.position, language)} <strong>{standing.position}</strong>,{' '}
          <time dateTime={standing.positionAt}>{formatInstant(standing.positionAt, language)}</time>
        </span>
      )}
      <span class="paper">
        {say(words.issued, language)}{' '}
        <time dateTime={issuedAt}>{formatInstant(issuedAt, language)}</time>
      </span>
    </footer>
  )
}
