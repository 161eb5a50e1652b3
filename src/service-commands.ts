import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import type { Bilingual } from '#core/language.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { type MigrationStatus, migrationStatus } from '#platform/db/migrate.ts'
import { makeLog } from '#platform/log.ts'
import { openService } from '#platform/service.ts'
import { addExample } from '#platform/terminal/help.ts'
import { readConfig, readEnvironment, serveConfig } from '#src/config.ts'
import type { ServiceTerminal } from '#src/service-terminal.ts'

/**
 * The commands that concern the service itself rather than what it keeps. What answers over HTTP is
 * loaded by those that need it: it is more than half of the program, and every command would wait.
 */
export function registerServiceCommands(program: Command, terminal: ServiceTerminal): void {
  registerServe(program, terminal)
  registerDatabase(program, terminal)
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const openapi = program
    .command('openapi')
    .description(say('Imprime le document OpenAPI 3.1', 'Prints the OpenAPI 3.1 document'))
    .action(() => printOpenApi(terminal))
  addExample(openapi, language, 'vigie openapi > openapi.json')
}

function registerServe(program: Command, terminal: ServiceTerminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const port = say('port; 0 en prend un libre', 'port; 0 takes a free one')
  const serving = program
    .command('serve')
    .description(say('Sert les pages et l’API', 'Serves pages and API'))
    .option('--host <host>', say('adresse d’écoute', 'address to listen on'))
    .option('--port <port>', port)
    .action((options: { host?: string; port?: string }) => runServe(terminal, options))
  addExample(serving, language, 'vigie serve --port 8080')
  const showing = program
    .command('demo')
    .description(
      say(
        'Charge le plan et les dépenses publiées dans une base à part, écrit les classeurs, puis sert',
        'Loads the plan and the published spending in a database of its own, writes the workbooks, then serves',
      ),
    )
    .option('--once', say('s’arrêter après l’écriture', 'stop after writing'))
    .option('--out <folder>', say('dossier des classeurs', 'folder of the workbooks'), 'out')
    .option('--port <port>', port)
    .action(async (options: { once?: true; out: string; port?: string }) => {
      await readTsx()
      const { demo } = await import('#src/demo.ts')
      await demo(terminal, options)
    })
  addExample(showing, language, 'vigie demo --once --out classeurs')
}

function registerDatabase(program: Command, terminal: ServiceTerminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const db = program.command('db').description(say('La base de données', 'The database'))
  addExample(db, language, 'vigie db status')
  const migrating = db
    .command('migrate')
    .description(say('Applique les migrations en attente', 'Applies pending migrations'))
    .action(async () => {
      // Opening the service is what migrates.
      const { ownerPool } = await terminal.service()
      printStatuses(terminal, await migrationStatus(ownerPool))
    })
  addExample(migrating, language, 'vigie db migrate')
  const asking = db
    .command('status')
    .description(
      say(
        'Dit l’état de chaque migration, sans en appliquer',
        'Tells the state of each migration, applying none',
      ),
    )
    .action(async () => {
      const { databaseUrl, dataFolder } = readConfig()
      const { ownerPool } = await terminal.open({ databaseUrl, dataFolder, poolMax: 1 })
      printStatuses(terminal, await migrationStatus(ownerPool))
    })
  addExample(asking, language, 'vigie db status')
}

async function runServe(
  terminal: ServiceTerminal,
  { host, port }: { host?: string; port?: string },
): Promise<void> {
  const config = serveConfig({
    ...readEnvironment(),
    ...(host === undefined ? {} : { HOST: host }),
    ...(port === undefined ? {} : { PORT: port }),
  })
  const { databaseUrl, dataFolder, logLevel, sessionSecret, anchorFiles } = config
  const { ending } = terminal
  await readTsx()
  const { serve } = await import('#src/main.ts')
  const service = await terminal.open({ databaseUrl, dataFolder, site: config.site })
  const address = await serve({
    service,
    log: makeLog(logLevel),
    anchorFiles,
    host: config.host,
    port: config.port,
    metricsPort: config.metricsPort,
    sessionSecret,
    closeAtEnd: ending.closeAtEnd,
  })
  terminal.print(address)
  await ending.untilSignalled()
}

const states: Readonly<Record<MigrationStatus['state'], Bilingual>> = {
  applied: { fr: 'appliquée', en: 'applied' },
  pending: { fr: 'en attente', en: 'pending' },
  changed: { fr: 'modifiée', en: 'changed' },
  unknown: { fr: 'inconnue', en: 'unknown' },
}

function printStatuses({ language, print }: Terminal, statuses: readonly MigrationStatus[]): void {
  const width = Math.max(...Object.values(states).map((state) => state[language].length))
  for (const { name, state } of statuses) {
    print(`${states[state][language].padEnd(width)}  ${name}`)
  }
}

/** The document needs the routes, not the database. */
async function printOpenApi(terminal: Terminal): Promise<void> {
  const service = await openService({
    databaseUrl: 'postgresql://nobody@localhost/nowhere',
    dataFolder: '',
    say: () => undefined,
  })
  await readTsx()
  const { makeApp } = await import('#src/app.ts')
  const { openApiDocument } = await import('#platform/http/server.ts')
  const server = await makeApp({ service, log: makeLog('silent'), ready: () => true })
  terminal.print(JSON.stringify(await openApiDocument(server), null, 2))
  await server.close()
  await service.close()
}

/** Node reads our TypeScript itself, but for the TSX of the pages. */
async function readTsx(): Promise<void> {
  process.env.TSX_TSCONFIG_PATH ??= fileURLToPath(new URL('../tsconfig.json', import.meta.url))
  const { register } = await import('tsx/esm/api')
  register()
}
