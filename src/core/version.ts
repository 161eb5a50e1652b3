/**
 * Which Vigie this is: what the API says of itself and what a workbook says it was made with, so
 * that a returned file is compared only with what the same version would draw. As package.json has
 * it; a test holds the two together.
 */
export const version = '0.1.0'
