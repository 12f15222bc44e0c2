/** How many round trips it takes to come back to where the first trouble began. */
const FIRST_ROUNDS = 8;
const MAX_ROUNDS = 64;

/**
 * Brings a limit back after trouble as CUBIC does (RFC 9438): fast at first, slowly near where the
 * trouble began, and beyond that only after a while. Each further failure doubles that while.
 */
export class Recovery {
	private course: { from: number; to: number; rounds: number; passed: number } | undefined;
	private nextRounds = FIRST_ROUNDS;

	/** Whether the limit is coming back. */
	get isOn(): boolean {
		return this.course !== undefined;
	}

	/**
	 * Takes note that the limit was cut.
	 *
	 * @param isFailure whether requests failed; one that was asked to wait is only sent again
	 */
	begin(from: number, cutFrom: number, isFailure: boolean): void {
		if (this.course?.passed === 0) {
			// Trouble that goes on with fewer in flight is not due to their number.
			this.course = { ...this.course, from };
			return;
		}
		this.course = { from, to: cutFrom, rounds: this.nextRounds, passed: 0 };
		if (isFailure) this.nextRounds = Math.min(MAX_ROUNDS, this.nextRounds * 2);
	}

	/**
	 * Takes note of a round trip without trouble.
	 *
	 * @param most the limit at which it ends at the latest
	 * @returns the next limit
	 */
	passRound(most: number): number {
		if (!this.course) return most;
		const { from, to, rounds } = this.course;
		const passed = this.course.passed + 1;
		const next = Math.min(most, growBack(from, to, passed / rounds));
		const isOver = next === most || passed >= 2 * rounds;
		this.course = isOver ? undefined : { ...this.course, passed };
		return next;
	}
}

/**
 * How something that was cut comes back: `from` at first, `to` after the time that it takes, and
 * beyond it afterwards.
 *
 * @param passed share of that time, from 0
 */
export function growBack(from: number, to: number, passed: number): number {
	return to - (to - from) * (1 - passed) ** 3;
}
