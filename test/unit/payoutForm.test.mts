import type { ILoadOptionsFunctions, INodeProperties, ResourceMapperField } from 'n8n-workflow';
import { CORRIDOR_IDS } from '../../nodes/payout/destinations/corridors';
import { PAYOUT_FIELDS } from '../../nodes/payout/fields/fields';
import type { FieldId } from '../../nodes/payout/fields/fields';
import { DESTINATIONS, findRequirements } from '../../nodes/payout/destinations/requirements';
import { getPayoutColumns } from '../../nodes/SmartGlocal/resources/payout/mapperFields';
import { payoutForm } from '../../nodes/SmartGlocal/resources/payout/form';

/** What the form offers for a destination. */
async function formOf(destination: unknown) {
	const editor = { getNodeParameter: () => destination };
	return await getPayoutColumns.call(editor as unknown as ILoadOptionsFunctions);
}

const idsOf = (fields: ResourceMapperField[]) => fields.map(({ id }) => id);
const shown = (fields: ResourceMapperField[]) => fields.filter(({ removed }) => removed !== true);

const ALL = DESTINATIONS.map(({ value }) => value);
/** The forms that serve more than one country. */
const OPEN = ['OTHER', 'ROW', '={{ $json.to }}', 'ELSEWHERE'];
const TWINS: ReadonlyArray<readonly [FieldId, FieldId]> = [
	['bank_account_number', 'account_number'],
	['swift_bic_code', 'recipient_swift_bic_code'],
];

test.each([[''], [undefined], [null]])(
	'before a destination is chosen (%p) there is a calm hint instead of fields',
	async (destination) => {
		const { fields, emptyFieldsNotice } = await formOf(destination);
		expect(fields).toEqual([]);
		expect(emptyFieldsNotice).toMatch(/^The fields of the destination .* appear here\.$/);
	},
);

test.each([...ALL, ...OPEN])(
	'%s offers the currency of the row right after its amount',
	async (to) => {
		const { fields } = await formOf(to);
		expect(idsOf(fields).slice(0, 3)).toEqual(['reference', 'amount', 'currency']);
		expect(fields[2]).toMatchObject({ displayName: 'Currency', required: false, removed: false });
	},
);

test.each([...ALL, ...OPEN])('%s calls each field as the table does, no two alike', async (to) => {
	const { fields } = await formOf(to);
	const labels = fields.map(({ displayName }) => displayName.toLowerCase());
	expect(new Set(labels).size).toBe(labels.length);
	for (const { id, displayName } of fields.filter((field) => field.id in PAYOUT_FIELDS)) {
		expect(displayName).toBe(PAYOUT_FIELDS[id as FieldId].label);
	}
});

test.each(OPEN)(
	'%s shows one of two fields that look alike; the other can be added',
	async (to) => {
		const { fields } = await formOf(to);
		for (const [first, second] of TWINS) {
			expect(idsOf(shown(fields))).toContain(first);
			expect(idsOf(shown(fields))).not.toContain(second);
			expect(idsOf(fields)).toContain(second);
		}
	},
);

test.each([...CORRIDOR_IDS, 'CARD'])('%s shows what its page names, and only that', async (to) => {
	const { fields } = await formOf(to);
	const { required = [], optional = [] } = findRequirements(to) ?? {};
	const named = [...required, ...optional].filter((id) => !id.startsWith('sender_'));
	expect(idsOf(shown(fields)).slice(3).sort()).toEqual([...named].sort());
	expect(fields.filter((field) => field.required).length).toBeGreaterThan(2);
});

test('a row can choose any destination but "Taken From Each Row"', async () => {
	const { fields } = await formOf('ROW');
	const column = fields.find(({ id }) => id === 'destination');
	const values = column?.options?.map((option) => ('value' in option ? option.value : undefined));
	expect(values).toEqual(ALL.filter((value) => value !== 'ROW'));
});

describe('the notices above the fields', () => {
	/** The notices that a person sees at a destination. */
	function noticesAt(destination: string): string[] {
		const isSeen = ({ type, displayOptions }: INodeProperties) =>
			type === 'notice' && displayOptions?.show?.destination?.includes(destination);
		return payoutForm()
			.filter(isSeen)
			.map(({ displayName }) => displayName);
	}

	test.each(ALL)('%s explains the bank’s name where one is asked for', async (to) => {
		const { fields } = await formOf(to);
		const isAsked = idsOf(shown(fields)).includes('recipient_bank_name');
		const explanations = noticesAt(to).filter((text) => text.startsWith('Recipient Bank Name '));
		expect(explanations).toHaveLength(isAsked ? 1 : 0);
		for (const text of explanations) expect(text).toContain('list of supported banks');
	});

	test('none is there before a destination is chosen', () => {
		expect(noticesAt('')).toEqual([]);
	});
});
