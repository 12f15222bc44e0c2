import { VOLATILE_HINT } from '../../nodes/SmartGlocal/batch/check/volatileReference';

const VOLATILE = [
	'={{ $now }}',
	'={{ $now.toISO() }}-{{ $json.id }}',
	'=PAY-{{ $today.toFormat("yyyyMMdd") }}',
	'={{ $execution.id }}',
	'={{ Math.random() }}',
	'={{ Math . random() }}',
	'={{ Math["random"]() }}',
	'={{ DateTime["now"]().toMillis() }}',
	'={{ $resumeWebhookUrl }}',
	'={{ $json.date.toDateTime().diffToNow() }}',
	'={{ $getWorkflowStaticData("global").next }}',
	'={{ $itemIndex }}',
	'={{ $json.id + "-" + $runIndex }}',
	'={{ new Date().getTime() }}',
	'={{ new Date }}',
	'={{ Date() }}',
	'={{ Date.now() }}',
	'={{ DateTime.now().toMillis() }}',
	'={{ DateTime.local() }}',
	'={{ [1, 2].randomItem() }}',
	'={{ crypto.randomUUID() }}',
	'={{ $("Loop").context["currentRunIndex"] }}',
	'={{ $prevNode.runIndex }}',
	'={{ $executionId }}-{{ $json.id }}',
	'={{ $mode }}-{{ $json.id }}',
	'={{ $node["Rows"].runIndex }}',
	'={{ $node.Rows.runIndex }}',
	'={{ $("My Rows").runIndex }}',
	'={{ $("Loop").context.noItemsLeft }}',
	'={{ $thisItemIndex }}',
	'={{ $items().length }}',
	'={{ $items("Rows").findIndex((item) => item.json.id === $json.id) }}',
	'={{ $input.all().indexOf($input.item) }}',
	'={{ $("Rows").all().length + "-" + $json.id }}',
	'={{ "12:00".toDateTime().toMillis() }}',
	'={{ $json.time.toDateTime().toISO() }}',
	'={{ DateTime.fromISO("12:00").toISO() }}',
	'={{ DateTime.fromObject({ hour: 1 }).toISO() }}',
	'={{ DateTime . now() }}',
	'={{ Date?.now() }}',
	'={{ Date["now"]() }}',
	'={{ (Date)() }}',
	'={{ (new (Date)).getTime() }}',
	'={{ new Intl.DateTimeFormat("en").format() }}',
	'={{ Math?.random() }}',
	'={{ Math?.["random"]() }}',
	'={{ (Math).random() }}',
	'={{ performance.now() }}',
	'={{ crypto["randomUUID"]() }}',
	'={{ $evaluateExpression("{{ $no" + "w }}") }}',
	"=O'Neill {{ $now }} isn't",
];

const STABLE = [
	'={{ $json.reference }}',
	'={{ $json["Date"] }}',
	'={{ $json.Date }}',
	'={{ $json.known }}',
	'={{ new Date($json.due).getTime() }}',
	'={{ $json["Update Date"] }}',
	"={{ $json['new Date'] }}",
	'={{ $json["DateTime.x"] }}-{{ $json["Date (now)"] }}',
	'={{ $("new Date 5").item.json.id }}',
	'={{ $json.runIndex }}-{{ $json["runIndex"] }}-{{ $json["$now"] }}',
	'={{ $json.Date.slice(0, 10) }}-{{ $json.Date?.trim() }}',
	'={{ $json.Math.random }}-{{ Math.round($json.no) }}',
	'={{ $json.context }}-{{ $json.randomItem }}-{{ $json.crypto.id }}',
	'={{ new Date($json["Date"]).toISOString() }}',
	'={{ $input.all()[0].json.batch }}-{{ $json.id }}',
	'=Date [{{ $json.id }}]',
	'={{ $workflow.id }}-{{ $json.id.padStart(5, "0") }}',
	'={{ $json.random_id }}',
	'={{ $("Sheet").item.json.invoice }}',
	'={{ $json.execution }}',
	'={{ $vars.prefix + $json.id }}',
];

/** The condition of the panel's hint, evaluated as JavaScript. */
function isShown($rawParameter: object): unknown {
	const code = VOLATILE_HINT.displayCondition.replace(/^=\{\{|\}\}$/g, '');
	return new Function('$rawParameter', `return (${code});`)($rawParameter);
}

test.each(VOLATILE)('warns before and after the run: %s', (expression) => {
	expect(isShown({ payout: { value: { reference: expression } } })).toBe(true);
	expect(isShown({ reference: expression })).toBe(true);
});

test.each(STABLE)('does not warn: %s', (expression) => {
	expect(isShown({ payout: { value: { reference: expression } } })).toBe(false);
});

test('does not warn of a text that is no expression, nor where there is none', () => {
	expect(isShown({ reference: '$now' })).toBe(false);
	expect(isShown({})).toBe(false);
});
