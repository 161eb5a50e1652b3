import { Problem } from '#core/problem.ts'

/** Why the own PostgreSQL cannot serve, each said so that whoever starts Vigie knows what to do. */

export const unsupportedPlatform = (platform: string, architecture: string, cause?: unknown) =>
  new Problem(
    'unavailable',
    'database/unsupported-platform',
    {
      fr: `Vigie n’apporte pas de PostgreSQL pour cette plateforme (${platform}-${architecture}); indiquez une base de données dans DATABASE_URL.`,
      en: `Vigie brings no PostgreSQL for this platform (${platform}-${architecture}); name a database in DATABASE_URL.`,
    },
    { cause },
  )

export const noServerAccount = () =>
  new Problem('unavailable', 'database/no-server-account', {
    fr: 'PostgreSQL refuse d’être lancé par root et la machine n’a ni utilisateur postgres ni utilisateur nobody; lancez Vigie sous un autre utilisateur ou indiquez une base de données dans DATABASE_URL.',
    en: 'PostgreSQL refuses to run as root and the machine has neither a postgres nor a nobody user; run Vigie as another user or name a database in DATABASE_URL.',
  })

export const foreignFolder = (folder: string) =>
  new Problem('unavailable', 'database/foreign-folder', {
    fr: `Le dossier ${folder} appartient à un autre utilisateur; Vigie ne s’en sert pas.`,
    en: `The folder ${folder} belongs to another user; Vigie does not use it.`,
  })

export const unusableFolder = (folder: string, cause?: unknown) =>
  new Problem(
    'unavailable',
    'database/unusable-folder',
    {
      fr: `Vigie ne peut pas garder ses données dans ${folder}; choisissez un autre dossier avec VIGIE_DATA.`,
      en: `Vigie cannot keep its data in ${folder}; choose another folder with VIGIE_DATA.`,
    },
    { cause },
  )

export const missingData = (folder: string, note: string) =>
  new Problem('unavailable', 'database/data-missing', {
    fr: `Les données devraient être dans ${folder} et n’y sont pas; remettez-les en place, ou supprimez ${note} pour repartir à neuf.`,
    en: `The data should be in ${folder} and is not there; put it back, or delete ${note} to start anew.`,
  })

export const unreachableData = (account: string, folder: string) =>
  new Problem('unavailable', 'database/data-unreachable', {
    fr: `PostgreSQL tourne au nom de ${account}, qui ne peut plus entrer dans ${folder}; rendez-lui cet accès.`,
    en: `PostgreSQL runs as ${account}, who can no longer enter ${folder}; give that access back.`,
  })

export const otherVersion = (folder: string, theirs: string, ours: string) =>
  new Problem('unavailable', 'database/other-version', {
    fr: `Les données de ${folder} ont été écrites par PostgreSQL ${theirs} et Vigie apporte PostgreSQL ${ours}; convertissez-les ou reprenez la version de Vigie qui les a écrites.`,
    en: `The data in ${folder} was written by PostgreSQL ${theirs} and Vigie brings PostgreSQL ${ours}; convert it or go back to the version of Vigie that wrote it.`,
  })

export const startFailed = (log: string, detail: string, cause?: unknown) =>
  new Problem(
    'unavailable',
    'database/start-failed',
    {
      fr: `Le PostgreSQL de Vigie ne démarre pas; ${log} dit pourquoi.`,
      en: `Vigie’s own PostgreSQL does not start; ${log} says why.`,
    },
    { detail, cause },
  )

export const stopFailed = (log: string) =>
  new Problem('unavailable', 'database/stop-failed', {
    fr: `Le PostgreSQL de Vigie ne s’arrête pas; ${log} dit pourquoi.`,
    en: `Vigie’s own PostgreSQL does not stop; ${log} says why.`,
  })
