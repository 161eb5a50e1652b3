import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'

/**
 * Styles, scripts and pictures of the pages, read once. Their address holds a hash of all of them,
 * so that browsers keep them for ever and a new release has new addresses; modules import one
 * another by `./name.js`, under the same hash.
 */
export interface Asset {
  readonly type: string
  readonly bytes: Buffer
}

const folder = new URL('./assets/', import.meta.url)

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export const assets: ReadonlyMap<string, Asset> = new Map(
  readdirSync(folder)
    .toSorted()
    .map((name) => [
      name,
      {
        type: types[extname(name)] ?? 'application/octet-stream',
        bytes: readFileSync(new URL(name, folder)),
      },
    ]),
)

export const assetsHash: string = [...assets]
  .reduce(
    (hash, [name, { bytes }]) => hash.update(`${name} ${bytes.length}:`).update(bytes),
    createHash('sha256'),
  )
  .digest('hex')
  .slice(0, 16)

/** @throws RangeError for a name that is no file of the folder */
export function assetPath(name: string): string {
  if (!assets.has(name)) {
    throw new RangeError(`there is no asset ${name}`)
  }
  return `/assets/${assetsHash}/${name}`
}
