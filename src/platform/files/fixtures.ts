import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const folder = new URL('../../../fixtures/', import.meta.url)

/**
 * A JSON file of fixtures/, shipped with the service and compared with its sources by tests.
 * The caller says what shape it has.
 */
export async function readFixture<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(fileURLToPath(new URL(path, folder)), 'utf8'))
}
