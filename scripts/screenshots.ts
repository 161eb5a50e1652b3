import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { type Role, roles } from '#features/identity/actor.ts'
import { editedFile, putCell, textCellXml } from '#test/support/returned.ts'
import { startDemo } from './screenshots/demo.ts'
import { fillRecord } from './screenshots/record.ts'

/**
 * `npm run screenshots`: pictures of the main pages of the demo, for the README, in
 * docs/screenshots/. Needs Debian's chromium, or the one that CHROMIUM names.
 */
const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url))
const bytesMax = 150_000

interface Shot {
  readonly name: string
  readonly role: Role
  readonly path: string
  /** What is done on the page before it is taken. */
  readonly play?: (page: Page) => Promise<void>
}

const shots: readonly Shot[] = [
  { name: 'accueil', role: 'officer', path: '' },
  { name: 'saisie', role: 'officer', path: '/expenditures/new', play: typeIn },
  { name: 'appariement', role: 'officer', path: '/matching', play: openRun },
  { name: 'approbations', role: 'approver', path: '/approvals' },
  { name: 'rapprochement', role: 'auditor', path: '/reconciliation?by=axis' },
  { name: 'comparaison', role: 'analyst', path: '/comparison' },
  { name: 'evenement', role: 'auditor', path: '/events?type=expenditure.posted', play: openEvent },
  { name: 'classeur', role: 'auditor', path: '/reconciliation', play: bringBack },
]

async function typeIn(page: Page): Promise<void> {
  const typed = { measure: '12', serviceDate: '2025-06-27', documentNumber: 'F-2043' }
  const said = { supplier: 'Maison des Lilas', description: 'Hébergement', amount: '2 150,00' }
  for (const [name, value] of Object.entries({ ...typed, ...said })) {
    await page.fill(`main [name="${name}"]`, value)
  }
  await page.locator('main [name="amount"]').blur()
  await page.waitForTimeout(1_000)
}

async function openRun(page: Page): Promise<void> {
  await page.click('main tbody a >> nth=0')
}

async function openEvent(page: Page): Promise<void> {
  await page.click('main tbody a >> nth=0')
}

/** One cell is edited, as somebody might with a program. */
async function bringBack(page: Page): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('main >> text=Classeur Excel'),
  ])
  const book = await readFile(await download.path())
  const edited = editedFile(book, (parts) =>
    putCell(parts, 'Sommaire', 'C6', textCellXml('C6', 'Autre intitulé')),
  )
  await page.goto(new URL('/fr/verify/workbook', page.url()).href)
  const file = { name: 'rapprochement.xlsx', mimeType: '', buffer: Buffer.from(edited) }
  await page.setInputFiles('input[type=file]', file)
  await page.click('main button[type=submit]')
}

async function take(context: BrowserContext, address: string, shot: Shot): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${address}/fr${shot.path}`)
  await shot.play?.(page)
  await page.waitForLoadState('networkidle')
  const path = join(folder, `${shot.name}.png`)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
  await page.close()
  const { size } = await stat(path)
  process.stderr.write(`${path} ${Math.ceil(size / 1000)} kB\n`)
  if (size > bytesMax) {
    throw new Error(`${path} is larger than ${bytesMax} bytes`)
  }
}

const demo = await startDemo()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  await fillRecord(demo)
  await mkdir(folder, { recursive: true })
  for (const role of roles) {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 720 },
      colorScheme: 'light',
      locale: 'fr-CA',
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    await page.goto(`${demo.address}/fr/demo`)
    await page.click(`main form:has(input[value=${role}]) button`)
    await page.waitForLoadState()
    for (const shot of shots.filter((each) => each.role === role)) {
      await take(context, demo.address, shot)
    }
    await context.close()
  }
} finally {
  await browser.close()
  await demo.close()
}
