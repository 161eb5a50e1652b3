import { type RecordList, recordColumns } from '#core/record-table.ts'

/** People, tokens and sessions as files, field by field as the API says them. */
export const userRecords: RecordList = {
  name: 'users',
  title: { fr: 'Utilisateurs', en: 'Users' },
  columns: recordColumns([
    ['id', 'Identifiant', 'Id'],
    ['email', 'Courriel', 'E-mail'],
    ['name', 'Nom', 'Name'],
    ['roles', 'Rôles', 'Roles'],
    ['disabled', 'Désactivé', 'Disabled', 'boolean'],
    ['version', 'Version', 'Version', 'count'],
    ['lastUsedAt', 'Dernier usage', 'Last used at'],
  ]),
  totals: [],
}

export const tokenRecords: RecordList = {
  name: 'tokens',
  title: { fr: 'Jetons', en: 'Tokens' },
  columns: recordColumns([
    ['id', 'Identifiant', 'Id'],
    ['email', 'Courriel', 'E-mail'],
    ['label', 'Étiquette', 'Label'],
    ['version', 'Version', 'Version', 'count'],
    ['createdAt', 'Émis', 'Created at'],
    ['expiresAt', 'Expire', 'Expires at'],
    ['lastUsedAt', 'Dernier usage', 'Last used at'],
    ['revokedAt', 'Révoqué', 'Revoked at'],
  ]),
  totals: [],
}

export const sessionRecords: RecordList = {
  name: 'sessions',
  title: { fr: 'Sessions', en: 'Sessions' },
  columns: recordColumns([
    ['id', 'Identifiant', 'Id'],
    ['version', 'Version', 'Version', 'count'],
    ['createdAt', 'Ouverte', 'Created at'],
    ['lastUsedAt', 'Dernier usage', 'Last used at'],
    ['expiresAt', 'Expire', 'Expires at'],
    ['address', 'Adresse du poste', 'Network address'],
    ['isCurrent', 'Celle-ci', 'This one', 'boolean'],
  ]),
  totals: [],
}
