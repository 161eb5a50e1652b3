import type { Handle } from '#platform/db/transaction.ts'
import type { Measure } from './measure.ts'
import { listMeasures } from './programmes.store.ts'

export {
  saveAnnouncements,
  saveAxes,
  saveMeasures,
  saveNotes,
  saveProgrammes,
  saveSourceDocuments,
} from './plan.store.ts'
export {
  listAnnouncements,
  listAxes,
  listMeasures,
  listNotes,
  listProgrammes,
  listSourceDocuments,
} from './programmes.store.ts'

export async function findMeasure(handle: Handle, code: string): Promise<Measure | null> {
  const [measure] = await listMeasures(handle, { code })
  return measure ?? null
}
