import type { IDataObject } from 'n8n-workflow';

/** A part of a proxy's address that no message may show. */
export const PROXY_PASSWORD = 'storm-proxy-password';

/** A setting that cannot be used, so that nothing may be sent. */
export interface HostileSetting {
	name: string;
	parameters?: IDataObject;
	options?: IDataObject;
	requestOptions?: IDataObject;
	/** The credential names another project in one of the rows. */
	differingCredential?: true;
}

const option = (name: string, value: unknown): HostileSetting => ({
	name: `${name} ${JSON.stringify(value)}`,
	options: { [name]: value } as IDataObject,
});
const parameter = (name: string, value: string): HostileSetting => ({
	name: `${name} ${JSON.stringify(value)}`,
	parameters: { [name]: value },
});
const request = (name: string, value: unknown): HostileSetting => ({
	name: `${name} ${JSON.stringify(value)}`,
	requestOptions: { [name]: value } as IDataObject,
});

/** Settings as mistyped expressions, empty columns and careless people make them. */
export const HOSTILE_SETTINGS: readonly HostileSetting[] = [
	option('dryRun', '={{ "true" }}'),
	option('dryRun', '={{ 1 }}'),
	option('dryRun', '={{ $json.no_such_column }}'),
	option('dryRun', '={{ $itemIndex === 1 }}'),
	option('sessionFirst', '={{ $itemIndex > 0 }}'),
	option('maxAmount', '={{ $json.no_such_column }}'),
	option('maxAmount', ' '),
	option('maxAmount', '={{ 1000000 + $itemIndex }}'),
	option('maxTotal', '={{ $json.no_such_column }}'),
	option('maxTotal', '1,000,000'),
	option('maxTotal', '0.01'),
	option('expectedRows', '={{ $json.no_such_column }}'),
	option('expectedRows', '1e3'),
	option('expectedTotal', 'EUR 1,000.00'),
	option('expectedTotal', '={{ $itemIndex + 1 }}'),
	option('checkBalance', '={{ "yes" }}'),
	option('similarRows', '={{ "block" }}'),
	option('includeInputFields', '={{ 1 }}'),
	option('summaryItem', '={{ $itemIndex === 0 }}'),
	option('parallelRequests', 0),
	option('parallelRequests', '={{ 2.5 }}'),
	option('apiVersion', '={{ "v3" }}'),
	option('duplicates', '={{ "pay" }}'),
	option('simplify', '={{ "no" }}'),
	parameter('amountUnit', '={{ "cents" }}'),
	parameter('amountUnit', '={{ "" }}'),
	{
		name: 'specify "JSON"',
		// n8n itself demands the others.
		parameters: { specify: '={{ "JSON" }}', reference: '={{ $json.reference }}', body: '{}' },
	},
	parameter('destination', '={{ $json.no_such_column }}'),
	request('timeout', -1),
	request('timeout', '={{ "10s" }}'),
	request('timeout', '={{ 400 + $itemIndex }}'),
	request('proxy', '%zz'),
	request('proxy', `http://user:${PROXY_PASSWORD}%zz@127.0.0.1:9`),
	{ name: 'a credential that differs by row', differingCredential: true },
];
