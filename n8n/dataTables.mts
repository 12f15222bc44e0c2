/** Sends a request to a path of n8n's own API, and returns the `data` of the response. */
export type Rest = <T>(method: string, path: string, body?: object) => Promise<T>;

/** A row of a Data Table. */
export type TableRow = Record<string, unknown>;

/** A column of a Data Table. */
export interface TableColumn {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'date';
}

/** n8n's Data Tables, as its editor uses them. */
export interface DataTables {
	/** Makes a Data Table. */
	createTable: (name: string, columns: readonly TableColumn[]) => Promise<void>;
	/** The rows of the Data Table with this name, oldest first; none where there is no such table. */
	tableRows: (name: string) => Promise<TableRow[]>;
	/** Adds rows to the Data Table with this name. */
	addTableRows: (name: string, rows: readonly TableRow[]) => Promise<void>;
	/** Where a person sees the Data Table with this name. */
	tableUrl: (name: string) => Promise<string | undefined>;
	/** Removes all Data Tables. */
	removeTables: () => Promise<void>;
}

/** The Data Tables of the n8n at `url`. */
export function dataTables(rest: Rest, url: string): DataTables {
	const listTables = async (filter: object) => {
		const query = `filter=${encodeURIComponent(JSON.stringify(filter))}`;
		const { data } = await rest<{ data: Array<{ id: string; name: string; projectId: string }> }>(
			'GET',
			`/data-tables-global?${query}`,
		);
		return data;
	};
	const findTable = async (name: string) =>
		(await listTables({ name })).find((table) => table.name === name);

	return {
		tableRows: async (name) => {
			const table = await findTable(name);
			const rows: TableRow[] = [];
			for (let total = table ? 1 : 0; rows.length < total; ) {
				const query = `take=250&skip=${rows.length}&sortBy=id:asc`;
				const page = await rest<{ count: number; data: TableRow[] }>(
					'GET',
					`/projects/${table?.projectId}/data-tables/${table?.id}/rows?${query}`,
				);
				rows.push(...page.data);
				total = page.count;
			}
			return rows;
		},
		createTable: async (name, columns) => {
			const { id: project } = await rest<{ id: string }>('GET', '/projects/personal');
			const path = `/projects/${project}/data-tables`;
			await rest('POST', path, { name, columns });
		},
		addTableRows: async (name, rows) => {
			const table = await findTable(name);
			const path = `/projects/${table?.projectId}/data-tables/${table?.id}/insert`;
			await rest('POST', path, { data: rows, returnType: 'count' });
		},
		tableUrl: async (name) => {
			const table = await findTable(name);
			return table && `${url}/projects/${table.projectId}/datatables/${table.id}`;
		},
		removeTables: async () => {
			for (const { projectId, id } of await listTables({})) {
				await rest('DELETE', `/projects/${projectId}/data-tables/${id}`);
			}
		},
	};
}
