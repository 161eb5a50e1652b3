import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const folder = new URL('../../../docs/', import.meta.url)

/** A page of docs/, shipped with the service. */
export const readDocument = (path: string): Promise<string> =>
  readFile(fileURLToPath(new URL(path, folder)), 'utf8')
