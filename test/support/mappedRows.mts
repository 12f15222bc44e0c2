import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

/** One of some texts, which are written with a space, or two, between them. */
const oneOf = (texts: string, between = '  ') => fc.constantFrom(...texts.split(between));

const column = fc.oneof(
	{ weight: 8, arbitrary: oneOf('a  b  My Column  Net (USD)') },
	oneOf('missing  toString'),
);
const cell = fc.oneof(
	{
		weight: 16,
		arbitrary: fc.constantFrom('', ' x ', 'TR33 0006', '-12.50', 'a.b(c)', '0', '2026-01-31', '$&'),
	},
	{ weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
	fc.constantFrom(0, -0, 12.5, 1e21, 0.1, true, false),
	fc.constantFrom(null, NaN, Infinity, { a: 1 }, ['x', ' y']),
);

/** A row of a sheet, most of whose cells are texts. */
const row = fc.record(
	{ a: cell, b: cell, 'My Column': cell, 'Net (USD)': cell, toString: cell },
	{ requiredKeys: ['a', 'b', 'My Column'], noNullPrototype: true },
);

const reference = column.chain((name) =>
	/^\w+$/.test(name)
		? fc.constantFrom(`$json.${name}`, `$json["${name}"]`)
		: fc.constantFrom(`$json["${name}"]`, `$json[ '${name}' ]`),
);
const literal = fc.oneof(
	oneOf(`""  'x (y'  "round(1"  "$&"  0  1  -2  2.5`),
	oneOf(String.raw`/\s+/g  /[()\s.-]/g  /a|b/i  /[^\w]/  /(\d)(\d)/g`),
	fc.constant('" "'),
);
const native = oneOf(
	String.raw`trim()|toString()|toUpperCase()|split(" ")[0]|slice(0, -2)|trim( )|at(9)|replace(/\s/g, "")|replaceAll(" ", "")|padStart(5, "0")|at(-1)|concat("x", 1)|split("").join("-")|includes("x")|normalize("NFD")|toString().trim()`,
	'|',
);
/** What a text does not have, or n8n has its own meaning for. */
const foreign = oneOf(
	'isEmpty()  toTitleCase()  length  trim  nothing.at(0)  match(/x/)[0]  sort()  constructor  round()  first()  toInt()  toFixed(2)',
);
const method = fc.oneof({ weight: 30, arbitrary: native }, foreign);
const operator = oneOf('+  -  *  /  %  ===  !=  <  >=  &&  ||  ??  ,');
const call = oneOf('Number  String  parseInt  parseFloat  !  $if');

/** Code as people write it, most of which can be evaluated together. */
const { code } = fc.letrec<{ code: string }>((tie) => {
	const inner = tie('code');
	const methods = fc.tuple(inner, method).map(([left, name]) => `${left}.${name}`);
	const operators = fc.tuple(inner, operator, inner).map((parts) => parts.join(' '));
	const choices = fc.tuple(inner, inner, inner).map(([is, yes, no]) => `${is} ? ${yes} : ${no}`);
	return {
		code: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			{ weight: 6, arbitrary: reference },
			{ weight: 2, arbitrary: literal },
			{ weight: 4, arbitrary: methods },
			{ weight: 3, arbitrary: operators },
			inner.map((text) => `(${text})`),
			fc.tuple(call, inner).map(([name, text]) => `${name}(${text})`),
			choices,
		),
	};
});

/** Pieces that could together be taken for something else than they are. */
const piece = fc.oneof(
	oneOf('$json.a  $json["b"]  $json.c  .trim()  .at(0)  .replace(  .isEmpty()  (  )  [0]  [  ]'),
	oneOf(
		`/  //  /*  */  /x/g  /[/]/  -  --  -->  <!--  <  !  !==  +  ++  =  =>  ;  ?  :  ?.  ??  .  ,`,
	),
	oneOf(
		'1  -1  "  \'  `  "x"  \'y\'  \\  {  }  }}  {{  }}{{  $if(  constructor  $json  x  undefined',
	),
	fc.constantFrom(' ', '\n', '\u2028', '$now.isValid', '$itemIndex', 'typeof ', 'null', 'true'),
);
const jumble = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(''));

const fixed = fc.constantFrom(
	'',
	' ',
	'INV-',
	'it\'s "x" ',
	'\n',
	'.',
	'.constructor',
	'{',
	'\\',
	'(',
);
const several = fc
	.tuple(fixed, code, fixed, code, fixed)
	.map(
		([start, first, middle, second, end]) => `=${start}{{ ${first} }}${middle}{{${second}}}${end}`,
	);

const expression = fc.oneof(
	{ weight: 6, arbitrary: code.map((text) => `={{ ${text} }}`) },
	{ weight: 2, arbitrary: several },
	fixed.map((text) => `=${text}`),
	jumble.map((text) => `={{ ${text} }}`),
	jumble.map((text) => `={{ $json.a${text} }}`),
);

const anyCell = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.constantFrom('', '0', '={{ 1 + 1 }}', '{{ $json.b }}', '2026-01-31T00:00:00.000Z'),
	fc.double(),
	fc.boolean(),
	fc.constant(null),
	fc.object(),
	fc.array(fc.string()),
);
const header = fc.oneof(
	oneOf('iban  Recipient First Name  constructor  toString  $x  _1  valueOf  a\u2028b'),
	fc.string({ minLength: 1 }),
);
/** The ways in which people and the editor write a column into a field. */
const columnExpression = (name: string) =>
	fc.constantFrom(
		`={{ $json.${name} }}`,
		`={{$json.${name}}}`,
		`={{ $json['${name}'] }}`,
		`={{ $json[ "${name}" ] }}`,
		`={{ $json.${name} }} `,
		`=x {{ $json.${name} }}`,
		`={{ $json.${name}.trim() }}`,
		`={{ $json.${name} ?? '' }}`,
		`={{ $json?.${name} }}`,
		`=$json.${name}`,
		`{{ $json.${name} }}`,
	);

const columns = fc
	.array(fc.dictionary(header, anyCell), { minLength: 1, maxLength: 3 })
	.chain((items) => {
		const names = [...items.flatMap(Object.keys), 'missing'];
		const field = fc.oneof(
			{ weight: 4, arbitrary: fc.constantFrom(...names).chain(columnExpression) },
			anyCell,
		);
		const value = fc.dictionary(oneOf('iban  amount  recipient_city'), field);
		return fc.record({ items: fc.constant(items), value });
	});

const computed = fc.record({
	items: fc.array(row, { minLength: 1, maxLength: 4 }),
	value: fc.dictionary(oneOf('iban  amount  reference  currency  description'), expression, {
		minKeys: 3,
		noNullPrototype: true,
	}),
});

/** Rows of a sheet, and what a user maps to some fields: columns, or what is computed of them. */
export const mappedRows = fc.oneof(columns, computed) as fc.Arbitrary<{
	items: IDataObject[];
	value: IDataObject;
}>;
