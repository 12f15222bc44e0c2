/** By it Smart Glocal recognises an order that it has seen before. */
export const IDEMPOTENCY_KEY_HEADER = 'X-PARTNER-IDEMPOTENCY-KEY';
