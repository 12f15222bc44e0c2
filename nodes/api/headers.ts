/** Smart Glocal's own headers, each named here and nowhere else (/docs/reference/format). */
export const IDEMPOTENCY_KEY_HEADER = 'X-PARTNER-IDEMPOTENCY-KEY';
export const PROJECT_HEADER = 'X-PARTNER-PROJECT';
export const SIGNATURE_HEADER = 'X-PARTNER-SIGN';
export const SUBMERCHANT_HEADER = 'X-PARTNER-SUBMERCHANT';
