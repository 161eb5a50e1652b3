import { type Column, type Table, table, text } from '#core/table.ts'
import type { KeptToken } from './token.ts'

const columns: readonly Column[] = [
  { key: 'id', label: { fr: 'Numéro', en: 'Number' }, type: 'text', brief: true },
  { key: 'label', label: { fr: 'Libellé', en: 'Label' }, type: 'text', brief: true },
  { key: 'createdAt', label: { fr: 'Émis (UTC)', en: 'Issued (UTC)' }, type: 'text', brief: true },
  {
    key: 'expiresAt',
    label: { fr: 'Expire (UTC)', en: 'Expires (UTC)' },
    type: 'text',
    brief: true,
  },
  {
    key: 'lastUsedAt',
    label: { fr: 'Dernier usage (UTC)', en: 'Last use (UTC)' },
    type: 'text',
    brief: true,
  },
  {
    key: 'revokedAt',
    label: { fr: 'Révoqué (UTC)', en: 'Revoked (UTC)' },
    type: 'text',
    brief: true,
  },
]

const email: Column = {
  ...{ key: 'email', label: { fr: 'Courriel', en: 'E-mail' }, type: 'text', brief: true },
}

/** With whose each is. */
export const ownedTokensTable = (tokens: readonly KeptToken[]): Table => {
  const { rows, ...plain } = tokensTable(tokens)
  const [id, ...others] = columns
  return table({
    ...plain,
    columns: id === undefined ? [] : [id, email, ...others],
    rows: rows.map(({ role, cells: [number, ...rest] }, place) => ({
      role,
      cells: [number, text(tokens[place]?.email ?? ''), ...rest].flatMap((cell) => cell ?? []),
    })),
  })
}

export const tokensTable = (tokens: readonly KeptToken[]): Table =>
  table({
    name: 'tokens',
    title: { fr: 'Jetons', en: 'Tokens' },
    columns,
    rows: tokens.map((token) => ({
      role: 'data',
      cells: [
        text(token.id),
        text(token.label),
        ...[token.createdAt, token.expiresAt, token.lastUsedAt, token.revokedAt].map((instant) =>
          text(toMinute(instant)),
        ),
      ],
    })),
  })

/** Enough to know it by; empty for what did not happen. */
export const toMinute = (instant: string | null): string =>
  instant === null ? '' : instant.slice(0, 16).replace('T', ' ')
