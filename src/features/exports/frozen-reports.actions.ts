import { createHash } from 'node:crypto'
import { languages } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import { type Actor, everyOrganization, systemActor } from '#features/identity/actor.ts'
import { authorize, type Context, record, type Viewing } from '#features/identity/context.public.ts'
import { reportJson } from '#features/reports/report.ts'
import { drawReport } from '#features/reports/reports.public.ts'
import type { FrozenFile, FrozenName } from './frozen.ts'
import { type Closure, findFrozen, findUnfrozen, saveFrozen } from './frozen-reports.store.ts'
import { drawWorkbook } from './workbooks.actions.ts'

/** Reads reports and no document: what it draws is what every reader may have. */
const reader: Actor = {
  email: systemActor.email,
  roles: [{ role: 'analyst', organization: everyOrganization }],
}

/**
 * Keeps the files of one closed year that has none yet, as the system: after an approval and at
 * each start, until none is left. Answers whether there was one.
 */
export async function freezeReport(context: Context): Promise<boolean> {
  const closure = await findUnfrozen(context.work)
  if (closure === null) {
    return false
  }
  const files = await drawFiles(context, closure)
  const { yearEnd, programme, fiscalYear, position } = closure
  if (await saveFrozen(context.work, { yearEnd, event: context.event }, files)) {
    await record(context, {
      type: 'year-end.frozen',
      subject: `year-end/${yearEnd}`,
      before: null,
      after: {
        programme,
        fiscalYear,
        asOf: position,
        files: files.map(({ format, language, sha256 }) => ({ format, language, sha256 })),
      },
    })
  }
  return true
}

async function drawFiles(
  { work, ...context }: Context,
  { jurisdiction, fiscalYear, position }: Closure,
): Promise<readonly FrozenFile[]> {
  const viewing: Viewing = { ...context, handle: work, actor: reader }
  const range = { from: fiscalYear, to: fiscalYear, asOf: { position } }
  const request = { name: 'reconciliation', jurisdiction, ...range } as const
  const { report, dataDigest } = await drawReport(viewing, request)
  const json = Buffer.from(JSON.stringify(reportJson(report, dataDigest)), 'utf8')
  const files = [fileOf({ format: 'json', language: '' }, json)]
  for (const language of languages) {
    const bytes = await drawWorkbook(viewing, request, language)
    files.push(fileOf({ format: 'xlsx', language }, Buffer.from(bytes)))
  }
  return files
}

const fileOf = (name: FrozenName, content: Buffer): FrozenFile => ({
  ...name,
  content,
  sha256: createHash('sha256').update(content).digest('hex'),
})

/** @throws Problem `exports/no-frozen-report` */
export async function readFrozenReport(
  viewing: Viewing,
  yearEnd: string,
  name: FrozenName,
): Promise<Buffer> {
  authorize(viewing, 'report.read')
  const found = await findFrozen(viewing.handle, yearEnd, name)
  if (found === null) {
    throw new Problem('not-found', 'exports/no-frozen-report', {
      fr: 'Aucun rapport n’est conservé sous cet identifiant : l’exercice n’est pas fermé, ou vient de l’être.',
      en: 'No report is kept under this id: the year is not closed, or was closed just now.',
    })
  }
  return found.content
}
