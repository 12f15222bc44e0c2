import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { SmartGlocalApi } from '../../credentials/SmartGlocalApi.credentials';
import { SmartGlocal } from '../../nodes/SmartGlocal/SmartGlocal.node';
import { SmartGlocalTrigger } from '../../nodes/SmartGlocalTrigger/SmartGlocalTrigger.node';

const NODE = new SmartGlocal().description;
const TRIGGER = new SmartGlocalTrigger().description;
const credential = new SmartGlocalApi();

/** A property with those inside it. */
function flatten(property: INodeProperties): INodeProperties[] {
	const inner = (property.options ?? []).filter(
		(option): option is INodeProperties => 'type' in option,
	);
	return [property, ...inner.flatMap(flatten)];
}

const PROPERTIES = [NODE, TRIGGER, credential].flatMap(({ properties }) =>
	properties.flatMap(flatten),
);

/** The aliases by which n8n's panel of nodes finds a node. */
function aliasesOf(node: string): string[] {
	const file = path.resolve(__dirname, `../../nodes/${node}/${node}.node.json`);
	return (JSON.parse(readFileSync(file, 'utf8')) as { alias: string[] }).alias;
}

function operationsOf(description: INodeTypeDescription): INodePropertyOptions[] {
	return description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options }) => options as INodePropertyOptions[]);
}

const parametersNamed = (name: string) =>
	NODE.properties.filter((property) => property.name === name);

describe('finding the nodes', () => {
	test.each(
		`SEPA, IBAN, wire, transfer, bank transfer, pay supplier, salary, payroll, invoice, refund, balance,
		payout, payment, payment file, read spreadsheet, read Excel, read CSV`.split(/,\s+/),
	)('the node is found by "%s"', (word) => {
		expect(aliasesOf('SmartGlocal')).toContain(word);
	});

	test.each(['payout', 'payment', 'refund', 'transfer', 'webhook', 'returned payout'])(
		'the trigger is found by "%s"',
		(word) => {
			expect(aliasesOf('SmartGlocalTrigger')).toContain(word);
		},
	);

	test('no alias is there twice', () => {
		for (const node of ['SmartGlocal', 'SmartGlocalTrigger']) {
			const aliases = aliasesOf(node).map((alias) => alias.toLowerCase());
			expect(new Set(aliases).size).toBe(aliases.length);
		}
	});

	test('the actions are in sentence case, name their object and have no articles', () => {
		expect(operationsOf(NODE).map(({ name, value, action }) => [value, name, action])).toEqual([
			['read', 'Read Payout File', 'Read payout file'],
			['write', 'Write Results File', 'Write results file'],
			['approve', 'Approve Payout', 'Approve payout'],
			['ask', 'Ask for Payout', 'Ask for payout'],
			['catchUp', 'Catch Up', 'Catch up'],
			['claim', 'Claim Payouts', 'Claim payouts'],
			['compare', 'Compare with Ledger', 'Compare with ledger'],
			['decide', 'Decide on Claims', 'Decide on claims'],
			['fold', 'Fold Events', 'Fold events'],
			['follow', 'Follow Payouts', 'Follow payouts'],
			['results', 'List Results', 'List results'],
			['lookUp', 'Prepare Look-Ups', 'Prepare look ups'],
			['readReport', 'Read Report', 'Read report'],
			['request', 'Read Request', 'Read request'],
			['reconcile', 'Reconcile Report', 'Reconcile report'],
			['record', 'Record Outcomes', 'Record outcomes'],
			['init', 'Send Payout (Init Payout)', 'Send payout (init payout)'],
			['start', 'Start in Session', 'Start payout in session'],
			['cancel', 'Cancel', 'Cancel session'],
			['confirm', 'Confirm', 'Confirm session'],
			['create', 'Create', 'Create session'],
			['get', 'Get Status', 'Get session status'],
			['getBalance', 'Get Balance', 'Get wallet balance'],
		]);
	});
});

describe('the texts of the forms', () => {
	const named = PROPERTIES.filter(({ type }) => type !== 'notice');

	test('every placeholder gives an example, or says what a button adds', () => {
		const placeholders = PROPERTIES.flatMap(({ placeholder }) => placeholder ?? []);
		expect(placeholders.length).toBeGreaterThan(10);
		expect(placeholders.filter((text) => !/^(e\.g\. |Add )/.test(text))).toEqual([]);
	});

	test('what a person types has a description, unless its name says all', () => {
		const bare = named
			.filter(({ type, description }) => type === 'string' && !description)
			.map(({ displayName }) => displayName);
		expect([...new Set(bare)].sort()).toEqual([
			'Address Line',
			'City',
			'Company Name',
			'Customer Email',
			'Customer Phone',
			'Postal Code',
			'State',
		]);
	});
});

describe('what a new node has', () => {
	test('no currency, so that the destination’s own is meant', () => {
		const currencies = parametersNamed('currency');
		expect(currencies.length).toBeGreaterThan(0);
		for (const { default: preset, required = false, description = '' } of currencies) {
			expect([preset, required]).toEqual(['', false]);
			expect(description).toContain('Empty means the destination’s own currency');
			expect(description).toMatch(/column or field "Currency"/);
			expect(description).toContain('"Bank Card"');
		}
	});

	test('the session ID of the row wherever one is asked for', () => {
		const ids = parametersNamed('sessionId');
		expect(ids.map((id) => id.displayOptions?.show?.operation)).toEqual([
			['start'],
			['cancel'],
			['confirm'],
			['get'],
		]);
		for (const { default: preset } of ids) expect(preset).toBe('={{ $json.session_id }}');
	});

	test('the four sender fields that almost every payout needs, blank', () => {
		const blank = { company_name: '', registration_number: '', country_iso3: '', code: '' };
		const senders = parametersNamed('sender');
		expect(senders.length).toBeGreaterThan(0);
		for (const { default: preset } of senders) expect(preset).toEqual(blank);
	});

	test('texts that tell the code of a company and its registration number apart', () => {
		const [sender] = parametersNamed('sender');
		const find = (name: string) =>
			(sender?.options as INodeProperties[]).find((option) => option.name === name);
		const code = find('code');
		const number = find('registration_number');
		expect(code?.description).not.toBe(number?.description);
		expect(`${code?.hint} ${code?.description}`).toContain('account manager');
		expect(code?.description).toContain('"Registration Number"');
	});

	test('nothing red where the fields of the destination will be', () => {
		for (const { typeOptions } of parametersNamed('payout')) {
			expect(typeOptions?.resourceMapper).toMatchObject({ hideNoDataError: true });
			expect(typeOptions?.resourceMapper).not.toHaveProperty('noFieldsError');
		}
	});
});

describe('the trigger', () => {
	test('asks what to trigger on, as n8n’s own triggers do', () => {
		const events = TRIGGER.properties.find(({ name }) => name === 'events');
		expect(events?.displayName).toBe('Trigger On');
	});

	test('has the one version in which a webhook is cheap', () => {
		expect(TRIGGER.version).toBe(1.1);
		expect(TRIGGER.defaultVersion).toBeUndefined();
	});
});
