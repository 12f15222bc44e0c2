/** What the panel says about a reference that can be another one each time. */
export const VOLATILE_REFERENCE =
	"The expression in 'Reference' can give another value in each run (current time, random number, number of the run or the row). Running a row again would then pay it again. Use a value that belongs to the row, such as its invoice number.";

/** What the panel says about several rows. n8n does not tell it what 'On Error' is set to (n8n 2.41). */
export const SEVERAL_ROWS =
	"Several rows: while 'On Error' in this node's settings is 'Stop Workflow', one wrong or refused row stops the run. Choose 'Continue (using error output)' to pay the other rows anyway.";
