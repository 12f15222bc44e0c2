/**
 * Writes a moment the way the API does: ISO 8601 in UTC with microseconds and `Z`.
 *
 * @param moment the moment, now when left out
 * @returns for example `2024-05-27T02:03:00.000000Z`
 */
export function timestamp(moment: Date = new Date()): string {
	return moment.toISOString().replace('Z', '000Z');
}
