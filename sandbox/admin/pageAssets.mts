/** Light or dark, as the person's system is set. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --page: light-dark(#f5f6f8, #14161a);
	--card: light-dark(#fff, #1d2026); --line: light-dark(#e3e6eb, #2e323a);
	--text: light-dark(#1b1f27, #e6e8ec); --quiet: light-dark(#667085, #949cab); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 3rem); max-width: 84rem;
	background: var(--page); color: var(--text);
	font: 0.9375rem/1.5 system-ui, 'Segoe UI', Roboto, sans-serif; }
header { margin-bottom: 1.75rem; }
header p { margin: 0.25rem 0; color: var(--quiet); overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.5rem; letter-spacing: -0.01em; }
h2 { margin: 0; padding: 0.9rem 1.1rem; font-size: 1rem; }
small { margin-left: 0.35rem; color: var(--quiet); font-weight: normal; }
code { font: 0.875em ui-monospace, Menlo, Consolas, monospace; color: var(--text); }
main { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.25rem; }
section { grid-column: 1 / -1; background: var(--card); border: 1px solid var(--line);
	border-radius: 0.75rem; overflow: hidden; }
#balances, #references { grid-column: auto; }
.scroll { overflow: auto; max-height: 26rem; }
.empty { margin: 0; padding: 0 1.1rem 1.1rem; color: var(--quiet); }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.5rem 1.1rem; text-align: left; white-space: nowrap;
	border-top: 1px solid var(--line); }
th { position: sticky; top: 0; background: var(--card); color: var(--quiet);
	font-size: 0.8125rem; font-weight: 500; }
.number { text-align: right; }
.pill { display: inline-block; padding: 0.05rem 0.55rem; border-radius: 1rem;
	font-size: 0.8125rem; background: light-dark(#fde8e7, #4a2021); color: light-dark(#a3241c, #ffb4ad); }
.pill.good { background: light-dark(#e0f4e7, #17392a); color: light-dark(#12693a, #86dfae); }
.pill.pending { background: light-dark(#fdf1d7, #41340f); color: light-dark(#85590a, #f0cf7d); }
.live::before { content: '\\25cf'; margin-right: 0.3rem; color: #2ea36a; }
.offline .live { visibility: hidden; }
@media (max-width: 60rem) { section#balances, section#references { grid-column: 1 / -1; } }
`;

/** Asks for the page again every two seconds and replaces only what has changed. */
export const PAGE_SCRIPT = `
async function refresh() {
	try {
		const text = await (await fetch(location.href)).text();
		const page = new DOMParser().parseFromString(text, 'text/html');
		for (const fresh of page.querySelectorAll('[id]')) {
			const shown = document.getElementById(fresh.id);
			if (shown.innerHTML !== fresh.innerHTML) shown.innerHTML = fresh.innerHTML;
		}
		document.body.classList.remove('offline');
	} catch {
		document.body.classList.add('offline');
	}
	setTimeout(refresh, 2000);
}
setTimeout(refresh, 2000);
`;
