export const FORMAT_AS_TEXT =
	'Format the column as text and type the value again. In Excel: select the column, Format Cells → Text. In Google Sheets: Format → Number → Plain text.';

/** For codes of which a spreadsheet may have kept too few digits. */
export const LOST_ZERO = `If the first digit is 0, a spreadsheet may have dropped it. ${FORMAT_AS_TEXT}`;

/** For amounts that were calculated, such as 0.1 + 0.2, which is 0.30000000000000004. */
export const ROUND_AMOUNT =
	'Round it in the spreadsheet, so that you decide what is paid: write =ROUND(…, 2) around the formula, or =ROUND(…; 2) where your spreadsheet uses semicolons.';

export const SAVE_AS_UTF_8 =
	'Save as CSV UTF-8 and run again. In Excel: File → Save As → CSV UTF-8 (Comma delimited). If the sheet itself shows it like this, correct it there first.';
