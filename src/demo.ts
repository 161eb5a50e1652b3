import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reportText } from '#features/exports/report.commands.ts'
import { drawWorkbook } from '#features/exports/workbooks.actions.ts'
import { type Role, roles } from '#features/identity/actor.ts'
import type { Context } from '#features/identity/context.public.ts'
import { addPerson, issueToken } from '#features/identity/identity.actions.ts'
import { reachFromTerminal, type Terminal } from '#features/identity/terminal.public.ts'
import { loadOfficialPlan, loadPublishedFigures } from '#features/imports/official-plan.actions.ts'
import { drawReport } from '#features/reports/reports.public.ts'
import { makeLog } from '#platform/log.ts'
import { type OpenService, openService } from '#platform/service.ts'
import { type Config, demoConfig } from '#src/config.ts'
import { serve } from '#src/main.ts'

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

export async function demo(outer: Terminal, options: DemoOptions): Promise<void> {
  const config = demoConfig({
    ...process.env,
    ...(options.port === undefined ? {} : { PORT: options.port }),
  })
  const service = await openService({
    databaseUrl: null,
    dataFolder: config.dataFolder,
    say: (sentence) => outer.say(sentence[outer.language]),
  })
  const terminal: Terminal = { ...outer, ...reachFromTerminal(async () => service) }
  try {
    await service.prepare()
    await terminal.act(loadOfficialPlan)
    await terminal.act(loadPublishedFigures)
    await writeWorkbooks(terminal, options.out)
    const { report } = await terminal.look((viewing) =>
      drawReport(viewing, { name: 'reconciliation' }),
    )
    terminal.print(reportText(report, terminal.language))
  } catch (error) {
    await service.close()
    throw error
  }
  if (options.once === true) {
    await service.close()
    return
  }
  await serveDemo(terminal, service, config)
}

async function writeWorkbooks(terminal: Terminal, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of ['reconciliation', 'comparison'] as const) {
    const bytes = await terminal.look((viewing) =>
      drawWorkbook(viewing, { name }, terminal.language),
    )
    const path = join(folder, `${name}.xlsx`)
    await writeFile(path, bytes)
    terminal.say(path)
  }
}

async function serveDemo(terminal: Terminal, service: OpenService, config: Config): Promise<void> {
  const { host, port, logLevel } = config
  const serving = await serve({ service, log: makeLog(logLevel), host, port })
  terminal.print(serving.address)
  terminal.say(
    terminal.language === 'fr'
      ? `Documentation de l’API : ${serving.address}/docs\nUn jeton par rôle, pour l’en-tête « Authorization: Bearer … » :`
      : `API documentation: ${serving.address}/docs\nOne token per role, for the header “Authorization: Bearer …”:`,
  )
  for (const role of roles) {
    const token = await terminal.act((context) => visitor(context, role))
    terminal.say(`  ${role.padEnd(14)} ${token}`)
  }
  await serving.stopped
}

async function visitor(context: Context, role: Role): Promise<string> {
  const email = `${role}@demo.example`
  await addPerson(context, { email, name: role, role, organization })
  return issueToken(context, email, 1)
}
