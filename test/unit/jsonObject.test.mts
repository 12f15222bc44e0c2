import { asObject, isObject } from '../../nodes/payout/json/jsonObject';

const OBJECT = { amount: 10050 };

test('takes an object as it is', () => {
	expect(isObject(OBJECT)).toBe(true);
	expect(asObject(OBJECT)).toBe(OBJECT);
});

test.each([[null], [undefined], [[OBJECT]], ['{}'], [0], [true]])(
	'takes %p for an empty object',
	(value) => {
		expect(isObject(value)).toBe(false);
		expect(asObject(value)).toEqual({});
	},
);
