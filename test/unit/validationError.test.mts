import { ValidationError } from '../../nodes/payout/validationError';

test('says everything that is wrong with a row', () => {
	const problems = [
		{ field: 'iban', message: 'IBAN is missing.' },
		{ field: 'amount', message: 'The amount is empty.' },
	];
	const error = new ValidationError(problems);
	expect(error).toBeInstanceOf(Error);
	expect(error.message).toBe('IBAN is missing. The amount is empty.');
	expect(error.problems).toBe(problems);
});
