import { findQueuePrograms } from '../../n8n/debianPrograms.mts';

it('names the Debian packages when Redis or PostgreSQL is missing', () => {
	expect(() => findQueuePrograms('/nowhere')).toThrow(
		'n8n in queue mode needs Redis and PostgreSQL. On Debian, install both as root: ' +
			'apt-get install --no-install-recommends redis-server postgresql',
	);
});
