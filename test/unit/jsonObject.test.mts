import { asObject, isObject } from '../../nodes/SmartGlocal/payout/jsonObject';

const object = { amount: 10050 };

test('takes an object as it is', () => {
	expect(isObject(object)).toBe(true);
	expect(asObject(object)).toBe(object);
});

test.each([[null], [undefined], [[object]], ['{}'], [0], [true]])(
	'takes %p for an empty object',
	(value) => {
		expect(isObject(value)).toBe(false);
		expect(asObject(value)).toEqual({});
	},
);
