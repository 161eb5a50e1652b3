import { join } from 'node:path'
import { anchorIfFree, findRefusal } from '#features/audit/anchors.actions.ts'
import { reportText } from '#features/exports/report.commands.ts'
import { drawWorkbook } from '#features/exports/workbooks.actions.ts'
import { type Role, roles } from '#features/identity/actor.ts'
import { addPerson, issueToken } from '#features/identity/identity.actions.ts'
import { reachFromTerminal, type Terminal } from '#features/identity/terminal.public.ts'
import { visitorNames, visitorOf } from '#features/identity/visitor.ts'
import { loadOfficialPlan, loadPublishedFigures } from '#features/imports/official-plan.actions.ts'
import { drawReport } from '#features/reports/reports.public.ts'
import { makeLog } from '#platform/log.ts'
import type { OpenService } from '#platform/service.ts'
import { makeOutputFolder, writeOutput } from '#platform/terminal/output-files.ts'
import { type Config, demoConfig, readEnvironment } from '#src/config.ts'
import { serve } from '#src/main.ts'
import type { ServiceTerminal } from '#src/service-terminal.ts'

/**
 * The main job on a fresh machine: a database of its own, the official plan, the published
 * spending, one user of each role, the workbooks, the table; then the service.
 */
export interface DemoOptions {
  readonly once?: true
  readonly out: string
  readonly port?: string
}

const organization = 'MSP'

export async function demo(outer: ServiceTerminal, options: DemoOptions): Promise<void> {
  const config = demoConfig({
    ...readEnvironment(),
    ...(options.port === undefined ? {} : { PORT: options.port }),
  })
  const service = await outer.open({
    databaseUrl: null,
    dataFolder: config.dataFolder,
    site: config.site,
  })
  const terminal: ServiceTerminal = { ...outer, ...reachFromTerminal(async () => service) }
  await service.prepare()
  service.refuseWrites(await findRefusal(service, config.anchorFiles))
  outer.ending.closeAtEnd(() => anchorIfFree(service, config.anchorFiles))
  await terminal.act(loadOfficialPlan)
  await terminal.act(loadPublishedFigures)
  await writeWorkbooks(terminal, options.out)
  const { report } = await terminal.look((viewing) =>
    drawReport(viewing, { name: 'reconciliation' }),
  )
  terminal.print(reportText(report, terminal.language))
  if (options.once !== true) {
    await serveDemo(terminal, service, config)
  }
}

async function writeWorkbooks(terminal: Terminal, folder: string): Promise<void> {
  await makeOutputFolder(folder)
  for (const name of ['reconciliation', 'comparison'] as const) {
    const bytes = await terminal.look((viewing) =>
      drawWorkbook(viewing, { name }, terminal.language),
    )
    const path = join(folder, `${name}.xlsx`)
    await writeOutput(path, bytes)
    terminal.say(path)
  }
}

async function serveDemo(
  terminal: ServiceTerminal,
  service: OpenService,
  { host, port, metricsPort, logLevel, sessionSecret, anchorFiles }: Config,
): Promise<void> {
  const { closeAtEnd, untilSignalled } = terminal.ending
  const log = makeLog(logLevel)
  const address = await serve({
    service,
    log,
    anchorFiles,
    host,
    port,
    metricsPort,
    sessionSecret,
    closeAtEnd,
    isDemo: true,
  })
  terminal.print(address)
  terminal.say(
    terminal.language === 'fr'
      ? `Pages, dans le rôle de votre choix : ${address}/fr/demo\nDocumentation de l’API : ${address}/docs\nUn jeton par rôle, pour l’en-tête « Authorization: Bearer … » :`
      : `Pages, in a role of your choice: ${address}/en/demo\nAPI documentation: ${address}/docs\nOne token per role, for the header “Authorization: Bearer …”:`,
  )
  for (const role of roles) {
    const token = await tokenOfVisitor(terminal, role)
    terminal.say(`  ${role.padEnd(14)} ${token}`)
  }
  await untilSignalled()
}

/** Two actions: each writes the one event of its own transaction. */
async function tokenOfVisitor(terminal: Terminal, role: Role): Promise<string> {
  const email = visitorOf(role)
  await terminal.act((context) =>
    addPerson(context, { email, name: visitorNames[role], role, organization }),
  )
  return terminal.act((context) => issueToken(context, email, 1))
}
