import type { FastifyReply } from 'fastify';
import { Refusal } from '../errors.mts';

/**
 * Does something for an admin endpoint.
 *
 * @param reply the reply
 * @param deed what to do
 * @returns what the deed returns; HTTP 400 with a message when it refuses
 */
export async function orRefuse<T>(reply: FastifyReply, deed: () => T | Promise<T>) {
	try {
		return await deed();
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return reply.code(400).send({ message: error.message });
	}
}
