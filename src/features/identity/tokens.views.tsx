import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { Column, TableRow } from '#core/table.ts'
import { AsWritten } from '#platform/html/as-written.tsx'
import { Files } from '#platform/html/files.tsx'
import { ErrorSummary, Field, Form } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { formatInstant, say } from '#platform/i18n/format.ts'
import { type KeptToken, tokenDaysDefault, tokenDaysMax, versionOfToken } from './token.ts'
import { ownedTokensTable } from './tokens.table.ts'

const words = {
  title: { fr: 'Jetons', en: 'Tokens' },
  intro: {
    fr: 'Un jeton laisse un programme agir en votre nom, avec vos rôles et rien de plus.',
    en: 'A token lets a program act in your name, with your roles and no more.',
  },
  everybody: {
    fr: 'Vous voyez les jetons de tous, et pouvez les révoquer; vous n’en émettez que pour vous-même.',
    en: 'You see everybody’s tokens and can revoke them; you issue them for yourself alone.',
  },
  none: {
    fr: 'Aucun jeton. Émettez-en un ci-dessous pour un programme.',
    en: 'No token. Issue one for a program below.',
  },
  issue: { fr: 'Émettre un jeton', en: 'Issue a token' },
  label: { fr: 'Libellé', en: 'Label' },
  labelHint: { fr: 'Le programme qui s’en servira.', en: 'The program that will use it.' },
  days: { fr: 'Jours de validité', en: 'Days it is good for' },
  daysHint: { fr: `De 1 à ${tokenDaysMax}.`, en: `1 to ${tokenDaysMax}.` },
  revoked: { fr: 'Le jeton a été révoqué.', en: 'The token was revoked.' },
  given: { fr: 'Jeton émis', en: 'Token issued' },
  once: {
    fr: 'Voici le jeton. Copiez-le maintenant : il n’est montré qu’une fois, et seule son empreinte est conservée.',
    en: 'This is the token. Copy it now: it is shown once, and only its digest is kept.',
  },
  shown: {
    fr: 'Ce jeton a été émis et déjà montré. S’il n’a pas été copié, révoquez-le et émettez-en un autre.',
    en: 'This token was issued and already shown. If it was not copied, revoke it and issue another.',
  },
  revoke: { fr: 'Révoquer le jeton', en: 'Revoke the token' },
  revokeHint: {
    fr: 'Le programme qui s’en sert est refusé aussitôt, pour de bon.',
    en: 'The program that uses it is refused at once, for good.',
  },
  isRevoked: { fr: 'Ce jeton a été révoqué :', en: 'This token was revoked:' },
  of: { fr: 'Jeton de', en: 'Token of' },
  expires: { fr: 'Expire', en: 'Expires' },
  back: { fr: 'Tous les jetons', en: 'All tokens' },
} satisfies Record<string, Bilingual>

export interface TokensFacts {
  readonly tokens: readonly KeptToken[]
  /** Of everybody, not only one's own. */
  readonly seesAll: boolean
  readonly isRevoked: boolean
}

export function tokensPage({ tokens, seesAll, isRevoked }: TokensFacts, screen: Screen): Page {
  const { language } = screen
  const table = ownedTokensTable(tokens)
  const hrefOf = (row: TableRow, { key }: Column): string | null =>
    key === 'id' ? pathIn(language, `/tokens/${tokens[table.rows.indexOf(row)]?.id}/revoke`) : null
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} labels={words} />
        {isRevoked && (
          <p class="notice" role="status">
            {say(words.revoked, language)}
          </p>
        )}
        <p>
          {say(words.intro, language)} {seesAll && say(words.everybody, language)}
        </p>
        <Files language={language} path="/tokens" />
        <TableView
          table={table}
          language={language}
          hrefOf={hrefOf}
          asWritten={['label']}
          empty={words.none}
        />
        <Issue screen={screen} />
      </>
    ),
  }
}

const Issue = ({ screen }: { screen: Screen }): VNode => (
  <section class="card">
    <h2>{say(words.issue, screen.language)}</h2>
    <Form screen={screen} action="/tokens">
      <Field screen={screen} name="label" label={words.label} hint={words.labelHint} optional />
      <Field
        screen={screen}
        name="days"
        label={words.days}
        hint={words.daysHint}
        value={String(tokenDaysDefault)}
        inputMode="numeric"
      />
      <p>
        <button type="submit">{say(words.issue, screen.language)}</button>
      </p>
    </Form>
  </section>
)

/** @param token null when the same form asks again: nobody knows it any more */
export const givenTokenPage = (token: string | null, { language }: Screen): Page => ({
  title: words.given,
  main: (
    <>
      <p class="notice" role="status">
        {say(token === null ? words.shown : words.once, language)}
      </p>
      {token !== null && (
        <p>
          <code>{token}</code>
        </p>
      )}
      <p>
        <a href={pathIn(language, '/tokens')}>{say(words.back, language)}</a>
      </p>
    </>
  ),
})

/** One token, and its one step. */
export function tokenPage(token: KeptToken, screen: Screen): Page {
  const { language } = screen
  const { id, email, label, expiresAt, revokedAt } = token
  return {
    title: words.revoke,
    main: (
      <>
        <ErrorSummary screen={screen} />
        <p>
          {say(words.of, language)} <strong>{email}</strong>
          {label !== '' && (
            <>
              {' – '}
              <AsWritten text={label} />
            </>
          )}
          {' – '}
          <code>{id}</code>
        </p>
        {revokedAt === null ? (
          <>
            <p>
              {say(words.expires, language)}{' '}
              <time dateTime={expiresAt}>{formatInstant(expiresAt, language)}</time>
            </p>
            <p>{say(words.revokeHint, language)}</p>
            <Form
              screen={screen}
              action={`/tokens/${id}/revoke`}
              version={versionOfToken(token)}
              class="bare"
            >
              <button type="submit" class="danger">
                {say(words.revoke, language)}
              </button>
            </Form>
          </>
        ) : (
          <p class="notice">
            {say(words.isRevoked, language)}{' '}
            <time dateTime={revokedAt}>{formatInstant(revokedAt, language)}</time>
          </p>
        )}
        <p>
          <a href={pathIn(language, '/tokens')}>{say(words.back, language)}</a>
        </p>
      </>
    ),
  }
}
