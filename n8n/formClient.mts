import { poll } from './poll.mts';
import { OWNER } from './restClient.mts';

/** A page of a form, as a browser has it. */
export interface FormPage {
	html: string;
	/** A file that the last page lets the browser download. */
	file?: { name: string; content: Buffer };
	/** Fills in the fields, from top to bottom, presses the button, and waits for the next page. */
	submit: (answers: ReadonlyArray<string | File>) => Promise<FormPage>;
}

const NEXT_PAGE = {
	everyMs: 200,
	withinMs: 300_000,
	tooLate: 'The next page of the form is missing.',
};

/**
 * Opens a form that asks for an n8n account, as a person does who signs in as the owner of a demo or a
 * test and allows the form to run.
 *
 * @param url of n8n, without a slash at the end
 * @param path of the form, such as `pay-a-spreadsheet`
 * @throws Error when n8n does not show the form
 */
export async function openForm(url: string, path: string): Promise<FormPage> {
	const cookies = new Map<string, string>();
	const request = async (address: string, options: RequestInit = {}): Promise<Response> => {
		const headers = new Headers(options.headers);
		headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
		const target = new URL(address, url);
		const response = await fetch(target, { ...options, headers, redirect: 'manual' });
		for (const cookie of response.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
			cookies.set(name, value);
		}
		const next = response.headers.get('location');
		return next === null ? response : await request(next);
	};
	const post = async (address: string, body: object) => {
		const headers = { 'content-type': 'application/json' };
		return await request(address, { method: 'POST', headers, body: JSON.stringify(body) });
	};

	const toPage = (html: string, address: string): FormPage => ({
		html,
		file: findFile(html),
		submit: async (answers) => {
			const body = new FormData();
			for (const [index, name] of findFields(html).entries())
				body.append(name, answers[index] ?? '');
			const headers = { 'x-auth-token': /authToken = '([^']+)'/.exec(html)?.[1] ?? '' };
			const response = await request(address, { method: 'POST', headers, body });
			const text = await response.text();
			if (!response.ok) throw new Error(`n8n answered the form with ${response.status}: ${text}`);
			const waiting = /"formWaitingUrl":"([^"]+)"/.exec(text)?.[1] ?? address;
			return await waitForPage(waiting);
		},
	});
	const waitForPage = async (address: string): Promise<FormPage> => {
		const status = new URL(address);
		status.pathname += '/n8n-execution-status';
		await poll(async () => {
			const text = await (await request(status.href)).text();
			if (['error', 'crashed', 'canceled'].includes(text)) {
				throw new Error(`The workflow behind the form ended: ${text}.`);
			}
			return ['form-waiting', 'success'].includes(text) || undefined;
		}, NEXT_PAGE);
		return toPage(await (await request(address)).text(), address);
	};

	const { email: emailOrLdapLoginId, password } = OWNER;
	await post('/rest/login', { emailOrLdapLoginId, password });
	const form = `${url}/form/${path}`;
	const first = await request(form);
	// n8n asks each person once whether the form may run under his account.
	if (!first.url.includes('/oauth/consent')) return toPage(await first.text(), form);
	const { data } = (await (await post('/rest/consent/approve', { approved: true })).json()) as {
		data: { redirectUrl: string };
	};
	return toPage(await (await request(data.redirectUrl)).text(), form);
}

/** The names of the fields that a person can fill in. */
function findFields(html: string): string[] {
	const inputs = html.matchAll(
		/<(?:input|select|textarea)\b[^>]*?\bname=['"](field-\d+)['"][^>]*>/g,
	);
	const radios = html.matchAll(/class='multiselect[^']*'\s+id='(field-\d+)'/g);
	const shown = [...inputs].filter(([tag]) => !tag.includes('type="hidden"'));
	return [...shown, ...radios].map(([, name = '']) => name);
}

function findFile(html: string): FormPage['file'] {
	const text = /decodeURIComponent\("([^"]*)"\)/.exec(html)?.[1] ?? '';
	if (text === '') return undefined;
	const [file] = JSON.parse(decodeURIComponent(text)) as Array<{ fileName: string; data: unknown }>;
	if (!file) return undefined;
	// As JSON writes a Buffer, or one character for each byte.
	const content =
		typeof file.data === 'string'
			? Buffer.from(file.data, 'latin1')
			: Buffer.from((file.data as { data: number[] }).data);
	return { name: file.fileName, content };
}
