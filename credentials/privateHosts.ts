/**
 * Names that public DNS never answers: RFC 6761 (localhost), RFC 6762 (local), RFC 8375 (home.arpa),
 * and `internal`, which ICANN has reserved for private use, as in `host.docker.internal`.
 */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/**
 * Whether a host is this computer or on a private network, where plain http:// is acceptable.
 *
 * A name without a dot is private as well: services of Docker Compose and Kubernetes have such names.
 * Link-local IPv4 addresses (169.254.0.0/16) are not accepted: no gateway has one, but the metadata
 * services of clouds do.
 *
 * @param hostname as the WHATWG URL parser writes it: lower case, IPv4 as four decimal numbers, IPv6
 *   compressed and in brackets
 */
export function isPrivateHost(hostname: string): boolean {
	if (hostname.startsWith('[')) return isPrivateIpv6(hostname.slice(1, -1));
	if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) return isPrivateIpv4(hostname.split('.').map(Number));
	const name = hostname.replace(/\.$/, '');
	return name !== '' && (!name.includes('.') || PRIVATE_NAME.test(name));
}

/** Loopback (RFC 1122) and private (RFC 1918). */
function isPrivateIpv4([first = 0, second = 0]: number[]): boolean {
	if (first === 172) return second >= 16 && second <= 31;
	return first === 10 || first === 127 || (first === 192 && second === 168);
}

/** Loopback, unique local (RFC 4193), link-local (RFC 4291), and IPv4 written as IPv6. */
function isPrivateIpv6(address: string): boolean {
	const mapped = /^::ffff:([0-9a-f]+):[0-9a-f]+$/.exec(address)?.[1];
	if (mapped !== undefined) {
		const digits = parseInt(mapped, 16);
		return isPrivateIpv4([digits >> 8, digits & 0xff]);
	}
	return (
		address === '::1' || /^f[cd][0-9a-f]{2}:/.test(address) || /^fe[89ab][0-9a-f]:/.test(address)
	);
}
