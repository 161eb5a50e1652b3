import type { Command } from 'commander'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { migrationStatus } from '#platform/db/migrate.ts'
import { openApiDocument } from '#platform/http/server.ts'
import { makeLog } from '#platform/log.ts'
import { openService } from '#platform/service.ts'
import { makeApp } from '#src/app.ts'
import { readConfig } from '#src/config.ts'
import { demo } from '#src/demo.ts'
import { serve } from '#src/main.ts'

/** The commands that concern the service itself rather than what it keeps. */
export function registerServiceCommands(program: Command, terminal: Terminal): void {
  const say = (fr: string, en: string): string => (terminal.language === 'fr' ? fr : en)
  program
    .command('serve')
    .description(say('Sert les pages et l’API', 'Serves pages and API'))
    .option('--host <host>', say('adresse d’écoute', 'address to listen on'))
    .option('--port <port>', say('port; 0 en prend un libre', 'port; 0 takes a free one'))
    .action((options: { host?: string; port?: string }) => runServe(terminal, options))
  const db = program.command('db').description(say('La base de données', 'The database'))
  db.command('migrate')
    .description(say('Applique les migrations en attente', 'Applies pending migrations'))
    .action(async () => {
      // Opening the service is what migrates.
      await terminal.service()
      await printStatus(terminal)
    })
  db.command('status')
    .description(say('Dit l’état de chaque migration', 'Tells the state of each migration'))
    .action(() => printStatus(terminal))
  program
    .command('openapi')
    .description(say('Imprime le document OpenAPI 3.1', 'Prints the OpenAPI 3.1 document'))
    .action(() => printOpenApi(terminal))
  program
    .command('demo')
    .description(
      say(
        'Charge le plan et les dépenses publiées dans une base à part, écrit les classeurs, puis sert',
        'Loads the plan and the published spending in a database of its own, writes the workbooks, then serves',
      ),
    )
    .option('--once', say('s’arrêter après l’écriture', 'stop after writing'))
    .option('--out <folder>', say('dossier des classeurs', 'folder of the workbooks'), 'out')
    .option('--port <port>', say('port; 0 en prend un libre', 'port; 0 takes a free one'))
    .action((options: { once?: true; out: string; port?: string }) => demo(terminal, options))
}

async function runServe(
  terminal: Terminal,
  { host, port }: { host?: string; port?: string },
): Promise<void> {
  const config = readConfig({
    ...process.env,
    ...(host === undefined ? {} : { HOST: host }),
    ...(port === undefined ? {} : { PORT: port }),
  })
  const log = makeLog(config.logLevel)
  const service = await openService({
    databaseUrl: config.databaseUrl,
    dataFolder: config.dataFolder,
    say: (sentence) => terminal.say(sentence[terminal.language]),
  })
  const { address, stopped } = await serve({ service, log, host: config.host, port: config.port })
  terminal.print(address)
  await stopped
}

async function printStatus(terminal: Terminal): Promise<void> {
  const { ownerPool } = await terminal.service()
  for (const { name, state } of await migrationStatus(ownerPool)) {
    terminal.print(`${state}  ${name}`)
  }
}

/** The document needs the routes, not the database. */
async function printOpenApi(terminal: Terminal): Promise<void> {
  const service = await openService({
    databaseUrl: 'postgresql://nobody@localhost/nowhere',
    dataFolder: '',
    say: () => undefined,
  })
  const server = await makeApp({ service, log: makeLog('silent'), ready: () => true })
  terminal.print(JSON.stringify(await openApiDocument(server), null, 2))
  await server.close()
  await service.close()
}
