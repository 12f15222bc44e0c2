import { ValidationError } from '../../nodes/SmartGlocal/payout/validationError';

test('says everything that is wrong with a row, and whose row it is', () => {
	const problems = [
		{ field: 'iban', message: 'IBAN is missing.' },
		{ field: 'amount', message: 'The amount is empty.' },
	];
	const error = new ValidationError(problems, 'INV-1');
	expect(error).toBeInstanceOf(Error);
	expect(error.message).toBe('IBAN is missing. The amount is empty.');
	expect(error.problems).toBe(problems);
	expect(error.reference).toBe('INV-1');
});

test('has an empty reference when none is known', () => {
	expect(new ValidationError([]).reference).toBe('');
});
