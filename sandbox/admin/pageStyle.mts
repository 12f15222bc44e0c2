/** Light or dark as the person's system is set; on narrow screens each row becomes a list. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --card: light-dark(#fff, #1d2026);
	--line: light-dark(#e3e6eb, #2e323a); --quiet: light-dark(#5f6b7c, #98a1b0); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem clamp(1rem, 3vw, 2rem); max-width: 84rem;
	background: light-dark(#f5f6f8, #14161a); color: light-dark(#1b1f27, #e6e8ec);
	font: 0.9375rem/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1, h2, h3 { margin: 0; font-size: 1.5rem; }
h2, h3 { font-size: 1rem; color: CanvasText; } h2 { padding: 0.85rem 1rem; }
p { margin: 0.25rem 0; color: var(--quiet); overflow-wrap: anywhere; }
small, .live, th, .empty, li { color: var(--quiet); font-size: 0.8125rem; font-weight: normal; }
ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr));
	gap: 0.75rem; margin: 1.5rem 0; padding: 0; list-style: none; }
li, section { background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; }
li { padding: 0.6rem 1rem; } strong { display: block; font-size: 1rem; }
strong, code { color: CanvasText; } a { color: light-dark(#1a5fb4, #8ab8ff); }
section { margin-top: 1.25rem; overflow: hidden; } .scroll { overflow: auto; max-height: 32rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.45rem 0.8rem; text-align: left; white-space: nowrap;
	border-top: 1px solid var(--line); }
:first-child:is(th, td) { padding-left: 1rem; }
li :is(th, td), li th:first-child { padding: 0.2rem 0 0; border: 0; } li td { text-align: right; }
li td:last-child { color: CanvasText; } li tr:last-child > * { padding-top: 0.5rem; }
td:is([data-name='Recipient'], [data-name='Amount']) small { display: block; }
[data-name='Recipient'] { white-space: normal; }
[data-name='Amount'], [data-name='Came back'], [data-name='Accepted only'], [data-name='Paid'],
[data-name='Failed or cancelled'] { text-align: right; }
thead th { position: sticky; top: 0; background: var(--card); }
.pill { padding: 0.1rem 0.55rem; border-radius: 1rem; font-size: 0.8125rem;
	background: light-dark(#fde8e7, #4a2021); color: light-dark(#a3241c, #ffb4ad); }
.good { background: light-dark(#e0f4e7, #17392a); color: light-dark(#12693a, #86dfae); }
.open { background: light-dark(#fdf1d7, #41340f); color: light-dark(#7a5208, #f0cf7d); }
.live::before { content: '\\25cf'; margin: 0 0.3rem 0 0.6rem; color: #2ea36a; }
.offline .live { visibility: hidden; }
@media (max-width: 44rem) {
	thead { display: none; }
	main > section tr { display: block; padding: 0.5rem 0; border-top: 1px solid var(--line); }
	section td, section td:first-child { display: flow-root; padding: 0.15rem 1rem; border: 0;
		text-align: right; white-space: normal; overflow-wrap: anywhere; }
	section td::before { content: attr(data-name); float: left; margin-right: 1rem;
		color: var(--quiet); }
	section td:empty { display: none; }
}`;

/** Asks for the page every two seconds and replaces only the parts that have changed. */
export const PAGE_SCRIPT = `
setInterval(async () => {
	const text = await fetch(location.href).then((page) => page.text()).catch(() => '');
	document.body.className = text === '' ? 'offline' : '';
	for (const fresh of new DOMParser().parseFromString(text, 'text/html').querySelectorAll('[id]')) {
		const shown = document.getElementById(fresh.id);
		if (shown.innerHTML !== fresh.innerHTML) shown.innerHTML = fresh.innerHTML;
	}
}, 2000);`;
