/** Drafts are numbered: a number has twelve digits and ends the id (data.sql). */
export const firstDraft = 100_000_000_000

export const draftId = (n: number): string => `00000000-0000-4000-8000-${n}`
