export { findCurrent as findCurrentExtract, listExtracts } from './extracts.store.ts'
